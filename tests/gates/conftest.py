"""A committed world, built once and copied into a database of one's own, and two ways into it.

``office`` is the back office under the role ``app``; ``portal`` the suppliers' site under its own role, with its fence.
What happens in the office is rolled back after each question; in the portal each request is its own transaction.
"""

import logging
import os
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.copies import built_once, copy, drop
from tests.gates import world as worlds
from tests.gates.readings import Readings, reader
from tests.gates.undoing import undone
from tests.gates.world import World
from tests.portal.roles import Database, connected, portal_settings


@dataclass
class Place:
    name: str
    world: World


@pytest.fixture(scope="session")
def db(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """What ``db`` means here (the name makes pytest-django create the database that this one is a copy of)."""
    name = f"test_gates_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with django_db_blocker.unblock():
        source, built = built_once("gates", worlds.build, tmp_path_factory)
        copy(source, name)
    yield Place(name, pickle.loads(built))
    with django_db_blocker.unblock():
        drop(name)


@pytest.fixture(scope="session")
def place(db: Place) -> Place:
    return db


@pytest.fixture
def office(place: Place, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), connected("app", place.name), undone():
        yield place.world


@pytest.fixture
def read_by(office: World, tmp_path_factory: pytest.TempPathFactory) -> Readings:
    return reader(office, tmp_path_factory)


@pytest.fixture
def portal(place: Place, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), portal_settings(), connected("portal", place.name):
        Database(place.name).sql("DELETE FROM organization_portalattempt")  # or whoever comes next must wait
        yield place.world


@pytest.fixture(autouse=True)
def nobody_listens() -> Iterator[None]:
    """Thousands are turned away here on purpose: a line of the log for each would be kept and read by nobody."""
    log = logging.getLogger("django.request")
    level = log.level
    log.setLevel(logging.ERROR)
    yield
    log.setLevel(level)
