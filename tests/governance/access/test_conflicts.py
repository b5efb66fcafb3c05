"""Conflicts of duties: found where scopes meet, also through what was lent; accepted by two, until a day."""

import datetime as dt
import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.door import ProofNeeded
from foundation.lifecycles import Refused
from foundation.scopes import verbs
from governance import tasks
from governance.access import actions as access
from governance.access import conflicts, rules
from governance.access.duties import BY_KEY, CONFLICTS
from governance.access.models import ConflictAcceptance
from governance.access.rules import Ground, meet
from governance.authority import actions as authority
from organization.scopes import actions as scopes
from organization.scopes.models import Membership
from tests.pages import send, signed_in, words
from tests.proofs import proven, strongly
from tests.scene import NOW, SETUP, VERBS, Scene, give, key, person

DAY = dt.timedelta(days=1)
SITES = {1: 1, 2: 1, 3: 2}
"""Site -> entity."""
TREE = {1: (1,), 2: (2, 1), 3: (3,)}
"""Category -> itself and what is above it."""
NAMED = st.fixed_dictionaries(
    {
        "entity": st.sampled_from([None, 1, 2]),
        "site": st.sampled_from([None, *SITES]),
        "category": st.sampled_from([None, *TREE]),
    }
)


def ground(named: dict[str, int | None]) -> Ground:
    entities = {named["entity"], SITES.get(named["site"] or 0)} - {None}
    return Ground(named, frozenset(TREE.get(named["category"] or 0, ())), frozenset(entities))


def covers(named: dict[str, int | None], site: int, categories: frozenset[int]) -> bool:
    above = {one for category in categories for one in TREE[category]}
    return (
        named["entity"] in (None, SITES[site])
        and named["site"] in (None, site)
        and (named["category"] is None or named["category"] in above)
    )


def lies_in_both(one: dict[str, Any], other: dict[str, Any], most: int) -> bool:
    """The oracle: every document there could be, with up to ``most`` categories."""
    lines = [frozenset(some) for n in range(1, most + 1) for some in itertools.combinations(TREE, n)]
    return any(covers(one, site, some) and covers(other, site, some) for site, some in itertools.product(SITES, lines))


def disagreements() -> list[Any]:
    options = [
        {"entity": entity, "site": site, "category": category}
        for entity in (None, 1, 2)
        for site in (None, *SITES)
        for category in (None, *TREE)
    ]
    return [
        (one, other)
        for one, other in itertools.product(options, repeat=2)
        if meet(ground(one), ground(other)) != lies_in_both(one, other, 1)
    ]


class TestMeeting:
    def test_is_that_some_document_could_lie_in_both(self) -> None:
        assert disagreements() == []

    def test_twin_that_forgets_whose_a_site_is_finds_others(self, monkeypatch: pytest.MonkeyPatch) -> None:
        plain = ground
        monkeypatch.setitem(globals(), "ground", lambda named: replace(plain(named), entities=frozenset()))

        assert disagreements()

    @given(NAMED, NAMED)
    def test_of_documents_with_several_categories(self, one: Any, other: Any) -> None:
        assert rules.meet(ground(one), ground(other), several={"category"}) == lies_in_both(one, other, 3)


class TestTheTable:
    def test_names_verbs_that_there_are(self) -> None:
        assert {verb for one in CONFLICTS for verb in one.verbs} <= set(verbs.registry)
        assert len(BY_KEY) == len(CONFLICTS)


