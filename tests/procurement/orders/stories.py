"""What happens to orders before a test begins."""

from typing import Any

from foundation.journal.relay import drain
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from suppliers.submissions import actions as submissions
from tests.scene import NOW, Scene, approve, fresh, key, requested


def drafted(scene: Scene, **how: Any) -> Any:
    """An order that nobody has sent."""
    request = requested(scene, **how)
    approve(scene, request)
    taken = [Taken(line.pk) for line in request.lines.all()]
    return orders.draft(supplier=scene.supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())


def answered(scene: Scene, order: Any, lines: list[dict]) -> Any:
    """What the supplier says of an order, taken over."""
    said = submissions.submit(
        supplier=scene.supplier,
        kind="confirmation",
        about=order.public_id,
        channel="portal",
        body={"revision": fresh(order).revision, "lines": lines},
        by=scene.supplier_actor,
        at=NOW,
        key=key(),
    )
    drain()
    assert fresh(said).status == "applied", fresh(said).answer
    return fresh(said)
