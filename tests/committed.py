"""A database of one's own, for tests in which transactions truly commit: threads, processes, kills.

It is copied from the test database and dropped after the module. It is never flushed: tables that only grow refuse
TRUNCATE, so each test makes documents of its own. A module asks for it by saying what ``db`` means there::

    @pytest.fixture(scope="module", autouse=True)
    def db(django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), own_database() as name:
            yield name
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import OperationalError, connection, connections
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from psycopg import errors

from config.databases import drop, end_sessions
from foundation.door import Busy, Stale
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours

ANSWERS = (Refused, Stale, Busy, NotYours)


@contextmanager
def own_database() -> Iterator[str]:
    """Work on a committed copy of the test database; its name."""
    settings = connection.settings_dict
    template, name = settings["NAME"], f"{settings['NAME']}_committed"
    assert template.startswith(TEST_DATABASE_PREFIX), "pytest-django made no test database"
    connections.close_all()
    with psycopg.connect(**_owner(), autocommit=True) as owner:
        drop(owner, name)
        end_sessions(owner, template)  # threads of earlier tests may still hold one
        owner.execute(f'create database "{name}" template "{template}" strategy file_copy')
        settings["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            settings["NAME"] = template
            drop(owner, name)


def _owner() -> dict[str, Any]:
    given = connection.settings_dict
    return {
        "host": given["HOST"],
        "port": given["PORT"],
        "user": given["USER"],
        "password": given["PASSWORD"],
        "dbname": "postgres",
    }


def collide(
    count: int, prepare: Callable[[], Sequence[Any]], *contenders: Callable[..., Any]
) -> tuple[list[Sequence[Any]], Counter[str]]:
    """Let the contenders act on each scene at the same instant, each in a thread of its own; how each of them ended.

    A deadlock and whatever is not an answer of ours is counted as such and never hidden.
    """
    scenes = [prepare() for _ in range(count)]
    endings: Counter[str] = Counter()
    gate, lock = threading.Barrier(len(contenders)), threading.Lock()

    def run(contender: Callable[..., Any]) -> None:
        for scene in scenes:
            gate.wait(60)
            ending = how(contender, scene)
            with lock:
                endings[f"{contender.__name__}: {ending}"] += 1
        connection.close()

    threads = [threading.Thread(target=run, args=(contender,)) for contender in contenders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return scenes, endings


def how(contender: Callable[..., Any], scene: Sequence[Any]) -> str:
    try:
        contender(*scene)
    except ANSWERS as answer:
        return type(answer).__name__
    except OperationalError as error:
        return "DEADLOCK" if isinstance(error.__cause__, errors.DeadlockDetected) else f"SURPRISE {error!r}"[:90]
    except Exception as error:
        return f"SURPRISE {error!r}"[:90]
    return "ok"


def trouble(endings: Counter[str]) -> dict[str, int]:
    return {ending: count for ending, count in endings.items() if "SURPRISE" in ending or "DEADLOCK" in ending}
