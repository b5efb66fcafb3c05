"""Fixtures for everybody: the small distributor, and deliveries on demand."""

import pytest
from hypothesis import HealthCheck, settings

from tests.browser import chromium, eyes  # noqa: F401  fixtures of the browser tests
from tests.scene import Scene, build

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # a busy machine is no failure


@pytest.fixture
def scene(db: None) -> Scene:
    return build()
