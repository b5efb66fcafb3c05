"""Who looks at a screen: a client signed in as somebody of the scene, on the day of the scene."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from tests.scene import NOW, Scene


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def as_(scene: Scene) -> Callable[[str], Client]:
    """``as_("buyer").get("/orders/")``."""

    def client(name: str) -> Client:
        made = Client()
        made.force_login(scene.people[name])
        return made

    return client
