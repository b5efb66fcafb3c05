import re

import pytest
from django.core.cache import cache
from django.test import Client

from organization.people import throttle
from organization.people.models import Person
from tests.foundation.screens import stage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def anna() -> Person:
    return stage.a_person("Anna Vos", "see_case", "work_case")


def sign_in(client: Client, person: Person, password: str = stage.PASSWORD, **more: str):
    return client.post("/sign-in/", {"email": person.email, "password": password, **more})


class TestSignIn:
    def test_leads_to_where_one_wanted_to_go(self, anna: Person) -> None:
        answer = sign_in(Client(), anna, next="/jobs/?status=done")

        assert (answer.status_code, answer["Location"]) == (303, "/jobs/?status=done")

    @pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"])
    def test_never_leads_to_another_host(self, anna: Person, address: str) -> None:
        assert sign_in(Client(), anna, next=address)["Location"] == "/"

    def test_says_the_same_of_a_wrong_password_and_an_unknown_address(self, anna: Person) -> None:
        wrong = sign_in(Client(), anna, "not the password")
        unknown = Client().post("/sign-in/", {"email": "nobody@buyer.example", "password": "not the password"})

        said = [re.findall(r"<li>(.*?)</li>", answer.content.decode()) for answer in (wrong, unknown)]
        assert wrong.status_code == unknown.status_code == 422
        assert said[0] == said[1] == ["The mail address or the password is not right."]

    def test_never_shows_the_password_again(self, anna: Person) -> None:
        assert "not the password" not in sign_in(Client(), anna, "not the password").content.decode()

    def test_of_a_closed_account_is_refused(self, anna: Person) -> None:
        Person.objects.filter(pk=anna.pk).update(is_active=False)

        assert sign_in(Client(), anna).status_code == 422

    def test_slows_a_guesser_but_not_the_owner_elsewhere(self, anna: Person) -> None:
        guesser = Client(REMOTE_ADDR="203.0.113.9")
        for _ in range(throttle.PER_ACCOUNT):
            assert sign_in(guesser, anna, "guess").status_code == 422

        slowed = sign_in(guesser, anna, "guess")

        assert (slowed.status_code, slowed["Retry-After"]) == (429, "60")
        assert sign_in(Client(REMOTE_ADDR="198.51.100.7"), anna).status_code == 303

    def test_works_without_the_cache(self, anna: Person, settings) -> None:
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

        assert sign_in(Client(), anna).status_code == 303

    @pytest.mark.parametrize("email", ["a\x00b@buyer.example", "x" * 300, "'; drop table--"])
    def test_takes_odd_input_calmly(self, email: str) -> None:
        assert Client().post("/sign-in/", {"email": email, "password": "x"}).status_code == 422

    def test_needs_its_csrf_token(self, anna: Person) -> None:
        assert sign_in(Client(enforce_csrf_checks=True), anna).status_code == 403


@pytest.mark.urls(stage.__name__)
class TestASessionThatEnds:
    def test_keeps_what_was_typed_until_one_is_back(self, anna: Person) -> None:
        case = stage.some_cases(1)[0]
        typed = {"text": "broken pallet", "seen": "1", "key": "a-key-of-its-own"}
        client = Client()

        ended = client.post(f"/stage/cases/{case.number}/note/", typed)
        carried = re.search(r'name="carried" value="([^"]+)"', ended.content.decode())[1]
        back = sign_in(client, anna, carried=carried)

        page = back.content.decode()
        assert (ended.status_code, back.status_code) == (401, 200)
        assert f'action="/stage/cases/{case.number}/note/"' in page
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
        assert typed.items() <= fields.items()
        assert client.post(f"/stage/cases/{case.number}/note/", fields).status_code == 303

    def test_does_not_believe_what_was_changed_on_the_way(self, anna: Person) -> None:
        assert sign_in(Client(), anna, carried="forged:by:somebody").status_code == 303


@pytest.mark.urls(stage.__name__)
class TestAFormWithoutItsToken:
    """The CSRF page."""

    def post(self, anna: Person, **headers: str):
        client = Client(enforce_csrf_checks=True)
        client.force_login(anna)
        return client.post(
            "/stage/cases/CASE-1/note/", {"text": "broken pallet", "password": "secret"}, headers=headers
        )

    def test_shows_what_was_typed_and_offers_to_send_it_from_our_own_page(self, anna: Person) -> None:
        answer = self.post(anna, **{"Sec-Fetch-Site": "same-origin"})

        page = answer.content.decode()
        assert answer.status_code == 403
        assert "broken pallet" in page
        assert "Send it again" in page
        assert "secret" not in page

    def test_never_offers_it_for_what_another_site_began(self, anna: Person) -> None:
        assert "Send it again" not in self.post(anna, **{"Sec-Fetch-Site": "cross-site"}).content.decode()


class TestPreferences:
    said = {"theme": "dark", "density": "compact", "language": "en", "timezone": "Europe/Amsterdam", "key": "x" * 12}

    def test_are_kept_and_used_at_once(self, anna: Person) -> None:
        client = Client()
        client.force_login(anna)

        answer = client.post("/preferences/", self.said)

        page = client.get("/preferences/").content.decode()
        assert answer.status_code == 303
        assert 'data-theme="dark" data-density="compact"' in page
        assert "data-keys" not in page.split(">", 2)[1]

    @pytest.mark.parametrize(("name", "value"), [("theme", "pink"), ("timezone", "Mars/Olympus"), ("language", "../x")])
    def test_of_nonsense_are_refused_with_a_sentence(self, anna: Person, name: str, value: str) -> None:
        client = Client()
        client.force_login(anna)

        assert client.post("/preferences/", {**self.said, name: value}).status_code == 422


class TestSignOut:
    def test_ends_the_session(self, anna: Person) -> None:
        client = Client()
        client.force_login(anna)
        client.post("/sign-out/")

        assert client.get("/preferences/").status_code == 302

    def test_is_not_done_by_a_link(self, anna: Person) -> None:
        client = Client()
        client.force_login(anna)

        assert client.get("/sign-out/").status_code == 405
