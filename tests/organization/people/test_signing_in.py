"""The steps of signing in, the sessions that come of it, and how they end."""

import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from organization.people import actions as people
from organization.people import devices, factors
from organization.people.models import OfficeSession, Person
from organization.people.throttle import PER_ACCOUNT
from tests.foundation.screens import stage
from tests.pages import send, signed_in, words
from tests.proofs import code, key, strongly, with_app
from tests.scene import NOW

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def anna() -> Person:
    return stage.a_person("Anna Vos", "see_case")


def password(client: Client, person: Person, **more: str) -> Any:
    return client.post("/sign-in/", {"email": person.email, "password": stage.PASSWORD, **more})


class TestTheFirstStep:
    def test_is_answered_alike_for_everybody(self, anna: Person) -> None:
        with_app(anna)
        asked = [Client().post("/sign-in/", {"email": mail}) for mail in (anna.email, "nobody@buyer.example")]

        said = [re.sub(r'value="[^"]*"', "", one.content.decode()) for one in asked]
        assert [one.status_code for one in asked] == [200, 200]
        assert said[0] == said[1]

    def test_offers_a_passkey_to_everybody_alike(self, anna: Person) -> None:
        options = [Client().post("/sign-in/passkey/ask/").json()["options"] for _ in range(2)]

        asked = [json.loads(one)["publicKey"] for one in options]
        assert all(one["rpId"] == "localhost" and not one.get("allowCredentials") for one in asked)
        assert options[0] != options[1]  # a challenge is asked once


class TestTheCode:
    def test_is_asked_for_after_the_password_and_carries_on(self, anna: Person) -> None:
        client = Client()
        asked = password(client, with_app(anna), next="/jobs/")
        assert "One more step" in words(asked)
        assert client.get("/preferences/").status_code == 302  # not signed in yet

        done = client.post("/sign-in/code/", {"step_up-code": code(), "next": "/jobs/"})

        assert (done.status_code, done["Location"]) == (303, "/jobs/")
        assert client.get("/preferences/").status_code == 200

    def test_of_nobody_who_gave_a_password_opens_nothing(self, anna: Person) -> None:
        with_app(anna)

        assert Client().post("/sign-in/code/", {"step_up-code": code()}).status_code == 422

    def test_is_not_guessed(self, anna: Person) -> None:
        client = Client()
        password(client, with_app(anna))
        guesses = [client.post("/sign-in/code/", {"step_up-code": "12345"}).status_code for _ in range(PER_ACCOUNT + 1)]

        assert guesses == [422] * PER_ACCOUNT + [429]

    def test_may_be_a_recovery_code_once(self, anna: Person) -> None:
        with_app(anna)
        people.renew_recovery_codes(person=anna, by=strongly(anna.actor), at=NOW, key=key())
        kept = factors.recovery_codes(anna.pk)[0]
        answers = []
        for client in (Client(), Client()):
            password(client, anna)
            answers.append(client.post("/sign-in/code/", {"step_up-recovery": kept}).status_code)

        assert answers == [303, 422]


class TestSessions:
    def two(self, anna: Person) -> tuple[Client, Client]:
        clients = Client(headers={"User-Agent": FIREFOX}), Client()
        for client in clients:
            assert password(client, anna).status_code == 303
        return clients

    def test_are_listed_by_device(self, anna: Person) -> None:
        here, _other = self.two(anna)

        page = words(here.get("/security/"))

        assert "Firefox, Windows This one" in page
        assert "A device that does not say what it is" in page

    def test_are_ended_one_by_one_at_once(self, anna: Person) -> None:
        here, other = self.two(anna)
        address = re.search(r'action="(/security/sessions/\w+/end/)"', here.get("/security/").content.decode())[1]

        assert send(here, address).status_code == 303

        assert other.get("/security/").status_code == 302
        assert here.get("/security/").status_code == 200

    def test_are_ended_all_but_this_one(self, anna: Person) -> None:
        here, other = self.two(anna)
        stranger = signed_in(stage.a_person("Bert Bos"))

        assert send(here, "/security/sessions/end-others/").status_code == 303

        assert [client.get("/security/").status_code for client in (here, other, stranger)] == [200, 302, 200]

    def test_do_not_name_what_would_open_them(self, anna: Person) -> None:
        here, _other = self.two(anna)

        page = here.get("/security/").content.decode()
        assert not [row.pk for row in OfficeSession.objects.all() if row.pk in page]

    def test_die_with_the_account(self, anna: Person) -> None:
        here, _other = self.two(anna)
        Person.objects.filter(pk=anna.pk).update(is_active=False)

        assert here.get("/security/").status_code == 302

    def test_page_costs_few_queries(self, anna: Person, django_assert_max_num_queries: Any) -> None:
        here, _other = self.two(anna)
        with_app(anna)
        people.renew_recovery_codes(person=anna, by=strongly(anna.actor), at=NOW, key=key())
        with django_assert_max_num_queries(12):
            here.get("/security/")


class TestTheOffer:
    def test_comes_after_a_password_until_it_is_declined(self, anna: Person) -> None:
        client = Client()
        password(client, anna)
        assert "Add a passkey" in words(client.get("/preferences/"))

        client.post("/security/passkeys/decline/", {"next": "/preferences/"})

        assert "Add a passkey" not in words(client.get("/preferences/"))
        password(client, anna)
        assert "Add a passkey" not in words(client.get("/preferences/"))


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Linux"),
        ("curl/8", "A device that does not say what it is"),
    ],
)
def test_devices_have_names(said: str, known: str) -> None:
    assert devices.words(said) == known


def test_what_allauth_would_show_is_not_there() -> None:
    for address in ("/accounts/login/", "/accounts/signup/", "/login/", "/signup/", "/2fa/", "/password/reset/"):
        assert Client().get(address).status_code == 404
