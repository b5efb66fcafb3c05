"""What a site runs out of when a change of an order is accepted, and who else has it in time."""

import datetime as dt
from decimal import Decimal
from typing import Any

import time_machine
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.shortages.running_out import Gap, gap, is_worse, outages
from procurement.changes.models import ChangeRequest
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from tests.flows.test_short_delivery import put_elsewhere, wants
from tests.procurement.orders.stories import answered
from tests.scene import NOW, TODAY, Scene, branch

DAYS = [TODAY + dt.timedelta(days=n) for n in range(6)]
moves = st.lists(st.tuples(st.sampled_from(DAYS), st.integers(1, 9).map(Decimal)), max_size=5)
LATE = TODAY + dt.timedelta(days=44)


class TestGap:
    def test_lasts_from_the_first_day_without_to_the_first_with(self) -> None:
        leaving = [(DAYS[1], Decimal(3)), (DAYS[2], Decimal(4)), (DAYS[5], Decimal(9))]

        assert gap(Decimal(2), [(DAYS[4], Decimal(10))], leaving) == Gap(DAYS[1], DAYS[4], Decimal(5))

    def test_has_no_end_when_nothing_comes(self) -> None:
        assert gap(Decimal(0), [], [(DAYS[0], Decimal(1))]) == Gap(DAYS[0], None, Decimal(1))

    def test_what_comes_on_the_day_is_there_on_the_day(self) -> None:
        assert gap(Decimal(0), [(DAYS[3], Decimal(5))], [(DAYS[3], Decimal(5))]) is None

    @given(st.integers(0, 9).map(Decimal), moves, moves)
    def test_is_the_first_run_of_days_below_nothing(self, free: Decimal, coming: Any, leaving: Any) -> None:
        there = {
            day: free + sum(n for on, n in coming if on <= day) - sum(n for on, n in leaving if on <= day)
            for day in DAYS
        }
        below = [day for day in DAYS if there[day] < 0]
        found = gap(free, coming, leaving)

        assert (found.starts_on if found else None) == (below[0] if below else None)
        if found:
            after = [day for day in DAYS if day > found.starts_on and there[day] >= 0]
            assert found.ends_on == (after[0] if after else None)

    @given(st.integers(0, 9).map(Decimal), moves, moves, st.integers(0, 5))
    def test_of_later_arrivals_is_no_smaller(self, free: Decimal, coming: Any, leaving: Any, days: int) -> None:
        later = [(on + dt.timedelta(days=days), quantity) for on, quantity in coming]
        was, will = gap(free, coming, leaving), gap(free, later, leaving)

        assert was is None or (will is not None and will.starts_on <= was.starts_on)
        assert was is None or will is None or was == will or is_worse(will, was) or will.starts_on < was.starts_on


class TestOfAChange:
    def propose(self, scene: Scene, order: Any, **line: object) -> ChangeRequest:
        answered(scene, order, [{"line": 1, **line}])
        return ChangeRequest._base_manager.select_related("order__site").get()

    def test_says_from_when_to_when_and_how_much(self, scene: Scene, order: Any) -> None:
        wants(scene, 60)

        [out] = outages(self.propose(scene, order, on=LATE.isoformat()), today=TODAY)

        assert out.before == Gap(TODAY, TODAY + dt.timedelta(days=14), Decimal(60))
        assert out.after == Gap(TODAY, LATE, Decimal(60))

    def test_nothing_runs_out_that_is_not_promised(self, scene: Scene, order: Any) -> None:
        assert outages(self.propose(scene, order, on=LATE.isoformat()), today=TODAY) == []

    def test_names_who_else_has_it_in_time(self, scene: Scene, order: Any) -> None:
        wants(scene, 60)
        put_elsewhere(scene, 40)
        other, item = branch(scene, "B").supplier, scene.items[0]
        SupplierItem.objects.filter(supplier=other, item=item).update(lead_time_days=3)
        PriceBreak.objects.filter(supplier_item__supplier=other, supplier_item__item=item).update(price=Decimal("2.5"))

        [out] = outages(self.propose(scene, order, on=LATE.isoformat()), today=TODAY)

        assert [(one.name, one.quantity) for one in out.sites] == [(scene.other_site.code, 40)]
        [offer] = out.suppliers
        assert (offer.number, offer.on, offer.more) == ("S-B", TODAY + dt.timedelta(days=3), Decimal(30))

    def test_who_would_be_later_still_is_no_way_out(self, scene: Scene, order: Any) -> None:
        wants(scene, 60)
        other = branch(scene, "B").supplier
        SupplierItem.objects.filter(supplier=other).update(lead_time_days=44)

        [out] = outages(self.propose(scene, order, on=LATE.isoformat()), today=TODAY)

        assert out.suppliers == []

    def test_stands_on_the_page_of_the_change(self, scene: Scene, order: Any, browse: Any) -> None:
        wants(scene, 60)
        change = self.propose(scene, order, on=LATE.isoformat())

        with time_machine.travel(NOW):
            page = browse("planner").get(f"/panels/change/{change.number}/outages/").content.decode()

        assert "BOLT-6 runs out at RTM" in page
        assert "Ask Nordfast AG to send a part ahead" in page
