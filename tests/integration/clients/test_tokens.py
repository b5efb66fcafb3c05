"""A secret becomes a token for a while; what has ended counts no more, from that instant."""

import base64
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import now

from foundation.lifecycles import Refused
from integration.clients import actions as clients
from integration.clients import secrets
from integration.clients.models import AccessToken, ClientSecret
from tests.integration.clients.systems import Caller, asked, system
from tests.pages import send, signed_in, words
from tests.scene import NOW, SETUP, VERBS, Scene, fresh, give, key, person

ORDERS = "supplier/orders/"


@pytest.fixture(autouse=True)
def _uncounted(db):
    cache.clear()


@pytest.fixture
def known(scene: Scene):
    return system(scene.supplier)


def basic(client_id: str, secret: str, **said: str):
    header = base64.b64encode(f"{client_id}:{secret}".encode()).decode()
    body = {"grant_type": "client_credentials"} | said
    return Client().post("/oauth/token/", body, headers={"Authorization": f"Basic {header}"})


class TestTheTokenAddress:
    @pytest.mark.parametrize("how", [asked, basic])
    def test_gives_a_bearer_token_for_a_while(self, known, how):
        client, secret = known
        answer = how(client.client_id, secret, scope="orders:read")
        said = answer.json()
        assert (answer.status_code, said["token_type"], said["expires_in"], said["scope"]) == (
            200, "Bearer", 900, "orders:read")  # fmt: skip
        assert answer["Cache-Control"] == "no-store"
        assert Caller(said["access_token"]).get(ORDERS).status_code == 200

    def test_refuses_in_the_words_of_the_standard(self, known):
        client, secret = known
        wrong = basic(client.client_id, "cs_wrong")
        assert (wrong.status_code, wrong.json()["error"]) == (401, "invalid_client")
        assert wrong["WWW-Authenticate"].startswith("Basic")
        assert asked("nobody", secret).json()["error"] == "invalid_client"
        assert asked(client.client_id, secret, grant_type="password").json()["error"] == "unsupported_grant_type"
        assert asked(client.client_id, secret, scope="orders:burn").json()["error"] == "invalid_scope"
        assert basic(client.client_id, secret, client_secret=secret).status_code == 401

    def test_keeps_neither_secret_nor_token(self, known):
        client, secret = known
        token = asked(client.client_id, secret).json()["access_token"]
        kept = str(list(ClientSecret.objects.values()) + list(AccessToken.objects.values()))
        assert secret not in kept
        assert token not in kept

    def test_is_slow_for_whoever_guesses(self, known):
        client, _secret = known
        tries = [asked(client.client_id, f"cs_{n}").status_code for n in range(7)]
        assert (tries[0], tries[-1]) == (401, 429)


class TestWhatHasEnded:
    def test_a_token_ends_by_itself(self, known):
        client, secret = known
        caller = Caller(asked(client.client_id, secret).json()["access_token"])
        with time_machine.travel(now() + timedelta(minutes=16)):
            late = caller.get(ORDERS)
        assert (late.status_code, late["WWW-Authenticate"]) == (401, 'Bearer realm="countersign"')

    def test_two_secrets_while_it_moves_over_and_the_old_one_ended(self, known):
        client, old = known
        new = secrets.fresh()
        how = {"by": SETUP, "at": NOW, "key": key()}
        client = clients.make_secret(client=client, secret=new, days=30, seen=client.version, **how)
        before = Caller(asked(client.client_id, old).json()["access_token"])
        assert asked(client.client_id, new.text).status_code == 401  # its 30 days were in the story's March
        with pytest.raises(Refused, match="Two secrets are valid"):
            third = secrets.fresh()
            clients.make_secret(client=client, secret=third, days=9, seen=client.version, **(how | {"key": key()}))

        clients.end_secret(client=client, hint=old[-4:], seen=client.version, **(how | {"key": key()}))

        assert asked(client.client_id, old).status_code == 401
        assert before.get(ORDERS).status_code == 401

    def test_access_taken_away_counts_at_once(self, known):
        client, secret = known
        caller = Caller(asked(client.client_id, secret).json()["access_token"])
        clients.revoke(client=client, reason="left", by=SETUP, at=NOW, seen=client.version, key=key())
        assert caller.get(ORDERS).status_code == 401
        assert asked(client.client_id, secret).status_code == 401


class TestThePages:
    def test_registered_shown_once_and_taken_away(self, scene, monkeypatch):
        monkeypatch.setitem(VERBS, "Partners", ["manage_partners"])
        who = person("partners")
        give(who, "Partners")
        owner = signed_in(who)
        at = "/integration/clients/"

        wrong = send(owner, f"{at}new/", name="SAP", supplier="S-7", scopes=["orders:read"], days="30")
        assert (wrong.status_code, "There is no supplier with this number" in words(wrong)) == (422, True)
        ours = send(owner, f"{at}new/", name="Gateway", scopes=["orders:read"], days="30")
        assert "A system of ours only brings messages" in words(ours)
        made = send(owner, f"{at}new/", name="SAP", supplier="s-100", scopes=["orders:read"], days="30")
        text = words(made)
        secret = next(word for word in text.split() if word.startswith(secrets.PREFIX))
        client = ClientSecret.objects.get(digest=secrets.digest(secret)).client
        assert asked(client.client_id, secret).status_code == 200
        assert secret not in words(owner.get(f"{at}{client.pk}/"))
        assert "SAP" in words(owner.get(at))
        assert send(owner, f"{at}{client.pk}/revoke/", seen=client, reason="").status_code == 409
        assert send(owner, f"{at}{client.pk}/revoke/", seen=client, reason="They left").status_code == 303
        assert fresh(client).revoked_at
        assert asked(client.client_id, secret).status_code == 401

    def test_only_for_whoever_manages_partners(self, scene):
        assert signed_in(scene.people["buyer"]).get("/integration/clients/").status_code == 403
