"""A database of its own for every test of the portal, because each role must really connect and really commit."""

import pickle

import pytest
from django.db import connections

from tests.portal import world as worlds
from tests.portal.roles import Browser, Database, connected, portal_settings


@pytest.fixture(scope="session")
def template(django_db_setup, django_db_blocker):
    """A migrated database with the two suppliers in it, from which each test's own is copied."""
    with django_db_blocker.unblock():
        source = connections["default"].settings_dict["NAME"]
        copy(source, f"{source}_portal")
        with connected("owner", f"{source}_portal"):
            built = pickle.dumps(worlds.build())
        yield f"{source}_portal", built
        drop(f"{source}_portal")


@pytest.fixture
def place(template, django_db_blocker):
    """A fresh copy, and the portal's settings; ``default`` is the portal's own connection."""
    source, built = template
    name = f"{source}_run"
    with django_db_blocker.unblock(), portal_settings():
        copy(source, name)
        with connected("portal", name):
            place = Database(name)
            place.world = pickle.loads(built)
            yield place
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


def copy(source: str, name: str) -> None:
    connections["default"].close()
    drop(name)
    with connected("owner", "postgres") as owner, owner.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        cursor.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        cursor.execute(f'GRANT CONNECT ON DATABASE "{name}" TO countersign_app, countersign_portal')


def drop(name: str) -> None:
    with connected("owner", "postgres") as owner, owner.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
