"""How much is announced follows the ship notices, also when one is canceled or comes back."""

from decimal import Decimal
from typing import Any

from receiving.arrivals.models import Expected
from receiving.notices import actions as notices
from tests.receiving import steps
from tests.receiving.test_screens import announced
from tests.scene import NOW, Scene, fresh, key


def expected(order: Any) -> Decimal:
    rows = Expected.objects.everywhere(because=steps.TEST)
    return rows.get(source=f"procurement.purchaseorderline:{order.lines.get().pk}").announced


def test_a_canceled_notice_announces_nothing(scene: Scene, order: Any) -> None:
    notice = announced(scene, order)
    before = expected(order)

    notices.cancel(notice=notice, reason="wrong truck", by=scene.receiver, at=NOW, seen=notice.version, key=key())

    assert (before, expected(order)) == (100, 0)


def test_a_notice_whose_receipt_is_reversed_announces_again(scene: Scene, order: Any) -> None:
    notice = announced(scene, order)
    receipt = steps.post(scene, steps.count(scene, steps.started(scene, notice=notice), 1, 100))
    received = expected(order)

    steps.reverse(scene, receipt)

    assert (received, expected(order), fresh(notice).status) == (0, 100, "arrived")
