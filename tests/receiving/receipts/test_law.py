"""Whatever happens to a delivery, in whatever order: the order, finance and the floor tell the same story."""

import os
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from foundation.door import AS_IT_IS, opening
from foundation.lifecycles import Refused
from foundation.resolutions.registry import resolutions_for
from governance.cases import actions as cases
from governance.cases.lifecycle import UNSOLVED
from governance.cases.models import Case
from procurement.orders import actions as orders
from procurement.orders.actions.revise import Delta, revise
from procurement.orders.models import PurchaseOrderLine
from receiving.receipts.models import Receipt
from tests.receiving import steps
from tests.receiving.steps import TEST, assert_everything_agrees
from tests.scene import NOW, SETUP, Scene, fresh, key, ordered

OPERATIONS = int(os.environ.get("LAW_OPERATIONS", "80"))


class Dock:
    """Someone who does one legal or illegal thing after the other, by a seeded die."""

    def __init__(self, scene: Scene, seed: int) -> None:
        self.scene, self.die, self.order = scene, Random(seed), ordered(scene, items=4)
        self.done: dict[str, int] = {}

    def act(self) -> None:
        name = self.die.choice([*["receive"] * 4, *["settle"] * 3, "reverse", "give_up", "change"])
        try:
            getattr(self, name)()
            self.done[name] = self.done.get(name, 0) + 1
        except Refused:
            self.done[f"{name} refused"] = self.done.get(f"{name} refused", 0) + 1

    def receive(self) -> None:
        if not self._lines().filter(open__gt=0).exists():
            self.order = ordered(self.scene, items=4)
        receipt = steps.started(self.scene, self.order)
        for number in range(1, receipt.line_count + 1):
            counts = [self.die.choice([0, 0, 5, 30, 60, 100, 130]), *(self.die.choice([0, 0, 0, 3]) for _ in "dr")]
            receipt = steps.count(self.scene, receipt, number, counts[0], damaged=counts[1], refused=counts[2])
        steps.post(self.scene, receipt)

    def settle(self) -> None:
        case = self.die.choice(self._some(Case.objects.everywhere(because=TEST).filter(status__in=UNSOLVED)))
        how = self.die.choice(resolutions_for(case.kind)).name
        cases.resolve(case=case, how=how, root_cause="-", by=SETUP, at=NOW, seen=case.version, key=key())

    def reverse(self) -> None:
        rows = Receipt.objects.everywhere(because=TEST).filter(status="posted", reverses=None)
        steps.reverse(self.scene, self.die.choice(self._some(rows)))

    def give_up(self) -> None:
        line = self.die.choice(self._some(self._lines()))
        orders.cancel_remainder(
            order=self.order, line_number=line.number, reason="-", by=SETUP, at=NOW, seen=AS_IT_IS, key=key()
        )

    def change(self) -> None:
        line = self.die.choice(self._some(self._lines()))
        with opening(by=SETUP, key=key()):
            delta = Delta(line.pk, quantity=Decimal(self.die.choice([20, 80, 100, 150])))
            revise(order=self.order, deltas=[delta], why="-", by=SETUP, at=NOW)

    def _lines(self):
        return PurchaseOrderLine.objects.everywhere(because=TEST).filter(order=self.order)

    def _some(self, rows) -> list:
        if found := list(rows.order_by("-pk")[:20]):
            return found
        raise Refused("Nothing to do that to.")


@pytest.mark.slow
def test_nothing_that_happens_breaks_the_law(scene: Scene):
    scene.budget.amount = 10**9
    dock = Dock(scene, seed=7)

    for _ in range(OPERATIONS):
        dock.act()
        assert_everything_agrees(scene, dock.order)

    assert_everything_agrees(scene)
    assert min(dock.done.get(name, 0) for name in ("receive", "settle", "reverse", "change")) > 0, dock.done
    print(dock.done)


class TestReverse:
    def test_restores_everything(self, scene: Scene, order: Any):
        before = steps_of(scene, order)
        receipt = steps.received(scene, order, 90, damaged=30)

        steps.reverse(scene, receipt)

        assert steps_of(scene, order) == before
        assert steps.stock(scene) == {}
        assert_everything_agrees(scene)

    def test_settles_the_cases_that_posting_opened(self, scene: Scene, order: Any):
        receipt = steps.received(scene, order, 70, damaged=10)

        steps.reverse(scene, receipt)

        assert not Case.objects.everywhere(because=TEST).filter(status__in=UNSOLVED).exists()

    def test_is_refused_once_a_case_moved_the_goods(self, scene: Scene, order: Any):
        receipt = steps.received(scene, order, 90, damaged=10)
        steps.settle(scene, "receipt_damaged", "replace")

        with pytest.raises(Refused, match="settled a part of it already"):
            steps.reverse(scene, receipt)

    def test_needs_a_reason(self, scene: Scene, order: Any):
        from receiving.receipts import actions as receipts

        receipt = fresh(steps.received(scene, order, 100))

        with pytest.raises(Refused, match="Say why"):
            receipts.reverse(receipt=receipt, reason=" ", by=scene.supervisor, at=NOW, seen=receipt.version, key=key())


def steps_of(scene: Scene, order) -> list:
    lines = PurchaseOrderLine.objects.everywhere(because=TEST).filter(order=order).order_by("pk")
    return [(line.open, line.received, line.over, line.cancelled, line.reopened) for line in lines]


class TestHolds:
    """Each case frees what it held, and nothing else."""

    def test_each_case_frees_its_own(self, scene: Scene, order: Any):
        steps.received(scene, order, 120, damaged=10)
        commitment = order.lines.get().commitment

        steps.settle(scene, "receipt_damaged", "take_in")

        commitment.refresh_from_db()
        assert commitment.on_hold == 20  # still held: the twenty too many
        assert_everything_agrees(scene)

    def test_wrong_item_is_not_received_by_the_order(self, scene: Scene, order: Any):
        from receiving.receipts import actions as receipts

        receipt = steps.count(scene, steps.started(scene, order), 1, 0)
        other, line = scene.items[3], order.lines.get()
        receipt = receipts.add_line(
            receipt=receipt, order_line=line, item=other, accepted=Decimal(40), by=scene.receiver, at=NOW, key=key()
        )

        receipt = steps.post(scene, receipt)

        assert fresh(line).received == 0
        assert steps.stock(scene, other) == {"hold": 40}
        kinds = [found["kind"] for line in receipt.lines.order_by("number") for found in line.discrepancies]
        assert kinds == ["receipt_short", "receipt_wrong_item"]

    def test_strangers_stand_on_hold_until_somebody_decides(self, scene: Scene, order: Any):
        from receiving.receipts import actions as receipts

        receipt = steps.count(scene, steps.started(scene, order), 1, 100)
        stranger = scene.items[2]
        receipt = receipts.add_line(
            receipt=receipt, item=stranger, accepted=Decimal(5), by=scene.receiver, at=NOW, key=key()
        )
        steps.post(scene, receipt)
        assert steps.stock(scene, stranger) == {"hold": 5}

        steps.settle(scene, "receipt_unordered", "take_in")

        assert steps.stock(scene, stranger) == {"available": 5}
