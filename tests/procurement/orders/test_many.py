"""Verbs for many orders: seen first, then each in a turn of its own."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from foundation.journal.models import Entry
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from organization.notifications.models import Mail
from procurement.chasing import reminding
from procurement.orders import actions as orders
from tests.procurement.orders.stories import answered, drafted
from tests.scene import NOW, SETUP, Scene, fresh, give, key, ordered, person

LATER = NOW + dt.timedelta(days=4)


def ticked(*these: Any, **more: Any) -> dict[str, Any]:
    return {"key": key(), "chosen": [f"{one.pk}:{fresh(one).version}" for one in these], **more}


def reminders() -> int:
    return Mail.objects.filter(key__contains=":late_").count()


class TestPreview:
    def test_shows_what_would_happen_and_does_nothing(self, scene: Scene, order: Any, as_) -> None:
        good, sent = drafted(scene), order

        page = as_("buyer").post("/orders/issue/", ticked(good, sent)).content.decode()

        assert "Goes to Nordfast AG: 1 line, EUR 200.00." in page
        assert "Not possible while issued." in page
        assert fresh(good).status == "approved"

    def test_names_only_what_can_be_done_for_the_second_press(self, scene: Scene, order: Any, as_) -> None:
        good, sent = drafted(scene), order

        page = as_("buyer").post("/orders/issue/", ticked(good, sent)).content.decode()

        assert f'value="{good.pk}:{good.version}"' in page
        assert f'value="{sent.pk}:' not in page

    def test_all_that_match_are_named_one_by_one(self, scene: Scene, as_) -> None:
        mine = [drafted(scene) for _n in range(3)]

        said = {"key": key(), "every": "1", "query": "?status=approved"}
        page = as_("buyer").post("/orders/issue/", said).content.decode()

        assert all(one.number in page for one in mine)
        assert "3 would be done" in page

    def test_a_stopped_supplier_is_said_before_anything_happens(self, scene: Scene, as_) -> None:
        order = drafted(scene)
        type(scene.supplier)._base_manager.filter(pk=scene.supplier.pk).update(status="blocked")

        page = as_("buyer").post("/orders/issue/", ticked(order)).content.decode()

        assert "The supplier is blocked." in page
        assert "0 would be done" in page

    @pytest.mark.parametrize("verb", ["issue", "remind", "cancel-rest", "hand-over", "merge"])
    def test_costs_the_same_for_many(
        self, scene: Scene, as_, verb: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        these = [*(drafted(scene) for _n in range(3)), *(ordered(scene) for _n in range(3))]
        client, said = as_("buyer"), ticked(*these)
        with django_assert_max_num_queries(12):
            client.post(f"/orders/{verb}/", said)

    def test_what_was_not_typed_is_asked_for_and_nothing_is_done(self, order: Any, as_) -> None:

        answer = as_("buyer").post("/orders/cancel-rest/", ticked(order, reason=" ", do="now"))

        assert answer.status_code == 422
        assert fresh(order).open_line_count == 1


class TestDone:
    def test_a_second_press_of_the_same_page_does_it_once(self, order: Any, as_) -> None:
        said = ticked(order, reason="discontinued", do="now")

        first, again = (as_("buyer").post("/orders/cancel-rest/", said).content.decode() for _n in range(2))

        assert "1</strong> done" in first
        assert "1</strong> done" in again
        assert fresh(order).revision == 2

    def test_the_no_of_one_stops_no_other(self, scene: Scene, as_) -> None:
        good, unsent = ordered(scene, items=2), drafted(scene)

        said = ticked(unsent, good, reason="discontinued", do="now")
        page = as_("buyer").post("/orders/cancel-rest/", said).content.decode()

        assert "Not possible while approved." in page
        assert fresh(good).open_line_count == 0

    def test_giving_up_the_rest_is_one_revision_whatever_the_lines(self, scene: Scene) -> None:
        order = ordered(scene, items=3)

        order = orders.cancel_rest(
            order=order, reason="discontinued", by=scene.buyer, at=NOW, seen=order.version, key=key()
        )

        assert (order.revision, order.amount, order.revisions.count()) == (2, 0, 2)
        assert [line.cancelled for line in order.lines.all()] == [100, 100, 100]
        assert fresh(scene.budget).committed == 0

    def test_another_buyer_takes_over(self, scene: Scene, as_) -> None:
        order, other = ordered(scene), person("ben")
        give(other, "Buyer", entity=scene.entity.pk)

        page = as_("buyer").post("/orders/hand-over/", ticked(order, to=other.pk, do="now")).content.decode()

        assert "1</strong> done" in page
        assert fresh(order).buyer_id == other.pk

    def test_nobody_takes_over_where_he_may_not_change_orders(self, scene: Scene) -> None:
        order, other = ordered(scene), person("ben")
        give(other, "Buyer", site=scene.other_site.pk)

        with pytest.raises(Refused, match="Ben may not change orders there"):
            orders.hand_over(order=order, to=other, by=scene.buyer, at=NOW, seen=order.version, key=key())


class TestRemind:
    def test_writes_once_and_not_again_on_the_same_day(self, scene: Scene, order: Any) -> None:
        drain()
        before = reminders()

        reminding.remind(order=order, by=scene.buyer, at=LATER, seen=order.version, key=key())
        drain()

        assert reminders() == before + 1
        with pytest.raises(Refused, match="reminded on"):
            reminding.remind(order=order, by=scene.buyer, at=LATER, seen=fresh(order).version, key=key())

    def test_twin_without_the_pause_writes_twice(
        self, scene: Scene, order: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reminding, "PAUSE", dt.timedelta(0))
        for n in range(2):
            at = LATER + dt.timedelta(minutes=n)
            reminding.remind(order=order, by=scene.buyer, at=at, seen=fresh(order).version, key=key())
        assert Entry.objects.filter(subject=order.subject, name__endswith="SupplierReminded").count() == 2

    def test_nobody_is_reminded_before_it_is_late_or_after_the_answer(self, scene: Scene, order: Any) -> None:
        early, late = order, ordered(scene)
        answered(scene, late, [{"line": 1}])

        found = reminding.owed([early, fresh(late)], at=NOW)

        assert "to answer" in found[early.pk].stop
        assert "nothing is late" in found[late.pk].stop

    def test_the_ladder_reminds_in_our_place(self, order: Any) -> None:
        from procurement.chasing import actions as chasing

        chasing.begin(
            order=order, kind="confirmation", cause="revision 1", due_at=order.confirm_by, by=SETUP, at=LATER, key=key()
        )

        assert "reminded on" in reminding.owed([order], at=LATER)[order.pk].stop
