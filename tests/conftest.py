"""Fixtures for everybody: the small distributor, and deliveries on demand."""

import pytest

from tests.scene import Scene, build


@pytest.fixture
def scene(db: None) -> Scene:
    return build()
