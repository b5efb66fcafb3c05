"""The stage's addresses and templates, and people on it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from organization.people.models import Person
from tests.foundation.screens import stage

SignedIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _on_stage(settings: Any) -> None:
    settings.ROOT_URLCONF = stage.__name__
    (engine,) = settings.TEMPLATES
    settings.TEMPLATES = [{**engine, "DIRS": [stage.TEMPLATES, *engine["DIRS"]]}]


@pytest.fixture
def anna(db: None) -> Person:
    """She sees cases and works on them, everywhere."""
    return stage.a_person("Anna Vos", "see_case", "work_case")


@pytest.fixture
def stranger(db: None) -> Person:
    """Internal, without any role."""
    return stage.a_person("Stan Stranger")


@pytest.fixture
def annas(anna: Person) -> Client:
    return signed_in(anna)


def signed_in(person: Person, **headers: str) -> Client:
    client = Client(headers=headers)
    client.force_login(person)
    return client


def htmx(**more: str) -> dict[str, str]:
    """The headers of a request that htmx makes."""
    return {"HX-Request": "true", **more}
