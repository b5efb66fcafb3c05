"""A review of access: managers keep or remove, nobody about himself; reminded, escalated, done; the evidence."""

import datetime as dt
from typing import Any

import pytest

from foundation.journal.models import Entry
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours, may
from governance import tasks
from governance.access import actions as access
from governance.access.models import AccessReview, ReviewItem
from organization.notifications.models import Notice
from organization.people.models import Person
from organization.scopes import actions as scopes
from organization.scopes.models import Membership
from tests.pages import send, signed_in, words
from tests.scene import NOW, SETUP, VERBS, Scene, fresh, give, key, person

DAY = dt.timedelta(days=1)


@pytest.fixture
def owner(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(VERBS, "Access owner", ["see_people", "review_access"])
    who = person("owner")
    give(who, "Access owner")
    return who


@pytest.fixture
def review(scene: Scene, owner: Any) -> AccessReview:
    """Of buyers and receivers; the manager is the buyer's, the receiver has none."""
    Person.objects.filter(pk=scene.people["buyer"].pk).update(manager=scene.people["manager"])
    made = access.start(
        title="Spring review", owner=owner, days=10, entity=scene.entity, by=owner.actor, at=NOW, key=key()
    )
    drain()
    return made


def about(review: AccessReview, who: Person) -> ReviewItem:
    return ReviewItem.objects.get(review=review, person=who)


def keep(item: ReviewItem, by: Person) -> ReviewItem:
    return access.keep(item=item, by=by.actor, at=NOW, seen=item.version, key=key())


def remove(item: ReviewItem, by: Person, reason: str = "moved to sales") -> ReviewItem:
    return access.remove(item=item, reason=reason, by=by.actor, at=NOW, seen=item.version, key=key())


class TestStarted:
    def test_the_manager_is_asked_else_the_owner_never_oneself(self, scene: Scene, owner: Any, review: Any) -> None:
        assert about(review, scene.people["buyer"]).reviewer == scene.people["manager"]
        assert about(review, scene.people["receiver"]).reviewer == owner
        assert not ReviewItem.objects.filter(review=review, person=owner).exists()
        assert Notice.objects.filter(person=scene.people["manager"], kind="review_started").count() == 1

    def test_is_due_on_a_working_day(self, review: Any) -> None:
        assert review.due_at == NOW + 10 * DAY

    def test_a_part_of_the_house_is_asked_about(self, scene: Scene, owner: Any) -> None:
        give(scene.people["stranger"], "Receiver", site=scene.other_site.pk)
        made = access.start(title="RTM", owner=owner, days=5, site=scene.site, by=owner.actor, at=NOW, key=key())
        people = set(ReviewItem.objects.filter(review=made).values_list("person__name", flat=True))

        assert "Buyer" in people
        assert "Stranger" not in people


class TestAnswered:
    def test_what_is_removed_ends_and_names_the_reviewer(self, scene: Scene, review: Any) -> None:
        buyer, manager = scene.people["buyer"], scene.people["manager"]
        remove(about(review, buyer), manager)

        held = Membership.objects.get(person=buyer)
        assert held.ended_at == NOW
        assert not may(buyer.actor, "issue_order")
        told = Entry.objects.filter(subject=held.subject).latest("number")
        assert (told.by, "Spring review" in told.facts["reason"]) == (str(manager.actor), True)

    def test_what_is_kept_stays(self, scene: Scene, review: Any) -> None:
        keep(about(review, scene.people["buyer"]), scene.people["manager"])
        assert may(scene.people["buyer"].actor, "issue_order")

    def test_a_reason_is_wanted_for_removing(self, scene: Scene, review: Any) -> None:
        with pytest.raises(Refused, match="Say why"):
            remove(about(review, scene.people["buyer"]), scene.people["manager"], reason=" ")

    def test_only_the_one_who_was_asked_answers(self, scene: Scene, review: Any) -> None:
        with pytest.raises(NotYours):
            keep(about(review, scene.people["buyer"]), scene.people["lead"])
        with pytest.raises(Refused, match="his own"):
            keep(about(review, scene.people["buyer"]), scene.people["buyer"])

    def test_what_ended_meanwhile_asks_nobody(self, scene: Scene, review: Any) -> None:
        held = Membership.objects.get(person=scene.people["buyer"])
        scopes.end_role(membership=held, by=SETUP, at=NOW, key=key())
        drain()
        assert about(review, scene.people["buyer"]).status == "gone"

    def test_the_last_answer_ends_the_review(self, owner: Any, review: Any) -> None:
        for item in review.items.order_by("pk"):
            keep(item, item.reviewer)
        drain()
        assert fresh(review).status == "done"
        assert Notice.objects.filter(person=owner, kind="review_done").count() == 1


class TestTheClock:
    def test_reminds_once_then_escalates_once_to_owner_and_managers(
        self, scene: Scene, owner: Any, review: Any, time_machine: Any
    ) -> None:
        chief = scene.people["lead"]
        Person.objects.filter(pk=scene.people["manager"].pk).update(manager=chief)
        time_machine.move_to(review.due_at - DAY)
        assert (tasks.clock_access(), tasks.clock_access()) == (1, 0)
        time_machine.move_to(review.due_at + DAY)
        assert (tasks.clock_access(), tasks.clock_access()) == (1, 0)
        drain()

        assert fresh(review).status == "overdue"
        told = set(Notice.objects.filter(kind="review_overdue").values_list("person", flat=True))
        assert {owner.pk, scene.people["manager"].pk, chief.pk} <= told
        assert keep(about(review, scene.people["buyer"]), owner).status == "kept"


class TestOnTheScreen:
    def test_one_answers_card_by_card_and_the_file_has_all(self, scene: Scene, owner: Any, review: Any) -> None:
        manager = signed_in(scene.people["manager"])
        url = f"/access/reviews/{review.pk}/"
        shown = manager.get(url)
        assert "Does Buyer still need to be Buyer?" in words(shown)
        assert 'data-key="k"' in shown.content.decode()
        assert 'data-key="r"' in shown.content.decode()
        item = about(review, scene.people["buyer"])
        answer = send(manager, f"/access/items/{item.pk}/remove/", seen=item, reason="moved")
        assert answer.status_code == 303
        assert "Receiver" not in words(manager.get(url)), "others are not shown to him"
        evidence = signed_in(owner).get(f"{url}?export=csv").content.decode()

        assert "Buyer,Buyer,NL01,Manager,Removed,moved,Manager" in evidence
        assert "To review" in evidence

    def test_strangers_find_nothing(self, scene: Scene, review: Any) -> None:
        stranger = signed_in(scene.people["planner"])
        assert stranger.get(f"/access/reviews/{review.pk}/").status_code == 404
        item = about(review, scene.people["buyer"])
        assert send(stranger, f"/access/items/{item.pk}/keep/", seen=item).status_code == 404

    def test_costs_at_most_twelve_queries(self, owner: Any, review: Any, django_assert_max_num_queries: Any) -> None:
        client = signed_in(owner)
        client.get(f"/access/reviews/{review.pk}/")
        with django_assert_max_num_queries(12):
            client.get(f"/access/reviews/{review.pk}/")
        with django_assert_max_num_queries(12):
            client.get("/access/reviews/")

    def test_it_is_started_and_called_off(self, scene: Scene, owner: Any) -> None:
        client = signed_in(owner)
        form = {"title": "Receivers", "owner": owner.pk, "days": 5, "site": scene.site.pk}
        answer = send(client, "/access/reviews/start/", **form)
        made = AccessReview.objects.get()
        assert answer["Location"] == f"/access/reviews/{made.pk}/"
        assert send(client, f"/access/reviews/{made.pk}/call-off/", seen=made, reason="twice").status_code == 303
        assert fresh(made).status == "called_off"
