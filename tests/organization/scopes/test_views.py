"""People and roles on the screen: given, ended, explained."""

import pytest

from foundation.scopes.permissions import may
from organization.scopes.models import Membership
from tests.pages import send, signed_in, words
from tests.proofs import proven
from tests.scene import VERBS, give, person


@pytest.fixture
def admin(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Administrator", ["see_people", "grant_role"])
    who = person("admin")
    give(who, "Administrator")
    return proven(signed_in(who))


def page(client, who, query=""):
    return words(client.get(f"/people/{who.pk}/{query}"))


class TestWhy:
    def test_it_says_because_of_which_role_where(self, scene, admin):
        said = page(admin, scene.people["buyer"], "?verb=issue_order")
        assert "Buyer may issue orders (NL01): as Buyer" in said

    def test_it_says_which_role_would_help(self, scene, admin):
        said = page(admin, scene.people["requester"], "?verb=issue_order")
        assert "May not" in said
        assert "These roles would: Buyer." in said


class TestRoles:
    def test_a_role_is_given_in_a_scope(self, scene, admin):
        who = scene.people["stranger"]
        role = Membership.objects.filter(role__name="Buyer").first().role
        answer = send(admin, f"/people/{who.pk}/roles/", role=role.pk, site=scene.site.pk)
        assert (answer.status_code, answer["Location"]) == (303, f"/people/{who.pk}/")
        assert "RTM Rotterdam" in page(admin, who)
        assert may(who.actor, "issue_order")

    def test_nobody_gives_himself_a_role(self, scene, admin):
        role = Membership.objects.filter(role__name="Buyer").first().role
        me = Membership.objects.get(role__name="Administrator").person
        assert send(admin, f"/people/{me.pk}/roles/", role=role.pk).status_code == 409

    def test_a_role_is_ended_with_a_reason(self, scene, admin):
        held = Membership.objects.get(person=scene.people["buyer"])
        url = f"/people/{held.person_id}/roles/{held.pk}/end/"
        assert send(admin, url, seen=held, reason="moved").status_code == 303
        assert not may(scene.people["buyer"].actor, "issue_order")

    def test_the_page_costs_at_most_twelve_queries(self, scene, admin, django_assert_max_num_queries):
        admin.get("/people/")
        with django_assert_max_num_queries(12):
            page(admin, scene.people["buyer"], "?verb=issue_order")

    def test_whoever_may_not_see_people_does_not(self, scene):
        assert signed_in(scene.people["buyer"]).get("/people/").status_code == 403
