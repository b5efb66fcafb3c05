"""Signing in at the company's identity provider: a real one on loopback, with keys, codes and tokens."""

import copy
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client

from organization.people import sso
from organization.people.models import Person
from tests.foundation.screens import stage
from tests.organization.people.provider import CLIENT, SECRET, Provider, running

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shared() -> Iterator[Provider]:
    with running() as provider:
        yield provider


@pytest.fixture
def provider(shared: Provider, settings: Any) -> Provider:
    cache.clear()
    settings.OIDC_ISSUER, settings.OIDC_DOMAINS = shared.issuer, ["buyer.example"]
    settings.OFFICE_ADDRESS = "http://testserver"
    configured = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
    configured["openid_connect"]["APPS"][0] |= {"client_id": CLIENT, "secret": SECRET}
    configured["openid_connect"]["APPS"][0]["settings"]["server_url"] = shared.issuer
    settings.SOCIALACCOUNT_PROVIDERS = configured
    shared.published, shared.audience = shared.key, CLIENT
    shared.who = {"sub": "u-1", "email": "anna.vos@buyer.example", "email_verified": True}
    return shared


@pytest.fixture
def anna() -> Person:
    return stage.a_person("Anna Vos", "see_case")


def leave(client: Client, email: str = "anna.vos@buyer.example", to: str = "/jobs/") -> str:
    """As far as the provider's door."""
    page = client.post("/sign-in/", {"email": email, "next": to}).content.decode()
    return unescape(re.search(r'href="(http://127[^"]+)"', page)[1])


def come_back(client: Client, address: str) -> Any:
    back = httpx.get(address).headers["Location"]
    assert back.startswith("http://testserver/sign-in/sso/?")
    return client.get(back.removeprefix("http://testserver"))


def sign_in(client: Client, **how: str) -> Any:
    return come_back(client, leave(client, **how))


class TestSigningIn:
    def test_leads_there_and_back_to_where_one_was_going(self, provider: Provider, anna: Person) -> None:
        client = Client()
        answer = sign_in(client)

        assert (answer.status_code, answer["Location"]) == (303, "/jobs/")
        assert "Anna Vos" in client.get("/preferences/").content.decode()

    def test_says_nothing_of_who_has_an_account(self, provider: Provider, anna: Person) -> None:
        assert "login_hint=nobody" in leave(Client(), "nobody@buyer.example")

    def test_makes_nobody(self, provider: Provider) -> None:
        answer = sign_in(Client())

        assert answer.status_code == 403
        assert not Person.objects.exists()

    def test_of_a_closed_account_is_refused(self, provider: Provider, anna: Person) -> None:
        sign_in(Client())
        Person.objects.update(is_active=False)

        assert sign_in(Client()).status_code == 403

    def test_vouches_for_its_own_domains_only(self, provider: Provider) -> None:
        boss = Person.objects.create(email="boss@elsewhere.example", name="Boss", kind=Person.INTERNAL)
        provider.who |= {"email": boss.email}

        assert sign_in(Client()).status_code == 403

    def test_holds_on_to_the_subject_when_a_mailbox_is_given_to_somebody_else(
        self, provider: Provider, anna: Person
    ) -> None:
        assert sign_in(Client()).status_code == 303
        provider.who |= {"sub": "u-2"}
        assert sign_in(Client()).status_code == 403
        provider.who |= {"sub": "u-1", "email": "anna.neu@buyer.example"}
        assert sign_in(Client()).status_code == 303


class TestAnAnswer:
    def test_signed_with_another_key_opens_nothing(self, provider: Provider, anna: Person) -> None:
        provider.published = rsa.generate_private_key(public_exponent=65537, key_size=2048)

        assert sign_in(Client()).status_code == 400

    def test_twin_that_does_not_look_at_the_signature_lets_it_in(
        self, provider: Provider, anna: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delattr(sso.Provider, "_decode_id_token")
        provider.published = rsa.generate_private_key(public_exponent=65537, key_size=2048)

        assert sign_in(Client()).status_code == 303

    def test_meant_for_another_product_opens_nothing(self, provider: Provider, anna: Person) -> None:
        provider.audience = "another-product"

        assert sign_in(Client()).status_code == 400

    def test_that_another_browser_asked_for_opens_nothing(self, provider: Provider, anna: Person) -> None:
        address = leave(Client())

        assert come_back(Client(), address).status_code == 400

    def test_given_twice_opens_once(self, provider: Provider, anna: Person) -> None:
        client = Client()
        back = httpx.get(leave(client)).headers["Location"].removeprefix("http://testserver")

        assert [client.get(back).status_code, client.get(back).status_code] == [303, 400]


class TestWithoutTheProvider:
    def test_the_password_still_opens(self, provider: Provider, anna: Person, settings: Any) -> None:
        away = copy.deepcopy(settings.SOCIALACCOUNT_PROVIDERS)
        away["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"
        settings.SOCIALACCOUNT_PROVIDERS = away
        client = Client()

        page = client.post("/sign-in/", {"email": anna.email}).content.decode()

        assert "does not answer" in page
        answer = client.post("/sign-in/", {"email": anna.email, "password": stage.PASSWORD})
        assert answer.status_code == 303

    def test_that_is_not_configured_one_signs_in_as_always(self) -> None:
        assert Client().get("/sign-in/sso/?code=1&state=2")["Location"] == "/sign-in/"
