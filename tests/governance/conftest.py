from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from foundation.subjects import registry
from tests.governance.scene import Company, RequisitionSubject
from tests.scene import NOW, Scene


@pytest.fixture
def handler(monkeypatch):
    made = RequisitionSubject()
    monkeypatch.setitem(registry._handlers, "procurement.requisition", made)
    return made


@pytest.fixture
def company(db, handler):
    return Company()


@pytest.fixture
def on_the_day() -> Iterator[None]:
    """The day of the small distributor."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def as_(scene: Scene, on_the_day: None) -> Callable[[str], Client]:
    """``as_("buyer").get("/exceptions/")``."""

    def client(name: str) -> Client:
        made = Client()
        made.force_login(scene.people[name])
        return made

    return client
