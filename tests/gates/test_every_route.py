"""No door without a guard: every route x method x whoever has no business there."""

import pytest
from django.test import Client

from foundation.screens.policy import policy
from organization.people.models import Person
from tests.gates.routes import CONVERTER, Route, every_route
from tests.scene import Scene

METHODS = ["get", "head", "post", "put", "patch", "delete", "options"]
ROUTES = every_route()
OPEN = {policy.PUBLIC}


def is_open_to_all(route: Route) -> bool:
    return policy.PUBLIC in route.policy


def is_open_to_the_signed_in(route: Route) -> bool:
    return is_open_to_all(route) or policy.SIGNED_IN in route.policy


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="organization.people.backends.CredentialBackend")
    return client


def ask(client: Client, route: Route, method: str) -> int:
    return getattr(client, method)(route.address).status_code


def test_every_route_says_who_may_come_in() -> None:
    assert [str(route) for route in ROUTES if not route.policy] == []


def test_no_address_is_taken_twice() -> None:
    """Two packages with the same address: the second would never be reached, or be guarded by the first."""
    seen: dict[str, str] = {}
    for route in ROUTES:
        shape = CONVERTER.sub("<>", route.pattern)
        assert route.pattern.startswith("api/") or seen.setdefault(shape, route.view) == route.view, route


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_stranger_from_the_street_gets_nothing(scene_once: Scene, route: Route) -> None:
    for method in METHODS:
        status = ask(Client(), route, method)
        assert status < 500, (method, status)
        if not is_open_to_all(route):
            assert status in (302, 401, 403, 404, 405), (method, status)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_somebody_without_the_verb_gets_nothing(scene_once: Scene, route: Route) -> None:
    client = client_of(scene_once.people["stranger"])
    for method in METHODS:
        status = ask(client, route, method)
        assert status < 500, (method, status)
        if not is_open_to_the_signed_in(route):
            assert status in (403, 404, 405), (method, status)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_suppliers_person_gets_nothing_here(scene_once: Scene, route: Route) -> None:
    client = client_of(scene_once.supplier_person)
    for method in METHODS:
        status = ask(client, route, method)
        assert status < 500, (method, status)
        if not is_open_to_all(route):
            assert status in (302, 401, 403, 404, 405), (method, status)


def test_an_unguarded_view_would_be_found(scene_once: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: with the guard's answer taken away, somebody without the verb comes in."""
    from foundation.screens import policy as guard

    monkeypatch.setattr(guard, "refuse", lambda request, allowed: None)
    client = client_of(scene_once.people["stranger"])
    lists = [route for route in ROUTES if not route.parameters and not is_open_to_the_signed_in(route)]
    assert any(ask(client, route, "get") == 200 for route in lists)
