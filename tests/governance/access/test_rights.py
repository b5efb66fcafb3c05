"""What the page says equals what is answered when somebody acts: may(), visible_to(), also as it was on a past day."""

import datetime as dt
import random
from typing import Any

import pytest
from django.contrib.auth.models import Group

from foundation.scopes import verbs
from foundation.scopes.permissions import may
from governance.access import rights as deriving
from governance.access.explaining import where_of
from governance.access.rights import rights
from organization.people.models import Person
from organization.scopes import actions as scopes
from organization.scopes import leaving
from organization.scopes.models import Membership
from organization.scopes.queries import covers
from tests.pages import signed_in, words
from tests.scene import NOW, SETUP, VERBS, Scene, branch, give, key, ordered, person, requested

DAY = dt.timedelta(days=1)


@pytest.fixture
def rich(scene: Scene, order: Any) -> dict[str, Any]:
    """Two entities with documents of their own, twenty people with random roles in random scopes, some of them ended."""
    away, chance = branch(scene, "DE"), random.Random(7)
    documents = [order, requested(scene), requested(away), ordered(away)]
    crowd = [person(f"crowd-{n}") for n in range(20)]
    places = [{}] + [
        {name: row.pk}
        for one in (scene, away)
        for name, row in (("entity", one.entity), ("site", one.site), ("site", one.other_site))
    ]
    places += [{"category": scene.category.pk}, {"supplier": scene.supplier.pk}, {"cost_center": away.cost_center.pk}]
    places += [{"entity": scene.entity.pk, "category": scene.category.pk}]
    for who in crowd:
        for role in chance.sample(sorted(VERBS), 3):
            give(who, role, **chance.choice(places))
    for one in chance.sample(list(Membership.objects.filter(person__in=crowd).order_by("pk")), 12):
        scopes.end_role(membership=one, by=SETUP, at=NOW + DAY, key=key())
    leaving.shut_out(person=crowd[0], reason="left", by=SETUP, at=NOW + DAY, key=key())
    return {"documents": documents, "crowd": crowd}


def said(at: dt.datetime | None = None) -> dict[tuple[int, str], list[Any]]:
    found: dict[tuple[int, str], list[Any]] = {}
    for right in rights(at).select_related("membership__scope"):
        found.setdefault((right.membership.person_id, right.verb), []).append(right.membership.scope)
    return found


