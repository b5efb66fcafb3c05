"""Many hands at one dock: threads that truly commit."""

import threading
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from foundation.door import Busy
from organization.items.models import Item
from procurement.orders.models import PurchaseOrderLine
from receiving.notices import actions as notices
from receiving.notices import ssccs
from receiving.notices.rules import Held, Packed, PackedUnit
from receiving.receipts import actions as receipts
from receiving.stock import actions as stock
from receiving.stock.actions import Moved
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from tests.committed import collide, own_database
from tests.receiving import steps
from tests.receiving.steps import TEST, assert_everything_agrees
from tests.scene import NOW, SETUP, TODAY, Scene, build, fresh, key, ordered

RECEIPTS, ROUNDS, KINDS = 64, 25, 24


@pytest.fixture(scope="module")
def committed(django_db_setup, django_db_blocker) -> Iterator[Scene]:
    with django_db_blocker.unblock(), own_database():
        yield build()


@pytest.mark.slow
class TestPost:
    def test_sixty_four_at_once_are_exact(self, committed: Scene):
        order = ordered(committed, quantity=100 * RECEIPTS)
        waiting = [steps.count(committed, steps.started(committed, order), 1, 100) for _ in range(RECEIPTS)]
        endings: Counter[str] = Counter()
        gate = threading.Barrier(RECEIPTS)

        def post(receipt) -> None:
            gate.wait(60)
            for _attempt in range(40):
                try:
                    steps.post(committed, receipt)
                    endings["ok"] += 1
                    break
                except Busy:
                    endings["busy"] += 1
                except Exception as error:
                    endings[repr(error)[:90]] += 1
                    break
            connection.close()

        threads = [threading.Thread(target=post, args=(receipt,)) for receipt in waiting]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert endings.pop("ok") == RECEIPTS, endings
        assert set(endings) <= {"busy"}, endings
        line = PurchaseOrderLine.objects.everywhere(because=TEST).get(order=order)
        assert (line.open, line.received, line.over) == (0, 100 * RECEIPTS, 0)
        assert_everything_agrees(committed)


@pytest.mark.slow
class TestTwoTrucks:
    """The same new items in another order: balances are written in one order, so nobody waits for each other."""

    def test_never_deadlock(self, committed: Scene):
        assert self.endings(committed) == {"first: ok": ROUNDS, "second: ok": ROUNDS}

    def test_would_deadlock_without_the_order(self, committed: Scene, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(stock, "PUT_IN", stock.PUT_IN.replace("order by a.item, a.status", ""))
        monkeypatch.setattr(stock, "sorted", list, raising=False)  # what _columns calls

        assert any("DEADLOCK" in str(self.endings(committed)) for _ in range(20))  # damage is shown once it is met

    def endings(self, scene: Scene) -> Counter[str]:
        def truck(items: list[int], seed: int) -> None:
            order = list(items)
            Random(seed).shuffle(order)
            with transaction.atomic():
                moved = [Moved(item, "available", Decimal(1)) for item in order]
                stock.put_in(site_id=scene.site.pk, moved=moved, kind="receipt", reference="R", by=SETUP, at=NOW)

        def first(items: list[int]) -> None:
            truck(items, 1)

        def second(items: list[int]) -> None:
            truck(items, 2)

        return collide(ROUNDS, lambda: [self.items(scene)], first, second)[1]

    def items(self, scene: Scene) -> list[int]:
        return [item.pk for item in new_items(scene, KINDS, uuid4().hex[:8])]


def new_items(scene: Scene, count: int, mark: str) -> list[Item]:
    return Item.objects.bulk_create(
        Item(
            sku=f"{mark}-{n}",
            description=f"Part {mark} {n}",
            category=scene.category,
            base_unit=scene.each,
            standard_price=1,
        )
        for n in range(count)
    )


@pytest.mark.slow
def test_a_thousand_lines_are_posted_by_a_bounded_number_of_statements(scene: Scene):
    items = new_items(scene, 1000, "K")
    offers = SupplierItem.objects.bulk_create(
        SupplierItem(supplier=scene.supplier, item=item, unit=scene.each, currency="EUR", lead_time_days=7)
        for item in items
    )
    PriceBreak.objects.bulk_create(PriceBreak(supplier_item=offer, price=1, valid_from=TODAY) for offer in offers)
    scene.items = items
    order = ordered(scene, quantity=1, items=1000)
    receipt = steps.started(scene, order)
    receipt = receipts.as_announced(receipt=receipt, by=scene.receiver, at=NOW, key=key())

    with CaptureQueriesContext(connection) as asked:
        steps.post(scene, receipt)

    assert fresh(order).open_line_count == 0
    assert len(asked) <= 40, len(asked)


def test_pallet_numbers_are_never_made_twice_by_many_at_once(committed: Scene):
    made: list[str] = []

    def take(_hand: int) -> None:
        made.extend(ssccs.make(25, prefix="8712345", supplier_id=committed.supplier.pk, at=NOW))
        connection.close()

    threads = [threading.Thread(target=take, args=(hand,)) for hand in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert len(made) == len(set(made)) == 200


def test_of_two_trucks_with_one_pallet_number_one_is_announced(committed: Scene):
    """The constraint is the guard: both have asked before either has written."""
    orders = [ordered(committed), ordered(committed)]
    gate, endings = threading.Barrier(2), Counter[str]()
    asked = ssccs.taken_of

    def together(*of, **how):
        found = asked(*of, **how)
        gate.wait(30)
        return found

    def announce(number: int) -> None:
        pallet = PackedUnit(1, (Held(1, Decimal(100)),), "340012345000001230")
        try:
            notices.announce(
                supplier=committed.supplier, site=committed.site, reference=f"DN-{number}", ships_on=TODAY,
                arrives_on=TODAY, packed=[Packed(orders[number].lines.get().pk, Decimal(100))], units=[pallet],
                by=SETUP, at=NOW, key=key(),
            )  # fmt: skip
            endings["ok"] += 1
        except IntegrityError as error:
            endings["one_unit_per_sscc" if "one_unit_per_sscc" in str(error) else str(error)] += 1
        connection.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssccs, "taken_of", together)
        threads = [threading.Thread(target=announce, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    assert endings == {"ok": 1, "one_unit_per_sscc": 1}
