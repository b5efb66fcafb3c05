"""Fixtures for everybody: the small distributor, and deliveries on demand."""

import gc
from collections.abc import Iterator
from copy import copy
from typing import Any

import pytest
from django.core.cache import cache
from django.db.backends.postgresql.creation import DatabaseCreation
from django.test import client
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key
from whitenoise.middleware import WhiteNoiseMiddleware

from config import databases
from governance.parameters import reading
from integration.queries import KEPT, Health
from tests import ground
from tests.browser import chromium, eyes  # noqa: F401  fixtures of the browser tests
from tests.scene import Scene

STATIC_FILES: dict[str, Any] = {}
look_for_files = WhiteNoiseMiddleware.add_files_from_finders


def look_once(server: WhiteNoiseMiddleware) -> None:
    """Each client has a server of its own; the files are the same."""
    if not STATIC_FILES:
        look_for_files(server)
        STATIC_FILES.update(server.files)
    server.files = STATIC_FILES


WhiteNoiseMiddleware.add_files_from_finders = look_once


def keep_the_first(store: dict[str, Any], signal: Any, sender: Any, template: Any, context: Any, **_more: Any) -> None:
    """A response knows what its page was rendered with; a copy of it for each of its hundred parts is read by nobody."""
    if "context" not in store:
        store["context"] = client.ContextList([copy(context)])


def drop_test_database(creation: DatabaseCreation, name: str, verbosity: int) -> None:
    """Whoever is still connected when all tests are over (a thread of a server, somebody's psycopg) is sent away."""
    with creation._nodb_cursor() as cursor:
        databases.drop(cursor, name)


DatabaseCreation._destroy_test_db = drop_test_database
client.store_rendered_templates = keep_the_first
gc.set_threshold(100_000, 50, 100)  # what is loaded stays to the end: looking through it all the time finds nothing
settings.register_profile("house", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # a busy machine is no failure


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are no names: an archive made while tests are collected holds the hour, and each worker collects its own."""
    return argname if isinstance(val, bytes) else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within a file those come together that stand equally high, so that each storey is built once; the others, which
    may work in a database of their own, come after them in the order that pytest-django gave them."""
    place = {path: number for number, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: (place[item.path], ground.wanted(item) or ground.HIGHEST + 1))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if not ground.wanted(item) and ground.touches_rows(item):
        with item.config.stash[blocking_manager_key].unblock():
            ground.leave()


@pytest.fixture
def _django_db_helper(stand: None, _django_db_helper: None) -> None:
    """The transaction of a test, above the ground if it wants that."""


@pytest.fixture(scope="session")
def grounds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    yield
    with django_db_blocker.unblock():
        ground.leave()


@pytest.fixture
def stand(request: pytest.FixtureRequest, grounds: None, django_db_blocker: DjangoDbBlocker) -> None:
    if height := ground.wanted(request.node):
        with django_db_blocker.unblock():
            ground.hold(height)


@pytest.fixture(autouse=True)
def all_is_well() -> None:
    """What every page asks now and then is known already, so that the budgets count what a page asks itself."""
    cache.clear()  # keys of earlier tests may name the same rows
    cache.set(KEPT, tuple(Health()), timeout=3600)
    reading.keep({})


@pytest.fixture
def scene(db: None) -> Scene:
    return ground.scene()


@pytest.fixture
def order(scene: Scene) -> Any:
    """An issued order of a hundred bolts, told to everybody whom it concerns."""
    return ground.order(scene)