def differences(rich: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Every (person, verb, document) about which the page and the action do not agree."""
    page, wrong = said(), []
    for document in rich["documents"]:
        where = where_of(document)
        for who in [*rich["crowd"], *Person.objects.filter(kind=Person.INTERNAL)]:
            actor = Person.objects.get(pk=who.pk).actor
            for verb in verbs.registry:
                listed = any(covers(scope, where) for scope in page.get((who.pk, verb), []))
                seen = type(document).objects.visible_to(actor, verb).filter(pk=document.pk).exists()
                if not listed == may(actor, verb, document) == seen:
                    wrong.append((who.name, verb, str(document)))
    return wrong


class TestThePageAndTheAction:
    def test_agree_about_every_person_verb_and_document(self, rich: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(
            verbs,
            "registry",
            {
                name: verbs.registry[name]
                for name in ("issue_order", "decide", "see_order", "see_requisition", "receive_goods", "see_audit")
            },
        )
        page = said()

        assert differences(rich) == []
        assert len(page) > 100
        assert not any(who == rich["crowd"][0].pk for who, _verb in page)

    def test_twin_that_forgets_who_was_shut_out_disagrees(self, rich: Any, monkeypatch: Any) -> None:
        monkeypatch.setattr(
            verbs, "registry", {"see_order": verbs.registry["see_order"], "decide": verbs.registry["decide"]}
        )
        monkeypatch.setattr(deriving, "TODAY", deriving.TODAY.replace("and w.is_active", ""))

        assert {name for name, _verb, _document in differences(rich)} == {rich["crowd"][0].name}


class TestThePast:
    def test_today_and_the_journal_say_the_same(self, rich: Any) -> None:
        """The two statements have nothing in common but the memberships."""
        now, then = (sorted(rights(at).values_list("membership", "verb")) for at in (None, NOW + 2 * DAY))

        assert now == then

    def test_a_role_meant_what_it_meant_on_that_day(self, scene: Scene) -> None:
        buyer = scene.people["buyer"]
        scopes.define_role(name="Buyer", verbs=["see_order"], by=SETUP, at=NOW + DAY, key=key())

        assert (buyer.pk, "issue_order") in said(NOW)
        assert (buyer.pk, "issue_order") not in said(NOW + DAY)
        assert (buyer.pk, "see_order") in said(NOW + DAY)

    def test_a_role_that_ended_is_there_on_the_days_before(self, scene: Scene) -> None:
        buyer = scene.people["buyer"]
        scopes.end_role(membership=Membership.objects.get(person=buyer), by=SETUP, at=NOW + DAY, key=key())

        assert (buyer.pk, "issue_order") in said(NOW)
        assert not any(who == buyer.pk for who, _verb in said(NOW + DAY))
        assert not any(who == buyer.pk for who, _verb in said(NOW - DAY))

    def test_whoever_was_shut_out_for_a_while_could_do_nothing_then(self, scene: Scene) -> None:
        buyer = scene.people["buyer"]
        leaving.shut_out(person=buyer, reason="leave", by=SETUP, at=NOW + DAY, key=key())
        scopes.define_role(name="Buyer", verbs=["see_order"], by=SETUP, at=NOW + 2 * DAY, key=key())
        leaving.let_in(person=Person.objects.get(pk=buyer.pk), reason="back", by=SETUP, at=NOW + 3 * DAY, key=key())

        days = {n: {verb for who, verb in said(NOW + n * DAY) if who == buyer.pk} for n in range(4)}
        assert "issue_order" in days[0]
        assert days[1] == days[2] == set()
        assert days[3] == {"see_order"}
        assert may(Person.objects.get(pk=buyer.pk).actor, "see_order")
        assert not may(Person.objects.get(pk=buyer.pk).actor, "issue_order")


@pytest.fixture
def admin(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setitem(VERBS, "Administrator", ["see_people", "grant_role"])
    who = person("admin")
    give(who, "Administrator")
    return signed_in(who)


class TestThePage:
    def test_is_filtered_by_verb_and_by_a_place_that_a_wider_scope_covers(self, scene: Scene, admin: Any) -> None:
        give(scene.people["stranger"], "Buyer", site=scene.other_site.pk)
        there = words(admin.get(f"/access/?view=all&verb=issue_order&site={scene.other_site.pk}"))
        here = words(admin.get(f"/access/?view=all&verb=issue_order&site={scene.site.pk}"))

        assert "Buyer Issue orders NL01" in there
        assert "Buyer Issue orders NL01" in here
        assert "Stranger Issue orders UTR Utrecht" in there
        assert "Stranger Issue orders" not in here

    def test_knows_categories_entities_and_suppliers(self, scene: Scene, admin: Any) -> None:
        give(scene.people["stranger"], "Planner", category=scene.category.pk)
        for query in (f"category={scene.category.pk}", f"entity={scene.entity.pk}", f"supplier={scene.supplier.pk}"):
            assert f"Stranger {verbs.label('ship')}" in words(
                admin.get(f"/access/?view=all&role={role('Planner')}&{query}")
            )

    def test_shows_the_verbs_of_a_past_day(self, scene: Scene, admin: Any) -> None:
        later = NOW + 3 * DAY
        scopes.define_role(name="Buyer", verbs=["see_order"], by=SETUP, at=later, key=key())

        before = words(admin.get(f"/access/?view=all&verb=issue_order&on={NOW.date()}"))
        after = words(admin.get(f"/access/?view=all&verb=issue_order&on={later.date()}"))
        assert ("Buyer Issue orders" in before, "Buyer Issue orders" in after) == (True, False)
        assert "As it was on 2 Mar 2026" in before

    @pytest.mark.parametrize("path", ["/access/", "/access/matrix/", "/access/matrix/?by=role", "/access/conflicts/"])
    def test_costs_at_most_twelve_queries(
        self, scene: Scene, admin: Any, path: str, django_assert_max_num_queries: Any
    ) -> None:
        admin.get(path)
        with django_assert_max_num_queries(12):
            assert admin.get(path).status_code == 200

    def test_as_a_table_it_says_where(self, scene: Scene, admin: Any) -> None:
        give(scene.people["buyer"], "Buyer", site=scene.other_site.pk)
        shown = words(admin.get(f"/access/matrix/?person={scene.people['buyer'].pk}&verb=issue_order"))

        assert "Issue orders NL01, UTR" in shown

    def test_is_a_file_and_an_answer_of_the_api(self, scene: Scene, admin: Any) -> None:
        sheet = admin.get("/access/?view=all&verb=issue_order&export=csv").content.decode()
        answer = admin.get("/api/v1/access/?verb=issue_order&on=2026-03-02").json()

        assert "Buyer,Issue orders,NL01,Buyer" in sheet
        assert [(one["name"], one["verb"], one["where"]) for one in answer["results"]] == [
            ("Buyer", "issue_order", {"entity": "NL01"})
        ]

    def test_a_day_that_is_none_is_told(self, scene: Scene, admin: Any) -> None:
        assert admin.get("/access/?on=yesterday").status_code == 400


def role(name: str) -> int:
    return Group.objects.get(name=name).pk
