import subprocess
import sys
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from drf_spectacular.generators import SchemaGenerator

from foundation import rest
from foundation.door import Busy
from foundation.journal.models import Entry
from foundation.rest.throttles import PatientThrottle
from foundation.screens import policies
from governance.cases.models import Case
from tests.foundation.rest import stage as api
from tests.foundation.screens import stage

pytestmark = [pytest.mark.django_db, pytest.mark.urls(api.__name__)]
CASES = "/api/v1/cases/"


@pytest.fixture
def case() -> Case:
    return stage.some_cases(1)[0]


@pytest.fixture
def anna() -> Client:
    client = Client()
    client.force_login(stage.a_person("Anna Vos", "see_case", "work_case"))
    return client


def note(client: Client, case: Case, body: Any = None, **headers: str) -> HttpResponse:
    body = {"text": "wet", "version": 1} if body is None else body
    said = {"Idempotency-Key": "one-key-of-mine", **headers}
    return client.post(f"{CASES}{case.number}/note/", body, content_type="application/json", headers=said)


class TestList:
    def test_leads_from_page_to_page(self, anna: Client) -> None:
        stage.some_cases(60)

        first = anna.get(f"{CASES}?sort=number").json()
        second = anna.get(f"{CASES}?sort=number&after={first['after']}").json()

        numbers = [row["number"] for row in first["results"] + second["results"]]
        assert numbers == sorted(numbers)
        assert (len(numbers), first["count"], second["after"]) == (60, 60, None)

    def test_narrows_as_the_page_does(self, anna: Client) -> None:
        stage.some_cases(5)

        assert anna.get(f"{CASES}?high=1").json()["count"] == 2

    @pytest.mark.parametrize("query", ["sort=entity__vat_number", "owner=3", "status=x", "q=%00", "ids=1,x"])
    def test_refuses_what_it_does_not_know(self, anna: Client, query: str) -> None:
        answer = anna.get(f"{CASES}?{query}")

        assert answer.status_code == 400
        assert answer["Content-Type"] == "application/problem+json"


class TestRetrieve:
    def test_carries_the_version(self, anna: Client, case: Case) -> None:
        answer = anna.get(f"{CASES}{case.number}/")

        assert (answer["ETag"], answer.json()["version"]) == ('"1"', 1)

    @pytest.mark.parametrize("number", ["CASE-9", "9" * 5000, "a%00b"])
    def test_of_nothing_is_404(self, anna: Client, number: str) -> None:
        assert anna.get(f"{CASES}{number}/").status_code in (404, 400)


class TestVerb:
    def test_does_it_and_shows_the_document(self, anna: Client, case: Case) -> None:
        answer = note(anna, case)

        assert (answer.status_code, answer.json()["root_cause"], answer["ETag"]) == (200, "wet", '"2"')

    def test_takes_the_version_as_a_header(self, anna: Client, case: Case) -> None:
        assert note(anna, case, {"text": "wet"}, **{"If-Match": '"1"'}).status_code == 200

    def test_sent_twice_has_one_effect_and_one_answer(self, anna: Client, case: Case) -> None:
        first, second = note(anna, case), note(anna, case)

        assert first.content == second.content
        assert Entry.objects.filter(subject=case.subject).count() == 1

    def test_needs_a_key(self, anna: Client, case: Case) -> None:
        answer = note(anna, case, **{"Idempotency-Key": ""})

        assert (answer.status_code, "Idempotency-Key" in answer.json()["detail"]) == (400, True)

    def test_needs_a_version(self, anna: Client, case: Case) -> None:
        assert note(anna, case, {"text": "wet"}).status_code == 400

    def test_with_the_key_of_another_request_is_422(self, anna: Client, case: Case) -> None:
        note(anna, case)

        assert note(anna, case, {"text": "other", "version": 2}).json()["code"] == "key_reused"

    def test_refused_by_the_rules_is_409_with_reasons(self, anna: Client, case: Case) -> None:
        answer = note(anna, case, {"text": "refuse me", "version": 1})

        assert answer.status_code == 409
        assert answer.json()["reasons"] == ["A case with this text cannot be noted.", "Say something else."]

    def test_on_a_stale_version_is_409_with_the_difference(self, anna: Client, case: Case) -> None:
        note(anna, case)

        answer = note(anna, case, {"text": "mine", "version": 1}, **{"Idempotency-Key": "another-key-of-mine"})

        (change,) = answer.json()["changes"]
        assert (answer.status_code, change["field"], change["after"]) == (409, "Root cause", "wet")

    def test_on_a_busy_document_says_when_to_try_again(self, anna: Client, case: Case, monkeypatch: Any) -> None:
        def busy(**_asked: Any) -> None:
            raise Busy

        monkeypatch.setattr(stage, "note", busy)

        assert note(anna, case)["Retry-After"] == "2"

    @pytest.mark.parametrize("field", ["status", "version_", "root_cause", "supplier", "is_staff"])
    def test_refuses_a_field_that_is_not_its_own(self, anna: Client, case: Case, field: str) -> None:
        answer = note(anna, case, {"text": "wet", "version": 1, field: "x"})

        assert answer.status_code == 400
        assert answer.json()["errors"] == [{"field": field, "reason": "There is no such field."}]

    @pytest.mark.parametrize("body", ["[]", "3", '"x"', "null", "{", '{"text":"a","text":"b","version":1}'])
    def test_refuses_a_body_that_is_no_object(self, anna: Client, case: Case, body: str) -> None:
        assert note(anna, case, body).status_code == 400

    def test_takes_nothing_but_json(self, anna: Client, case: Case) -> None:
        assert anna.post(f"{CASES}{case.number}/note/", {"text": "x"}).status_code == 415

    def test_says_405_to_another_method(self, anna: Client, case: Case) -> None:
        assert anna.put(f"{CASES}{case.number}/", {}, content_type="application/json").status_code == 405


