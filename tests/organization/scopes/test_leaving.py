"""Roles for a time, the last who can, and shutting somebody out: the next request is refused."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group

from foundation.door import ProofNeeded
from foundation.journal.models import Entry
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours, may
from governance.approvals.models import Task
from organization import tasks
from organization.notifications.models import Notice
from organization.people.models import OfficeSession, Person
from organization.scopes import actions as scopes
from organization.scopes import leaving
from organization.scopes.models import Membership
from tests.pages import send, signed_in, words
from tests.proofs import proven, strongly
from tests.scene import NOW, SETUP, VERBS, Scene, fresh, give, key, person, requested

DAY = dt.timedelta(days=1)


@pytest.fixture
def admins(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> list[Person]:
    monkeypatch.setitem(VERBS, "Administrator", ["see_people", "grant_role"])
    people = [person("admin"), person("other-admin")]
    for one in people:
        give(one, "Administrator")
    return people


def held(who: Person, role: str = "Administrator") -> Membership:
    return Membership.objects.get(person=who, role__name=role)


def end(membership: Membership, by: Person) -> None:
    seen = membership.version
    scopes.end_role(membership=membership, by=strongly(by.actor), at=NOW + DAY, seen=seen, key=key())


def shut_out(who: Person, by: Person, reason: str = "left us") -> Person:
    return leaving.shut_out(
        person=who, reason=reason, by=strongly(by.actor), at=NOW, seen=fresh(who).version, key=key()
    )


def test_a_role_that_is_defined_again_as_it_is_tells_nobody(admins: list[Person]) -> None:
    before = Entry.objects.count()
    verbs = sorted(VERBS["Administrator"])

    scopes.define_role(name="Administrator", verbs=verbs, by=SETUP, at=NOW, key=key())
    assert Entry.objects.count() == before

    scopes.define_role(name="Administrator", verbs=verbs, step_up_above=Decimal(9), by=SETUP, at=NOW, key=key())
    assert Entry.objects.count() == before + len(admins)


class TestForATime:
    @pytest.fixture
    def lent(self, scene: Scene) -> Membership:
        role = Group.objects.get(name="Buyer")
        scope = scopes.scope_of(site=scene.site.pk)
        until = NOW + 30 * DAY
        return scopes.give_role(
            person=scene.people["stranger"], role=role, scope=scope, ends_at=until, by=SETUP, at=NOW, key=key()
        )

    def test_a_role_is_announced_once_and_ends_then(self, scene: Scene, lent: Membership, time_machine: Any) -> None:
        time_machine.move_to(NOW + 20 * DAY)
        assert tasks.clock_roles() == 0
        time_machine.move_to(NOW + 25 * DAY)
        assert (tasks.clock_roles(), tasks.clock_roles()) == (1, 0)
        drain()
        assert "until 1 Apr 2026" in Notice.objects.get(person=lent.person, kind="role_ending").text
        assert may(scene.people["stranger"].actor, "issue_order")
        time_machine.move_to(NOW + 30 * DAY)
        assert (tasks.clock_roles(), tasks.clock_roles()) == (1, 0)

        assert not may(scene.people["stranger"].actor, "issue_order")
        assert Entry.objects.filter(subject=lent.subject).latest("number").by == "deadline:roles"

    def test_it_does_not_end_in_the_past(self, scene: Scene) -> None:
        role = Group.objects.get(name="Buyer")
        how = {"person": scene.people["stranger"], "role": role, "scope": scopes.scope_of(), "by": SETUP, "at": NOW}
        with pytest.raises(Refused, match="in the future"):
            scopes.give_role(**how, ends_at=NOW, key=key())


class TestTheLast:
    def test_who_can_give_roles_stays(self, admins: list[Person]) -> None:
        first, second = admins
        end(held(second), first)
        with pytest.raises(Refused, match="Nobody would be left for this: grant roles"):
            end(held(first), first)
        assert may(first.actor, "grant_role")

    def test_who_gives_them_everywhere_is_not_replaced_by_one_who_does_somewhere(
        self, scene: Scene, admins: list[Person]
    ) -> None:
        end(held(admins[1]), admins[0])
        give(scene.people["stranger"], "Administrator", site=scene.site.pk)
        with pytest.raises(Refused, match="Nobody would be left"):
            end(held(admins[0]), admins[0])

    def test_a_role_does_not_lose_the_verb(self, admins: list[Person]) -> None:
        with pytest.raises(Refused, match="Nobody would be left"):
            scopes.define_role(name="Administrator", verbs=["see_people"], by=SETUP, at=NOW, key=key())
        assert may(admins[0].actor, "grant_role")

    def test_is_not_shut_out(self, admins: list[Person]) -> None:
        shut_out(admins[1], admins[0])
        give(Person.objects.get(pk=admins[0].pk), "Buyer")
        with pytest.raises(Refused, match="Nobody would be left"):
            leaving.shut_out(person=admins[0], reason="left", by=SETUP, at=NOW, key=key())

    def test_twin_without_the_guard_leaves_nobody(self, admins: list[Person], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(scopes, "keep_somebody", lambda held, gone=(): None)
        end(held(admins[1]), admins[0])
        end(held(admins[0]), admins[0])
        assert not Membership.objects.filter(role__name="Administrator", ended_at=None).exists()


class TestShutOut:
    def test_the_next_request_is_refused_and_the_session_is_gone(self, scene: Scene, admins: list[Person]) -> None:
        buyer = scene.people["buyer"]
        client = signed_in(buyer)
        assert client.get("/orders/").status_code == 200
        shut_out(buyer, admins[0])

        assert not OfficeSession.objects.filter(person=buyer).exists()
        assert client.get("/orders/").status_code == 302
        assert client.get("/api/v1/orders/").status_code == 401
        assert not may(buyer.actor, "see_order")

    def test_what_waited_for_him_waits_for_others(self, scene: Scene, admins: list[Person]) -> None:
        give(scene.people["stranger"], "Branch manager", entity=scene.entity.pk)
        requested(scene)
        drain()
        manager = scene.people["manager"]
        assert Task.objects.filter(person=manager, is_open=True).exists()
        shut_out(manager, admins[0])
        drain()

        assert not Task.objects.filter(person=manager, is_open=True).exists()
        assert Task.objects.filter(person=scene.people["stranger"], is_open=True).exists()

    def test_he_comes_back_with_his_roles(self, scene: Scene, admins: list[Person]) -> None:
        buyer = shut_out(scene.people["buyer"], admins[0])
        leaving.let_in(person=buyer, reason="back", by=strongly(admins[0].actor), at=NOW, seen=buyer.version, key=key())
        assert may(buyer.actor, "issue_order")
        assert [
            one.name.rpartition(".")[2] for one in Entry.objects.filter(subject=buyer.subject).order_by("number")
        ] == [
            "PersonShutOut",
            "PersonLetIn",
        ]

    def test_nobody_does_it_to_himself_without_reason_or_beyond_his_reach(
        self, scene: Scene, admins: list[Person]
    ) -> None:
        with pytest.raises(Refused, match="yourself"):
            shut_out(admins[0], admins[0])
        with pytest.raises(Refused, match="Say why"):
            shut_out(scene.people["buyer"], admins[0], reason=" ")
        local = scene.people["stranger"]
        give(local, "Administrator", site=scene.site.pk)
        with pytest.raises(NotYours):
            shut_out(scene.people["buyer"], local)

    def test_on_the_screen_with_a_fresh_proof(self, scene: Scene, admins: list[Person]) -> None:
        buyer = scene.people["buyer"]
        admin = proven(signed_in(admins[0]))
        url = f"/people/{buyer.pk}/"
        assert "Shut out now" in words(admin.get(url))
        assert send(admin, f"{url}shut-out/", seen=buyer, reason="left").status_code == 303
        assert "Let in again" in words(admin.get(url))
        assert send(admin, f"{url}let-in/", seen=fresh(buyer), reason="back").status_code == 303
        assert fresh(buyer).is_active

    def test_without_a_proof_it_is_not_done(self, scene: Scene, admins: list[Person]) -> None:
        with pytest.raises(ProofNeeded):
            leaving.shut_out(person=scene.people["buyer"], reason="x", by=admins[0].actor, at=NOW, seen=0, key=key())
        assert fresh(scene.people["buyer"]).is_active