@pytest.fixture
def hands(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Two who may accept conflicts, and nothing else."""
    monkeypatch.setitem(VERBS, "Access owner", ["see_people", "review_access"])
    people = [person(name) for name in ("first", "second")]
    for one in people:
        give(one, "Access owner")
    return people


def of(who: Any, at: dt.datetime = NOW) -> set[str]:
    return {one.conflict.key for one in conflicts.found(at, person=who)}


class TestFound:
    def test_two_duties_at_one_site(self, scene: Scene) -> None:
        who = scene.people["stranger"]
        give(who, "Buyer", entity=scene.entity.pk)
        assert of(who) == {"supplier-order"}
        give(who, "Receiver", site=scene.site.pk)

        assert of(who) == {"supplier-order", "order-receive"}
        assert of(who) <= {one.conflict.key for one in conflicts.found(NOW)}

    def test_not_at_two_sites(self, scene: Scene) -> None:
        who = scene.people["stranger"]
        give(who, "Buyer", site=scene.site.pk)
        give(who, "Receiver", site=scene.other_site.pk)

        assert "order-receive" not in of(who)

    def test_through_what_was_lent_while_it_is(self, scene: Scene) -> None:
        manager, requester = scene.people["manager"], scene.people["requester"]
        assert of(requester) == set()
        span = {"starts_at": NOW, "ends_at": NOW + 7 * DAY, "reason": "away"}
        authority.delegate(giver=manager, taker=requester, **span, by=manager.actor, at=NOW, key=key())

        assert of(requester) == {"ask-approve"}
        assert of(requester, NOW + 8 * DAY) == set()

    def test_costs_the_same_for_many(self, scene: Scene, django_assert_max_num_queries: Any) -> None:
        for n in range(6):
            who = person(f"both-{n}")
            give(who, "Buyer", entity=scene.entity.pk)
            give(who, "Receiver", site=scene.site.pk)
        with django_assert_max_num_queries(4):
            assert len(conflicts.found(NOW)) >= 12


class TestAccepting:
    @pytest.fixture
    def both(self, scene: Scene) -> Any:
        who = scene.people["stranger"]
        give(who, "Buyer", site=scene.site.pk)
        give(who, "Receiver", site=scene.site.pk)
        return who

    def ask(self, who: Any, by: Any, until: dt.datetime = NOW + 30 * DAY) -> ConflictAcceptance:
        return access.ask_acceptance(
            person=who,
            conflict=BY_KEY["order-receive"],
            reason="Two people at the site; counted again each week.",
            until=until,
            by=by.actor,
            at=NOW,
            key=key(),
        )

    def yes(self, said: ConflictAcceptance, by: Any, at: dt.datetime = NOW) -> ConflictAcceptance:
        return access.accept(acceptance=said, by=strongly(by.actor), at=at, seen=said.version, key=key())

    def state(self, who: Any) -> bool:
        return next(one for one in conflicts.found(NOW, person=who) if one.conflict.key == "order-receive").is_accepted

    def test_takes_two(self, both: Any, hands: Any) -> None:
        said = self.ask(both, hands[0])
        assert not self.state(both)
        with pytest.raises(Refused, match="Somebody else has to answer"):
            self.yes(said, hands[0])
        self.yes(said, hands[1])

        assert self.state(both)

    def test_wants_a_fresh_proof_of_the_second(self, both: Any, hands: Any) -> None:
        said = self.ask(both, hands[0])

        with pytest.raises(ProofNeeded):
            access.accept(acceptance=said, by=hands[1].actor, at=NOW, seen=said.version, key=key())

    def test_comes_back_when_its_time_is_over(self, both: Any, hands: Any, time_machine: Any) -> None:
        self.yes(self.ask(both, hands[0]), hands[1])
        time_machine.move_to(NOW + 29 * DAY)
        assert tasks.clock_access() == 0
        time_machine.move_to(NOW + 31 * DAY)

        assert tasks.clock_access() == 1
        assert not self.state(both)

    def test_does_not_cover_what_came_after(self, scene: Scene, both: Any, hands: Any) -> None:
        self.yes(self.ask(both, hands[0]), hands[1])
        give(both, "Receiver", entity=scene.entity.pk)
        assert not self.state(both)
        self.yes(self.ask(both, hands[1]), hands[0])

        assert self.state(both)

    def test_on_the_screen(self, both: Any, hands: Any, time_machine: Any) -> None:
        time_machine.move_to(NOW + dt.timedelta(hours=1), tick=False)
        first, second = (proven(signed_in(one)) for one in hands)
        form = {"person": both.pk, "conflict": "order-receive", "reason": "Small site", "until": "2026-05-01"}
        assert send(first, "/access/conflicts/ask/", **form | {"until": "9999-12-31"}).status_code == 409
        assert send(first, "/access/conflicts/ask/", **form).status_code == 303
        said = ConflictAcceptance.objects.get()
        page = f"/access/conflicts/?person={both.pk}"
        assert "Accept it" not in words(first.get(page))
        assert "Accept it" in words(second.get(page))
        assert send(first, f"/access/conflicts/{said.pk}/accept/", seen=said).status_code == 409
        assert send(second, f"/access/conflicts/{said.pk}/accept/", seen=said).status_code == 303

        assert "Small site" in words(second.get(page))
        assert "order-receive" not in words(second.get(page + "&state=open"))
        assert "Small site" in second.get(page + "&export=csv").content.decode()


class TestBeforeARoleIsGiven:
    @pytest.fixture
    def admin(self, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setitem(VERBS, "Administrator", ["see_people", "grant_role"])
        who = person("admin")
        give(who, "Administrator")
        return proven(signed_in(who))

    def test_its_conflicts_are_shown_and_given_by_a_second_press(self, scene: Scene, admin: Any) -> None:
        who = scene.people["buyer"]
        role = Membership.objects.get(person=scene.people["receiver"]).role
        url = f"/people/{who.pk}/roles/"
        shown = send(admin, url, role=role.pk, site=scene.site.pk)
        assert shown.status_code == 422
        assert "nothing keeps apart Orders and receives" in words(shown)
        assert Membership.objects.filter(person=who).count() == 1
        assert send(admin, url, role=role.pk, site=scene.site.pk, warned="order-receive").status_code == 303
        assert Membership.objects.filter(person=who).count() == 2

    def test_what_is_kept_apart_anyway_is_said_so(self, scene: Scene, admin: Any) -> None:
        role = Membership.objects.get(person=scene.people["manager"]).role
        shown = words(admin.get(f"/people/{scene.people['requester'].pk}/roles/?role={role.pk}"))

        assert "kept apart Asks for goods and approves requests" in shown
        assert "Nobody decides on a request of his own" in shown

    def test_a_role_without_conflicts_is_given_at_once(self, scene: Scene, admin: Any) -> None:
        role = Membership.objects.get(person=scene.people["receiver"]).role
        url = f"/people/{scene.people['stranger'].pk}/roles/"
        answer = send(admin, url, role=role.pk, site=scene.site.pk, until="2199-12-31")

        assert answer.status_code == 303
        assert Membership.objects.get(person=scene.people["stranger"]).ends_at is not None


def test_whoever_ends_a_role_ends_its_conflicts(scene: Scene) -> None:
    who = scene.people["stranger"]
    give(who, "Buyer", site=scene.site.pk)
    give(who, "Receiver", site=scene.site.pk)
    mine = Membership.objects.get(person=who, role__name="Receiver")
    scopes.end_role(membership=mine, by=SETUP, at=NOW, key=key())

    assert "order-receive" not in of(who)
