"""What a change of dates does to the days at the dock and to the years' budgets, before anybody decides."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from finance.budgets.models import Budget
from finance.commitments.models import Commitment
from organization.calendars.models import Calendar
from organization.sites.models import Site
from procurement.changes import actions as changes
from procurement.changes import periods
from procurement.changes.models import ChangeRequest
from receiving.arrivals import docking
from receiving.arrivals.docking import DockDay
from tests.procurement.orders.stories import answered
from tests.scene import NOW, TODAY, Scene, fresh, key, ordered

DUE = TODAY + dt.timedelta(days=14)
SUNDAY, NEXT_YEAR = dt.date(2026, 3, 29), dt.date(2027, 1, 11)
OPEN_ON_WEEKDAYS = [[[480, 1020]]] * 5 + [[], []]


def proposal(scene: Scene, on: dt.date, *, items: int = 1) -> ChangeRequest:
    order = ordered(scene, items=items)
    answered(scene, order, [{"line": n, "on": on.isoformat()} for n in range(1, items + 1)])
    return ChangeRequest._base_manager.select_related("order").get(order=order)


def next_years(scene: Scene, amount: int) -> Budget:
    center = {"entity": scene.entity, "cost_center": scene.cost_center}
    return Budget._base_manager.create(**center, year=2027, currency="EUR", amount=amount)


class TestDock:
    def test_says_which_day_gets_emptier_and_which_fuller(self, scene: Scene) -> None:
        ordered(scene)
        change = proposal(scene, DUE + dt.timedelta(days=20), items=2)

        before, after = docking.days(change, at=NOW)

        assert (before.on, before.before, before.after) == (DUE, 3, 1)
        assert (after.on, after.before, after.after) == (DUE + dt.timedelta(days=20), 0, 2)

    def test_goods_do_not_stand_before_a_closed_door_unsaid(self, scene: Scene) -> None:
        Site.objects.filter(pk=scene.site.pk).update(
            calendar=Calendar.objects.create(name="Week", hours=OPEN_ON_WEEKDAYS)
        )

        _before, after = docking.days(proposal(scene, SUNDAY), at=NOW)

        assert after.is_missed
        assert after.closed == "closed"

    def test_more_than_fits_is_said_where_the_change_does_it(self) -> None:
        assert DockDay(TODAY, before=3, after=5, most=4, closed="").is_over
        assert not DockDay(TODAY, before=5, after=5, most=4, closed="").is_over
        assert not DockDay(TODAY, before=3, after=4, most=4, closed="").is_over


class TestPeriod:
    def moved(self, change: ChangeRequest) -> list[periods.Moved]:
        return periods.moved(change.lines.select_related("order_line"))

    def test_within_the_year_nothing_moves(self, scene: Scene) -> None:
        assert self.moved(proposal(scene, DUE + dt.timedelta(days=20))) == []

    @pytest.mark.parametrize(("amount", "has_room"), [(200, True), (199, False)])
    def test_says_from_where_to_where_and_whether_there_is_room(
        self, scene: Scene, amount: int, has_room: bool
    ) -> None:
        next_years(scene, amount)

        (moved,) = self.moved(proposal(scene, NEXT_YEAR))

        assert (moved.old, moved.new, moved.amount, moved.has_room) == (2026, 2027, 200, has_room)

    def test_accepted_it_moves_as_it_was_said(self, scene: Scene) -> None:
        later, change = next_years(scene, 1000), proposal(scene, NEXT_YEAR)
        (said,) = self.moved(change)

        changes.accept(change=change, by=scene.buyer, at=NOW, seen=change.version, key=key())

        assert (fresh(scene.budget).committed, fresh(later).committed) == (0, said.amount)
        assert Commitment._base_manager.get().budget_id == later.pk

    def test_pulled_back_into_the_year_that_carries_it_nothing_moves(self, scene: Scene) -> None:
        next_years(scene, 1000)
        change = proposal(scene, DUE + dt.timedelta(days=20))
        Commitment._base_manager.update(due_on=NEXT_YEAR)

        assert self.moved(change) == []

    def test_without_a_budget_for_that_year_it_stays_and_that_is_said(self, scene: Scene) -> None:
        change = proposal(scene, NEXT_YEAR)
        (said,) = self.moved(change)
        assert not said.is_budgeted

        changes.accept(change=change, by=scene.buyer, at=NOW, seen=change.version, key=key())

        assert fresh(scene.budget).committed == 200

    def test_what_has_begun_to_come_stays_where_it_began(self, scene: Scene) -> None:
        next_years(scene, 1000)
        change = proposal(scene, NEXT_YEAR)
        Commitment._base_manager.update(received=Decimal(1))

        assert self.moved(change) == []


class TestPanels:
    def test_stand_beside_the_change_within_their_budget(
        self, scene: Scene, as_: Any, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        next_years(scene, 1000)
        change, client = proposal(scene, NEXT_YEAR), as_("buyer")

        page = client.get(f"/changes/{change.number}/").content.decode()
        for panel, words in (("dock", "1 with the change"), ("periods", "moves from 2026 to 2027")):
            address = f"/panels/change/{change.number}/{panel}/"
            assert address in page
            with django_assert_max_num_queries(12):
                assert words in client.get(address).content.decode()
