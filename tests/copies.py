"""Databases that are copies: built once, then each user's own in a fraction of the time."""

import fcntl
import os
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.creation import TEST_DATABASE_PREFIX

from config import databases
from tests.portal.roles import connected


def built_once(name: str, build: Callable[[], Any], where: pytest.TempPathFactory) -> tuple[str, bytes]:
    """A copy of the test database in which ``build`` made something, and that, pickled."""
    source = f"test_{name}_once"

    def fill() -> bytes:
        mine = connections["default"].settings_dict["NAME"]
        connections["default"].close()
        has_one = mine.startswith(TEST_DATABASE_PREFIX)  # pytest-django makes one where some test asks for it
        copy(mine if has_one else "template1", source)
        with connected("owner", source):
            if not has_one:
                call_command("migrate", run_syncdb=True, verbosity=0)
            return pickle.dumps(build())

    return source, once(name, fill, where)


def once(name: str, make: Callable[[], bytes], where: pytest.TempPathFactory) -> bytes:
    """What ``make`` made; once for all who test at once."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    folder = where.getbasetemp() if alone else where.getbasetemp().parent
    made = folder / f"{name}.pickle"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            made.write_bytes(make())
    return made.read_bytes()


def copy(source: str, name: str) -> None:
    drop(name)
    with connected("owner", "postgres") as owner, owner.cursor() as cursor:
        databases.end_sessions(cursor, source)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')
        cursor.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        cursor.execute(f'GRANT CONNECT ON DATABASE "{name}" TO countersign_app, countersign_portal')


def exists(name: str) -> bool:
    with connected("owner", "postgres") as owner, owner.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", [name])
        return cursor.fetchone()[0]


def drop(name: str) -> None:
    with connected("owner", "postgres") as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)
