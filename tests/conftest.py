"""Fixtures for everybody: the small distributor, and deliveries on demand."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, settings

from governance.parameters import reading
from integration.queries import KEPT, Health
from tests.browser import chromium, eyes  # noqa: F401  fixtures of the browser tests
from tests.scene import Scene, build

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # a busy machine is no failure


@pytest.fixture(autouse=True)
def all_is_well() -> None:
    """What every page asks now and then is known already, so that the budgets count what a page asks itself."""
    cache.set(KEPT, tuple(Health()), timeout=3600)
    reading.keep({})


@pytest.fixture
def scene(db: None) -> Scene:
    return build()
