"""A database of its own for every test of the portal, because each role must really connect and really commit."""

import os
import pickle
from types import SimpleNamespace

import pytest

from tests.copies import built_once, copy, drop, exists
from tests.portal import world as worlds
from tests.portal.roles import Browser, Database, connected, portal_settings

NOBODY = SimpleNamespace(params={})
SWEPT = [
    *(f"DELETE FROM organization_{table}" for table in ("portalattempt", "portalsession", "portalcode", "portallink")),
    *(f"DELETE FROM organization_{table}" for table in ("trusteddevice", "mail", "portalchallenge", "portalpasskey")),
    "UPDATE organization_person SET is_active = true, theme = 'auto', declined_passkey_at = NULL "
    "WHERE NOT is_active OR theme <> 'auto' OR declined_passkey_at IS NOT NULL",
]
"""What is put right before each test, since some share their database: who is in, and by which way."""


@pytest.fixture(scope="session")
def template(django_db_setup, django_db_blocker, tmp_path_factory):
    """A database with the two suppliers in it, from which each test's own is copied; what they are; what copies are called."""
    name = f"test_portal_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with django_db_blocker.unblock():
        drop(f"{name}_shared")
        yield *built_once("portal", worlds.build, tmp_path_factory), name
        drop(f"{name}_shared")


@pytest.fixture
def place(template, django_db_blocker, request):
    """A fresh copy, and the portal's settings; ``default`` is the portal's own connection.

    Tests that are marked ``shared`` change nothing but what ``SWEPT`` puts right, so they use one copy in turn.
    """
    source, built, own = template
    is_shared = request.node.get_closest_marker("shared") and not getattr(request.node, "callspec", NOBODY).params.get(
        "mutant"
    )
    name = f"{own}_{'shared' if is_shared else 'run'}"
    with django_db_blocker.unblock(), portal_settings():
        if is_shared and exists(name):
            Database(name).sql("; ".join(SWEPT))
        else:
            copy(source, name)
        with connected("portal", name):
            place = Database(name)
            place.world = pickle.loads(built)
            yield place
        if not is_shared:
            drop(name)


@pytest.fixture
def world(place):
    return place.world


@pytest.fixture
def own(world):
    return signed_in(world.own.person)


@pytest.fixture
def foreign(world):
    return signed_in(world.foreign.person)


@pytest.fixture
def anonymous(place):
    return Browser()


def signed_in(person):
    browser = Browser()
    answer = browser.post("/sign-in/", {"email": person.email, "password": worlds.PASSWORD})
    assert answer.status_code == 302, answer.content
    return browser
