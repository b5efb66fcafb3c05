"""P38: what weighs much wants a fresh proof. Who stole a session does none of it."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from foundation.door import door
from foundation.journal.models import Entry
from foundation.journal.relay import drain
from governance.approvals.models import ApprovalStep, Decision
from governance.approvals.queries import request_of
from governance.authority import actions as authority
from governance.authority.models import AuthorityMatrix
from organization.people import factors
from organization.scopes import actions as scopes
from organization.scopes.models import Membership
from suppliers.suppliers import actions as suppliers
from tests.pages import send, signed_in
from tests.procurement.conftest import on_the_day  # noqa: F401  fixture
from tests.proofs import code, key, known, proven, with_app
from tests.scene import NOW, PASSWORD, SETUP, VERBS, Scene, person, requested

pytestmark = pytest.mark.django_db
EVERYTHING = [*VERBS["Branch manager"], "see_people", "grant_role", "see_matrix", "publish_matrix", "edit_supplier"]


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def head(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Decides above 100 only after a proof, and holds every verb that wants one."""
    who = with_app(person("head"))
    verbs = [*EVERYTHING, "see_supplier"]
    role = scopes.define_role(
        name="Branch manager", verbs=verbs, step_up_above=Decimal(100), by=SETUP, at=NOW, key=key()
    )
    scopes.give_role(person=who, role=role, scope=scopes.scope_of(), by=SETUP, at=NOW, key=key())
    return who


@pytest.fixture
def weighty(scene: Scene, head: Any) -> dict[str, tuple[str, dict[str, Any]]]:
    """One request for each thing that wants a proof: address and form."""
    asked = requested(scene)
    drain()
    step = ApprovalStep.objects.get(request=request_of(asked.subject))
    prospect = suppliers.enroll(
        number="S-900",
        party={"name": "Neu AG", "country": "DE"},
        terms={"currency": "EUR"},
        contact=None,
        is_active=False,
        by=SETUP,
        at=NOW,
        key=key(),
    )
    buyer = Membership.objects.get(person=scene.people["buyer"])
    stranger = scene.people["stranger"]
    return {
        "approve": (f"/inbox/{step.pk}/approve/", {"seen": asked.version}),
        "give": (f"/people/{stranger.pk}/roles/", {"role": buyer.role_id}),
        "end": (f"/people/{buyer.person_id}/roles/{buyer.pk}/end/", {"seen": buyer.version, "reason": "moved"}),
        "activate": ("/suppliers/S-900/activate/", {"seen": prospect.version}),
        "codes": ("/security/codes/", {}),
        "remove app": (f"/security/factors/{factors.app_of(head.pk).pk}/remove/", {}),
    }


def marks() -> tuple[int, ...]:
    return Entry.objects.count(), Decision.objects.count(), Membership.objects.filter(ended_at=None).count()


@pytest.mark.usefixtures("on_the_day")
class TestAStolenSession:
    """The thief has the cookie, not the passkey: the last proof is six minutes old."""

    def test_does_nothing_of_weight(self, head: Any, weighty: dict) -> None:
        thief = proven(signed_in(head), minutes_ago=6)
        before = marks()

        answers = {name: send(thief, url, **form) for name, (url, form) in weighty.items()}

        assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(weighty, 403)
        assert marks() == before

    def test_twin_without_the_guard_does_all_of_it(
        self, head: Any, weighty: dict, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(door, "insist", lambda by, at: None)
        thief = proven(signed_in(head), minutes_ago=6)

        answers = {
            name: send(thief, weighty[name][0], **weighty[name][1]) for name in ("approve", "give", "end", "activate")
        }

        assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 303)

    @pytest.mark.parametrize(("is_guarded", "status"), [(True, 403), (False, 303)])
    def test_publishes_no_matrix_but_in_the_twin(
        self, scene: Scene, head: Any, monkeypatch: pytest.MonkeyPatch, is_guarded: bool, status: int
    ) -> None:
        active = AuthorityMatrix.objects.get(status="active")
        draft = authority.draft_matrix(name="Next", copy_of=active, by=SETUP, at=NOW, key=key())
        if not is_guarded:
            monkeypatch.setattr(door, "insist", lambda by, at: None)

        answer = send(signed_in(head), f"/authority/{draft.number}/publish/", seen=draft.version, seen_all="on")

        assert answer.status_code == status

    def test_gains_nothing_by_the_owners_next_proof(self, head: Any, weighty: dict) -> None:
        owner = signed_in(head)
        thief = Client()
        thief.cookies["countersign"] = owner.cookies["countersign"].value
        owner.post("/step-up/", {"step_up-code": code()})

        assert owner.get("/security/").status_code == 200
        assert thief.get("/security/").status_code == 302


