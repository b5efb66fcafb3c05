"""Browsers without a window."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.scene import Scene


@pytest.fixture
def browse(scene: Scene) -> Callable[[str], Client]:
    """``browse("receiver")``: a client that is signed in as that role's person."""

    def signed_in(role: str) -> Any:
        client = Client()
        client.force_login(scene.people[role])
        return client

    return signed_in