class TestLines:
    def test_name_the_place_of_a_fault(self, anna: Client) -> None:
        body = {"summary": "x", "lines": [{"quantity": 1}, {"quantity": -1}]}
        headers = {"Idempotency-Key": "one-key-of-mine"}

        answer = anna.post(CASES, body, content_type="application/json", headers=headers)

        assert answer.json()["errors"][0]["field"] == "lines[1].quantity"

    def test_refuse_fields_that_are_not_theirs(self, anna: Client) -> None:
        body = {"summary": "x", "lines": [{"quantity": 1, "price": 2}]}
        headers = {"Idempotency-Key": "one-key-of-mine"}

        answer = anna.post(CASES, body, content_type="application/json", headers=headers)

        assert answer.json()["errors"][0]["field"] == "lines.price"


class TestWho:
    def test_a_stranger_gets_401_and_a_way_in(self) -> None:
        answer = Client().get(CASES)

        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Session")
        assert answer.json()["code"] == "not_signed_in"

    def test_without_the_verb_of_the_list_is_403(self) -> None:
        client = Client()
        client.force_login(stage.a_person("Stan Stranger"))

        answer = client.get(CASES)

        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")

    def test_without_the_verb_of_the_verb_is_403(self, case: Case) -> None:
        client = Client()
        client.force_login(stage.a_person("Sam Sees", "see_case"))

        assert client.get(CASES).status_code == 200
        assert note(client, case).status_code == 403
        assert client.post(CASES, {"summary": "x"}, content_type="application/json").status_code == 403

    def test_an_unsafe_call_without_the_csrf_token_is_403(self, case: Case) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(stage.a_person("Anna Vos", "see_case", "work_case"))

        assert note(client, case).status_code == 403


def test_every_route_has_a_policy() -> None:
    assert policies.undeclared(api.__name__) == []


def test_a_route_without_one_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(api.Cases, "policy")

    assert "api/v1/" in policies.undeclared(api.__name__)[0]


def test_a_defect_is_500_as_problem_json(anna: Client, case: Case) -> None:
    anna.raise_request_exception = False
    headers = {"Idempotency-Key": "one-key-of-mine"}

    answer = anna.post(f"{CASES}{case.number}/explode/", {}, content_type="application/json", headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (500, "broken")


def test_an_address_that_is_none_is_404_as_problem_json(anna: Client) -> None:
    assert anna.get("/api/v1/nothing/").json()["code"] == "not_found"


class TestDescription:
    def test_names_every_verb_and_its_key(self, anna: Client) -> None:
        operation = anna.get("/api/v1/schema.json").json()["paths"]["/api/v1/cases/{number}/note/"]["post"]

        headers = [one["name"] for one in operation["parameters"] if one["in"] == "header"]
        assert headers == ["Idempotency-Key"]
        assert operation["requestBody"]["required"]
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert answer == {"$ref": "#/components/schemas/rest.CaseOut"}

    def test_names_what_a_list_answers(self, anna: Client) -> None:
        described = anna.get("/api/v1/schema.json").json()

        operation = described["paths"]["/api/v1/cases/"]["get"]
        answer = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert answer == {"$ref": "#/components/schemas/rest.CasesPage"}
        assert set(described["components"]["schemas"]["rest.CasesPage"]["properties"]) == {"results", "after", "count"}

    def test_keeps_words_apart_that_two_aggregates_use(self) -> None:
        reset_generator_stats()

        SchemaGenerator(urlconf="config.urls.internal").get_schema(request=None, public=True)

        assert not GENERATOR_STATS

    def test_is_a_page_too(self, anna: Client) -> None:
        assert "/api/v1/cases/{number}/note/" in anna.get("/api/v1/").content.decode()


class TestThrottle:
    def test_says_when_to_come_back(self, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(PatientThrottle, "THROTTLE_RATES", {"user": "1/min"})

        answers = [anna.get(CASES) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [200, 429]
        assert 0 < int(answers[1]["Retry-After"]) <= 61

    def test_lets_everybody_go_on_without_its_cache(self, anna: Client, settings: Any, caplog: Any) -> None:
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}

        assert anna.get(CASES).status_code == 200
        assert "calls are not counted" in caplog.text


def test_the_framework_may_be_loaded_first() -> None:
    """It asks for our authentication while it loads itself; a circle would show in a fresh interpreter only."""
    code = "import django; django.setup(); import rest_framework.views; from foundation import rest; rest.Aggregate"

    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr


def test_a_verb_is_never_named_like_a_method_of_http() -> None:
    """Or every POST to the list would run it."""
    with pytest.raises(TypeError, match="called="):

        @rest.verb("post_case")
        def post(_self: Any, case: Case, _asked: Any) -> Case:
            return case
