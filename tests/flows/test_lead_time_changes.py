"""Story 1: an approved order reaches the supplier, the dock and the budget; then the supplier needs longer."""

import datetime as dt

from foundation.journal.relay import drain
from governance.cases.models import Case
from procurement.changes import actions as changes
from procurement.changes.models import ChangeRequest
from receiving.arrivals.models import Expected
from tests.flows.test_requisition_to_stock import figures, say
from tests.receiving.steps import TEST
from tests.scene import NOW, TODAY, Scene, fresh, key, ordered

LATER = TODAY + dt.timedelta(days=40)


def test_a_supplier_needs_longer(scene: Scene) -> None:
    # The order is issued: the dock expects it, the budget is committed, the supplier's clock runs.
    order = ordered(scene, items=2)
    expected = Expected.objects.everywhere(because=TEST).filter(number=order.number)
    assert [row.expected_on for row in expected] == [TODAY + dt.timedelta(days=14)] * 2
    assert figures(scene) == (0, 400, 0, 0)
    assert order.confirm_by is not None

    # The supplier confirms the first line and needs until April for the second: that is a governed exception.
    said = say(
        scene,
        order,
        "confirmation",
        revision=1,
        lines=[{"line": 1}, {"line": 2, "on": LATER.isoformat(), "reason": "zinc"}],
    )
    assert [verdict for _line, verdict, _why in said.answer["lines"]] == ["as_ordered", "deviates"]
    change = ChangeRequest.objects.everywhere(because=TEST).get()
    case = Case.objects.everywhere(because=TEST).get()
    assert (case.kind, case.owner.name, case.status) == ("supplier_change", "Buyer", "open")
    assert case.due_at is not None

    # Until the buyer agrees nothing moves: not the order, not the dock.
    assert fresh(order).revision == 1
    assert {row.expected_on for row in expected.all()} == {TODAY + dt.timedelta(days=14)}

    # He agrees: a second revision, the dock knows, the commitment stands, the exception closed itself.
    changes.accept(change=change, by=scene.buyer, at=NOW, seen=change.version, key=key())
    drain()
    assert fresh(order).revision == 2
    assert [row.expected_on for row in expected.order_by("pk")] == [TODAY + dt.timedelta(days=14), LATER]
    assert figures(scene) == (0, 400, 0, 0)
    assert fresh(case).status == "auto_resolved"
