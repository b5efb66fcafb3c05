"""Fixtures for everybody: the small distributor, and deliveries on demand."""

import pytest

from tests.browser import chromium, eyes  # noqa: F401  fixtures of the browser tests
from tests.scene import Scene, build


@pytest.fixture
def scene(db: None) -> Scene:
    return build()
