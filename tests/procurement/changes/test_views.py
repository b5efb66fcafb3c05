"""Changes on the screen: what a supplier proposes, and the buyer's answer."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from foundation.journal.relay import drain
from organization.notifications.models import Mail
from procurement.changes.models import ChangeRequest
from tests.pages import words
from tests.procurement.orders.stories import answered
from tests.scene import TODAY, Scene, fresh, key, ordered

LATER = TODAY + dt.timedelta(days=44)


@pytest.fixture
def change(scene: Scene, order: Any) -> ChangeRequest:
    answered(scene, order, [{"line": 1, "on": LATER.isoformat(), "reason": "no steel"}])
    return ChangeRequest._base_manager.get()


class TestPage:
    def test_shows_before_after_and_effect(self, change: ChangeRequest, as_) -> None:
        page = as_("buyer").get(f"/changes/{change.number}/").content.decode()

        assert "<del>16 Mar 2026</del>" in page
        assert "<ins>15 Apr 2026</ins>" in page
        assert "30 days later" in page
        assert "no steel" in page

    def test_says_by_how_much_an_order_may_grow(self, scene: Scene, order: Any, as_) -> None:
        answered(scene, order, [{"line": 1, "price": "2.5"}])
        page = as_("buyer").get(f"/changes/{ChangeRequest._base_manager.get().number}/")
        assert "Approved again: it grows by more than 5 % " in words(page)

    def test_costs_few_queries(
        self, change: ChangeRequest, as_, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        client = as_("buyer")
        with django_assert_max_num_queries(12):
            client.get(f"/changes/{change.number}/")

    def test_is_listed_while_undecided(self, change: ChangeRequest, as_) -> None:
        assert change.number in as_("buyer").get("/changes/").content.decode()


class TestAccept:
    def test_writes_the_next_revision(self, change: ChangeRequest, as_) -> None:
        said = {"seen": change.version, "key": key()}

        answer = as_("buyer").post(f"/changes/{change.number}/accept/", said)

        assert answer["Location"] == f"/changes/{change.number}/"
        assert (fresh(change).status, fresh(change.order).revision) == ("applied", 2)

    def test_is_the_buyers(self, change: ChangeRequest, as_) -> None:
        said = {"seen": change.version, "key": key()}

        assert as_("requester").post(f"/changes/{change.number}/accept/", said).status_code == 403
        assert fresh(change).status == "proposed"


class TestDecline:
    def test_leaves_the_order_and_keeps_the_reason(self, change: ChangeRequest, as_) -> None:
        page = f"/changes/{change.number}/decline/"

        silent = as_("buyer").post(page, {"seen": change.version, "key": key()})
        as_("buyer").post(page, {"seen": change.version, "key": key(), "reason": "We need it in March."})

        assert silent.status_code == 409
        assert (fresh(change).status, fresh(change.order).revision) == ("declined", 1)


class TestSome:
    """Two lines proposed, one accepted."""

    @pytest.fixture
    def two(self, scene: Scene) -> ChangeRequest:
        order = ordered(scene, items=3)
        answered(scene, order, [{"line": n, "on": LATER.isoformat(), "reason": "no steel"} for n in (1, 2)])
        return ChangeRequest._base_manager.get()

    def accept(self, as_, change: ChangeRequest, **said: object):
        form = {"some": "1", "seen": change.version, "key": key(), **said}
        return as_("buyer").post(f"/changes/{change.number}/accept/", form)

    def test_the_others_stay_as_ordered_and_the_supplier_reads_why(self, two: ChangeRequest, as_) -> None:
        self.accept(as_, two, lines=[1], reason="We need it in March.")
        drain()

        assert (fresh(two).status, fresh(two.order).revision) == ("applied", 2)
        lines = two.order.lines.order_by("number")
        assert [line.promised_on for line in lines[:2]] == [LATER, None]
        assert [line.need_by == LATER for line in lines[:2]] == [True, False]
        assert fresh(two.order).confirmed == "partly"
        mail = Mail.objects.get(subject__contains="does not agree")
        assert "lines 2" in mail.text
        assert "“We need it in March.”" in mail.text
        assert "declined" in as_("buyer").get(f"/changes/{two.number}/").content.decode()

    def test_wants_a_reason_and_known_lines(self, two: ChangeRequest, as_) -> None:
        for said in ({"lines": [1]}, {"reason": "none"}, {"lines": [3], "reason": "not proposed"}):
            assert self.accept(as_, two, **said).status_code == 409
        assert fresh(two).status == "proposed"

    def test_all_of_them_is_accepting_it(self, two: ChangeRequest, as_) -> None:
        self.accept(as_, two, lines=[1, 2])

        assert fresh(two).status == "applied"
        assert not two.lines.filter(is_declined=True).exists()


class TestCounterOffer:
    def test_begins_with_what_the_supplier_proposed_and_supersedes_it(self, change: ChangeRequest, as_) -> None:
        order = change.order
        path = f"/orders/{order.number}/change/"
        page = as_("buyer").get(f"{path}?instead={change.number}").content.decode()
        assert f'value="{LATER.isoformat()}"' in page

        between = {"need_by_1": (LATER - dt.timedelta(days=14)).isoformat(), "reason": "Half way?"}
        same = {"quantity_1": "100", "price_1": "2"}
        as_("buyer").post(path, {**same, **between, "seen": fresh(order).version, "key": key()})

        assert fresh(change).status == "superseded"
        assert fresh(order).revision == 2
        assert fresh(change.case).status == "auto_resolved"