@pytest.mark.usefixtures("on_the_day")
class TestAFreshProof:
    def test_lets_everything_through(self, head: Any, weighty: dict) -> None:
        client = proven(signed_in(head), minutes_ago=4)

        for name in ("approve", "give", "end", "activate"):
            url, form = weighty[name]
            assert send(client, url, **form).status_code == 303, name

    def test_carries_the_request_on_with_all_that_was_typed(self, head: Any, scene: Scene, weighty: dict) -> None:
        client = signed_in(head)
        url, form = weighty["end"]

        asked = send(client, url, **form)
        fields = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', asked.content.decode()))
        assert fields["reason"] == "moved"
        wrong = client.post("/step-up/", {**fields, "step_up-code": "12345"})
        assert (wrong.status_code, 'value="moved"' in wrong.content.decode()) == (422, True)
        proved = client.post("/step-up/", {**fields, "step_up-code": code()})
        assert (proved.status_code, proved["Location"]) == (307, url)
        assert client.post(proved["Location"], {**fields, "step_up-code": "spent"}).status_code == 303

        assert Membership.objects.get(person=scene.people["buyer"]).ended_at is not None

    def test_below_the_limit_is_not_asked_for(self, scene: Scene, head: Any) -> None:
        scopes.define_role(
            name="Branch manager", verbs=EVERYTHING, step_up_above=Decimal(5000), by=SETUP, at=NOW, key=key()
        )
        asked = requested(scene)
        drain()
        step = ApprovalStep.objects.get(request=request_of(asked.subject))

        assert send(signed_in(head), f"/inbox/{step.pk}/approve/", seen=asked.version).status_code == 303

    def test_leaves_no_time_to_take_back(self, scene: Scene, head: Any, weighty: dict, settings: Any) -> None:
        settings.APPROVAL_HOLD_SECONDS = 10
        url, form = weighty["approve"]

        answer = proven(signed_in(head)).post(url, {**form, "key": key()}, follow=True)

        assert Decision.objects.get().step.status == "approved"
        assert "Approved: " in answer.content.decode()

    def test_code_given_twice_proves_once(self, head: Any) -> None:
        first, second, shown = signed_in(head), signed_in(head), code()

        assert first.post("/step-up/", {"step_up-code": shown}).status_code == 303
        assert second.post("/step-up/", {"step_up-code": shown}).status_code == 422

    def test_is_not_guessed(self, head: Any) -> None:
        client = signed_in(head)
        statuses = [client.post("/step-up/", {"step_up-code": f"{n:06}"}).status_code for n in range(6)]

        assert statuses == [422] * 5 + [429]

    def test_codes_wait_while_tries_cannot_be_counted(self, head: Any, settings: Any) -> None:
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

        assert signed_in(head).post("/step-up/", {"step_up-code": code()}).status_code == 429


@pytest.mark.usefixtures("on_the_day")
class TestWhoHasNothing:
    def test_is_led_to_add_something_and_loses_nothing(self, head: Any, weighty: dict) -> None:
        factors.app_of(head.pk).delete()
        url, form = weighty["end"]

        page = send(known(signed_in(head)), url, **form).content.decode()

        assert "Open my security" in page
        assert 'name="reason" value="moved"' in page
        assert f'action="{url}"' in page

    def test_is_let_pass_where_only_the_enrolled_are_asked(self, head: Any, weighty: dict, settings: Any) -> None:
        settings.STEP_UP_ASKS = "enrolled"
        assert send(signed_in(head), weighty["give"][0], **weighty["give"][1]).status_code == 403
        factors.app_of(head.pk).delete()

        assert send(signed_in(head), weighty["give"][0], **weighty["give"][1]).status_code == 303

    def test_says_the_password_to_add_a_first_factor(self, head: Any) -> None:
        factors.app_of(head.pk).delete()
        client = known(signed_in(head), minutes_ago=6)
        page = client.get("/security/app/").content.decode()
        secret = re.search(r"<code[^>]*>(\w+)</code>", page)[1]
        sealed = re.search(r'name="sealed" value="([^"]+)"', page)[1]
        form = {"sealed": sealed, "code": code(secret), "key": key()}

        asked = client.post("/security/app/", form)
        fields = dict(re.findall(r'type="hidden" name="([\w-]+)" value="([^"]*)"', asked.content.decode()))
        assert asked.status_code == 403
        assert client.post("/step-up/", {**fields, "step_up-password": "wrong"}).status_code == 422
        proved = client.post("/step-up/", {**fields, "step_up-password": PASSWORD})
        assert (proved.status_code, proved["Location"]) == (307, "/security/app/")
        assert client.post("/security/app/", {**fields, **form}).status_code == 303

        assert factors.has_strong(head.pk)
        assert send(client, "/security/codes/").status_code == 403  # a password is no strong proof


@pytest.mark.usefixtures("on_the_day")
class TestTheApi:
    def test_says_how_to_prove_it(self, scene: Scene, head: Any, weighty: dict) -> None:
        version = weighty["activate"][1]["seen"]
        answer = signed_in(head).post(
            "/api/v1/suppliers/S-900/activate/",
            json.dumps({"version": version}),
            content_type="application/json",
            headers={"Idempotency-Key": key()},
        )

        body = answer.json()
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
        assert body["code"] == "proof_needed"
        assert body["proof"] == {"prove_at": "/step-up/", "with": ["passkey", "code"], "fresh_for_seconds": 300}
