"""Changes on the screen: what a supplier proposes, and the buyer's answer."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from procurement.changes.models import ChangeRequest
from tests.procurement.orders.stories import answered
from tests.scene import TODAY, Scene, fresh, key, ordered

LATER = TODAY + dt.timedelta(days=44)


@pytest.fixture
def change(scene: Scene) -> ChangeRequest:
    answered(scene, ordered(scene), [{"line": 1, "on": LATER.isoformat(), "reason": "no steel"}])
    return ChangeRequest._base_manager.get()


class TestPage:
    def test_shows_before_after_and_effect(self, change: ChangeRequest, as_) -> None:
        page = as_("buyer").get(f"/changes/{change.number}/").content.decode()

        assert "<del>16 Mar 2026</del>" in page
        assert "<ins>15 Apr 2026</ins>" in page
        assert "30 days later" in page
        assert "no steel" in page

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
