import types

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_GET

from foundation.screens import policies
from foundation.screens.policy import admits, policy
from foundation.values.actor import SUPPLIER, Actor
from tests.foundation.screens import stage
from tests.foundation.screens.conftest import htmx, signed_in


def a_urlconf(*views) -> types.ModuleType:
    module = types.ModuleType("some_urls")
    module.urlpatterns = [path(f"{number}/", view) for number, view in enumerate(views)]
    return module


def unguarded(request):
    return HttpResponse()


class TestUndeclared:
    def test_names_a_route_without_a_policy(self):
        found = policies.undeclared(a_urlconf(unguarded, policy("see_case")(unguarded)))

        assert found == [f"/0/ ({__name__}.unguarded)"]

    def test_sees_a_policy_below_another_decorator(self):
        assert policies.undeclared(a_urlconf(require_GET(policy("see_case")(unguarded)))) == []

    def test_finds_none_in_the_back_office(self):
        assert policies.undeclared("config.urls.internal") == []

    def test_finds_none_in_the_portal(self):
        assert policies.undeclared("config.urls.portal") == []

    def test_keeps_the_web_process_from_starting(self, settings):
        settings.ROOT_URLCONF = a_urlconf(unguarded)

        with pytest.raises(ImproperlyConfigured, match="no policy"):
            policies.insist()

    def test_is_an_error_of_the_system_check(self, settings):
        settings.ROOT_URLCONF = a_urlconf(unguarded)

        assert [error.id for error in policies.check()] == ["countersign.E001"]


@pytest.mark.django_db
class TestStrangers:
    def test_go_to_sign_in_and_come_back(self):
        answer = Client().get("/stage/cases/?status=open")

        assert answer.status_code == 302
        assert answer["Location"] == "/sign-in/?next=%2Fstage%2Fcases%2F%3Fstatus%3Dopen"

    def test_leave_the_page_when_htmx_asks(self):
        answer = Client().get("/stage/cases/", headers=htmx(**{"HX-Current-URL": "http://testserver/stage/cases/?q=1"}))

        assert answer.status_code == 401
        assert answer["HX-Redirect"] == "/sign-in/?next=%2Fstage%2Fcases%2F%3Fq%3D1"

    def test_are_never_sent_to_another_host(self):
        answer = Client().get("/stage/cases/", headers=htmx(**{"HX-Current-URL": "https://evil.example//evil.example"}))

        assert answer["HX-Redirect"] == "/sign-in/?next=%2F"

    def test_see_public_pages(self):
        assert Client().get("/sign-in/").status_code == 200


@pytest.mark.django_db
class TestWithoutTheVerb:
    def test_is_refused_by_name(self, stranger):
        answer = signed_in(stranger).get("/stage/cases/")

        assert answer.status_code == 403
        assert "See cases" in answer.content.decode()

    def test_learns_who_can_grant_it(self, stranger):
        stage.a_person("Grace Grant", "grant_role")

        assert "Grace Grant" in signed_in(stranger).get("/stage/cases/").content.decode()

    def test_any_of_several_verbs_is_enough(self, anna):
        assert admits(anna.actor, ("publish_matrix", "see_case"))

    def test_none_of_them_is_not(self, anna):
        assert not admits(anna.actor, ("publish_matrix", "edit_matrix"))


class TestSuppliers:
    """A supplier's person reaches his own rows whatever the verb, so verbs must never let him in."""

    someone = Actor(SUPPLIER, "7")

    def test_are_not_let_in_by_a_verb(self):
        assert not admits(self.someone, ("see_case",))

    def test_are_not_let_in_as_signed_in(self):
        assert not admits(self.someone, (policy.SIGNED_IN,))

    def test_are_let_in_by_name(self):
        assert admits(self.someone, (policy.SUPPLIER,))


@pytest.mark.django_db
class TestClosedAccount:
    def test_ends_the_session_at_once(self, anna, annas):
        assert annas.get("/stage/cases/").status_code == 200

        type(anna).objects.filter(pk=anna.pk).update(is_active=False)

        assert annas.get("/stage/cases/").status_code == 302


def test_a_policy_needs_a_word():
    with pytest.raises(TypeError):
        policy()
