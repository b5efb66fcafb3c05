"""The small distributor is built once for many tests: each works in a savepoint above the transaction that holds it.

Built for each test it would cost more than most tests do. The ground is given up before a test that does not stand on
it, so that nobody finds rows he did not ask for.
"""

import pickle
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import Atomic

from config.databases import end_sessions
from tests.scene import Scene, build

_held: list[tuple[Atomic, Any, bytes]] = []
"""The open transaction, the connection it is on, and what was built in it."""


def hold() -> None:
    """Open the transaction and build, unless that is done already and its connection still stands."""
    if _held and not stands():
        leave()
    if _held:
        return
    with connection.cursor() as cursor:  # a session that an earlier test left open may hold the very rows
        end_sessions(cursor, connection.settings_dict["NAME"])
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests: durable work may be nested
    atomic.__enter__()
    built = build()
    connection.check_constraints()
    _held.append((atomic, connection.connection, pickle.dumps(built)))


def stands() -> bool:
    """Whether the transaction is still the one that the connection is in."""
    return connection.connection is _held[0][1] and connection.in_atomic_block and not connection.closed_in_transaction


def leave() -> None:
    """Roll it back, if it is there."""
    if not _held:
        return
    does_stand = stands()
    atomic, link, _built = _held.pop()
    if does_stand:
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
    else:
        link.close()  # whoever took the connection away left the transaction open, and its rows locked


def scene() -> Scene:
    """The distributor of the test that runs, as objects of its own."""
    return pickle.loads(_held[0][2]) if _held else build()


def wanted(item: pytest.Item) -> bool:
    """Whether a test stands on the ground: it asks for the ``scene`` of the house, in a transaction that ends with it."""
    asked = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    return "scene" in asked and asked["scene"][-1].baseid in ("", "tests") and "transactional_db" not in asked
