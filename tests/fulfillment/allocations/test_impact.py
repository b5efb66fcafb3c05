"""What a change of an order does to customers, before anybody accepts it."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from foundation.journal.relay import drain
from fulfillment.allocations import impact, rules
from fulfillment.allocations.impact import NOW, served
from procurement.changes.models import ChangeRequest
from tests.flows.test_short_delivery import wants
from tests.procurement.orders.stories import answered
from tests.scene import TODAY, Scene, ordered

DAYS = [TODAY + dt.timedelta(days=n) for n in range(6)]
quantities = st.integers(1, 9).map(Decimal)
arrivals = st.lists(st.tuples(st.sampled_from(DAYS), quantities), max_size=5)


class TestServed:
    def test_best_right_first_from_what_is_free_then_day_by_day(self) -> None:
        coming = [(DAYS[2], Decimal(10)), (DAYS[1], Decimal(5))]

        said = list(served(Decimal(4), coming, map(Decimal, (3, 5, 10, 5))))

        assert said == [NOW, DAYS[1], DAYS[2], None]

    @given(st.integers(0, 9).map(Decimal), arrivals, st.lists(quantities, max_size=5))
    def test_is_the_day_on_which_the_allocator_would_serve_everybody_before(self, free, coming, wanted) -> None:
        for place, on in enumerate(served(free, coming, wanted)):
            there = {day: free + sum((n for when, n in coming if when <= day), Decimal(0)) for day in [NOW, *DAYS]}
            first = next((day for day in [NOW, *DAYS] if all_served(there[day], wanted[: place + 1])), None)
            assert on == first

    @given(st.integers(0, 9).map(Decimal), arrivals, st.lists(quantities, max_size=5), st.integers(1, 9))
    def test_nobody_is_served_earlier_when_everything_comes_later(self, free, coming, wanted, days) -> None:
        later = [(on + dt.timedelta(days=days), quantity) for on, quantity in coming]
        for was, will in zip(served(free, coming, wanted), served(free, later, wanted), strict=True):
            assert (was is None) == (will is None)
            assert was is None or will is None or will >= was


def all_served(there: Decimal, wanted: list[Decimal]) -> bool:
    """As the allocator says it, of one item at one site."""
    demand = [
        rules.DemandLine(
            id=n, order=n, item=1, sites=(1,), quantity=quantity, priority=n, promised_on=TODAY,
            ordered_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC), ship_complete=False,
        )
        for n, quantity in enumerate(wanted)
    ]  # fmt: skip
    return not rules.allocate({(1, 1): there}, demand).shortages


class TestOfAChange:
    def propose(self, scene: Scene, **line: object) -> ChangeRequest:
        order = ordered(scene)
        answered(scene, order, [{"line": 1, **line}])
        return ChangeRequest._base_manager.select_related("order").get()

    def test_names_who_would_be_served_after_the_promise(self, scene: Scene) -> None:
        first, second = wants(scene, 60, priority=1), wants(scene, 60, priority=2)
        late = TODAY + dt.timedelta(days=44)

        (hit,) = impact.hits(self.propose(scene, on=late.isoformat()), scene.planner)

        assert hit.line.order == first
        assert (hit.before, hit.after) == (TODAY + dt.timedelta(days=14), late)
        assert hit.days == (late - first.promised_on).days > 0
        assert second.pk  # it waits before and after: 100 come, 120 are wanted

    def test_what_does_not_come_at_all_is_the_worst(self, scene: Scene) -> None:
        wants(scene, 60)

        (hit,) = impact.hits(self.propose(scene, quantity="50"), scene.planner)

        assert (hit.after, hit.days) == (None, None)

    def test_an_earlier_delivery_hits_nobody(self, scene: Scene) -> None:
        wants(scene, 60)

        assert impact.hits(self.propose(scene, on=(TODAY + dt.timedelta(days=9)).isoformat()), scene.planner) == []

    def test_stands_on_the_page_of_the_change(self, scene: Scene, browse) -> None:
        order = wants(scene, 60)
        change = self.propose(scene, on=(TODAY + dt.timedelta(days=44)).isoformat())
        drain()

        page = browse("planner").get(f"/panels/change/{change.number}/customers/").content.decode()

        assert order.number in page
        assert "days late" in page
