"""More than a thousand inputs that nobody should send: each gets a sentence, none an accident, none is echoed raw."""

import json
from collections.abc import Iterable
from copy import copy
from typing import Any

import pytest
from django.test import Client

from tests.gates import addresses, hostile
from tests.gates.asking import BACKEND, Visitor, office_visitor, portal_visitor
from tests.gates.hostile import SCRIPT, Case
from tests.gates.readings import Readings
from tests.gates.routes import Route, every_route
from tests.gates.test_every_route import stays
from tests.gates.undoing import undone
from tests.gates.world import World

LINES = 20_001


def faults(visitor: Visitor, cases: Iterable[Case]) -> tuple[list[str], int]:
    found, count = [], 0
    for case in cases:
        count += 1
        if fault := wrong_with(send(visitor, case), case):
            found.append(f"{case}: {fault}")
    return found, count


def send(visitor: Visitor, case: Case) -> Any:
    cookies = copy(visitor.client.cookies)
    how: dict[str, Any] = {"headers": {"Idempotency-Key": "gate-key-of-a-case"}}
    if case.content_type:
        how["content_type"] = case.content_type
    try:
        data = case.data if case.content_type or case.data is None else encodable(case.data)
        if visitor.is_fenced:
            return getattr(visitor.client, case.method)(case.address, data, **how)
        with undone():
            return getattr(visitor.client, case.method)(case.address, data, **how)
    finally:
        visitor.client.cookies = cookies  # whoever signed out is still there


def encodable(data: dict[str, Any]) -> dict[str, Any]:
    """As a browser would send it: half a character goes out as its replacement."""
    clean = lambda text: text.encode("utf-8", "replace").decode() if isinstance(text, str) else text  # noqa: E731
    return {
        name: [clean(one) for one in value] if isinstance(value, list) else clean(value) for name, value in data.items()
    }


def wrong_with(response: Any, case: Case) -> str:
    if response.status_code >= 500:
        return f"status {response.status_code}"
    if response.streaming:
        return ""
    kind, text = response.get("Content-Type", ""), response.content.decode(errors="replace")
    if "html" in kind and SCRIPT in text:
        return "echoes a script as it is"
    if case.address.startswith("/api/") and response.status_code >= 400:
        said = json.loads(text) if "problem+json" in kind else {}
        return (
            "" if said.get("title") and said.get("status") == response.status_code else f"no problem+json: {text[:80]}"
        )
    if 400 <= response.status_code < 500 and len(text) < 20 and not response.headers.get("HX-Redirect"):
        return f"status {response.status_code} without a sentence"
    return ""


COOKIELESS = {"/oauth/token/"}
"""What reads no cookie: whoever makes a browser send something there gets nothing from who is signed in."""


class TestTheOffice:
    def test_a_thousand_inputs_are_answered(self, office: World, read_by: Readings) -> None:
        visitor = office_visitor(office.head, office.home)
        forms = hostile.forms_of([one for one in read_by("head").answers if stays(one.route)])

        found, count = faults(visitor, hostile.typed(forms, each=1))

        assert found == []
        assert len(forms) > 60
        assert count >= 1_000
        assert visitor.ask(Route("", (), ""), "get", "/").status == 200  # he was himself to the end

    def test_calls_of_the_api_are_answered_with_problems(self, office: World) -> None:
        visitor = office_visitor(office.head, office.home)

        found, count = faults(visitor, at_home(visitor, hostile.called()))

        assert found == []
        assert count >= 300

    def test_odd_addresses_lead_nowhere(self, office: World) -> None:
        visitor = office_visitor(office.head, office.home)
        places = [
            (addresses.address(route, visitor.side, visitor.table), word_of(route, visitor))
            for route in every_route()
            if "<" in route.pattern
        ]

        found, count = faults(visitor, hostile.addressed(places))

        assert found == []
        assert count > 100

    def test_too_much_at_once_is_refused(self, office: World) -> None:
        visitor = office_visitor(office.head, office.home)
        lines = [{"item": "BOLT-6", "quantity": "1"}] * LINES
        rows = {f"form-{n}-sku": "BOLT-6" for n in range(LINES)} | {"form-TOTAL_FORMS": str(LINES)}
        cases = [
            hostile.sent("/api/v1/requisitions/", "20,001 lines", {"site": "RTM", "title": "x", "lines": lines}),
            Case("post", "/requests/new/", "20,001 rows", rows),
            Case("post", "/requests/new/", "20,001 pasted lines", {"paste": "BOLT-6\t1\n" * LINES}),
        ]

        found, _ = faults(visitor, cases)

        assert found == []

    def test_a_form_of_somebody_elses_making_is_refused(self, office: World) -> None:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(office.head, backend=BACKEND)
        taken = [
            one for one in Visitor(client, office.home, is_brief=True).knock("post") if one.status not in (403, 405)
        ]
        assert [str(one) for one in taken if one.address not in COOKIELESS] == []

    def test_twin_a_careless_page_is_found(self, office: World, settings: Any) -> None:
        settings.ROOT_URLCONF = "tests.gates.stage"
        visitor = office_visitor(office.head, office.home)
        cases = [
            Case("get", "/stage/bare/", "a script", {"q": SCRIPT}),
            Case("get", "/stage/bare/", "nothing", {"n": ""}),
            Case("get", "/stage/bare/", "a word", {"q": "word"}),
        ]

        found, _ = faults(visitor, cases)

        assert len(found) == 2


def at_home(visitor: Visitor, cases: Iterable[Case]) -> Iterable[Case]:
    """The API's description names parameters; here they are real documents."""
    known = {
        "/api/v1/" + addresses.shape(route).replace("<", "{").replace(">", "}"): addresses.address(
            route, visitor.side, visitor.table
        )
        for route in every_route()
        if route.pattern.startswith("api/")
    }
    for case in cases:
        place = case.address if "{" not in case.address else known.get(case.address, case.address)
        yield Case(case.method, place, case.why, case.data, case.content_type)


def word_of(route: Route, visitor: Visitor) -> str:
    return str(addresses.found(route, visitor.table)[-1].value(visitor.side))


class TestThePortal:
    @pytest.mark.parametrize("who", ["somebody", "nobody"])
    def test_inputs_are_answered(self, portal: World, who: str) -> None:
        visitor = portal_visitor(portal.home.scene.supplier_person if who == "somebody" else None, portal.home)
        forms = [
            form for form in hostile.forms_of(list(visitor.knock("get", only=stays))) if form.action != "/sign-out/"
        ]

        found, count = faults(visitor, hostile.typed(forms, each=2))

        assert found == []
        assert count > (100 if who == "somebody" else 2)
