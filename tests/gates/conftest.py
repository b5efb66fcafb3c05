"""One scene for hundreds of questions: built once a module, each question rolled back, the scene at the end."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.scene import Scene, build


@pytest.fixture(scope="module")
def _scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    with django_db_blocker.unblock(), transaction.atomic():
        transaction.get_connection().atomic_blocks[-1]._from_testcase = True
        yield build()
        transaction.set_rollback(True)


@pytest.fixture
def scene_once(_scene: Scene, db: None) -> Scene:
    return _scene
