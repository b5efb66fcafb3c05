"""Browser hardening on every answer, and reading that never writes."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organization.scopes import actions as scopes
from tests.gates.routes import Route, every_route
from tests.gates.test_every_route import client_of
from tests.scene import NOW, SETUP, Scene, key, person

ROUTES = every_route()
WRITES = re.compile(r"^\s*(insert|update|delete|truncate|notify)\b", re.IGNORECASE)
ALLOWED = ("django_session",)


@pytest.fixture
def everything(scene_once: Scene) -> Client:
    """Somebody who may do everything everywhere."""
    from foundation.scopes.verbs import registry

    who = person("auditor")
    role = scopes.define_role(name="Everything", verbs=list(registry), by=SETUP, at=NOW, key=key())
    scopes.give_role(person=who, role=role, scope=scopes.scope_of(), by=SETUP, at=NOW, key=key())
    return client_of(who)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_answers_are_hardened(everything: Client, route: Route) -> None:
    answer = everything.get(route.address)
    assert answer.status_code < 500
    directives = answer["Content-Security-Policy"]
    assert "unsafe" not in directives
    assert "default-src 'self'" in directives
    assert "frame-ancestors 'none'" in directives
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_reading_writes_nothing(everything: Client, route: Route) -> None:
    with CaptureQueriesContext(connection) as said:
        everything.get(route.address)
        everything.head(route.address)
    written = [query["sql"] for query in said if WRITES.match(query["sql"])]
    assert [sql for sql in written if not any(name in sql for name in ALLOWED)] == []
