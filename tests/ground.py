"""The small distributor is built once for many tests: each works in a savepoint above the transaction that holds it.

Built for each test it would cost more than most tests do. The ground is given up before a test that does not stand on
it, so that nobody finds rows he did not ask for.
"""

import pickle

import pytest
from django.db import connection, transaction
from django.db.transaction import Atomic

from tests.scene import Scene, build

_held: list[tuple[Atomic, object, bytes]] = []
"""The open transaction, the connection it is on, and what was built in it."""


def hold() -> None:
    """Open the transaction and build, unless that is done already and its connection still stands."""
    if _held and _held[0][1] is not connection.connection:
        _held.clear()
    if _held:
        return
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests: durable work may be nested
    atomic.__enter__()
    built = build()
    connection.check_constraints()
    _held.append((atomic, connection.connection, pickle.dumps(built)))


def leave() -> None:
    """Roll it back, if it is there."""
    if _held:
        atomic, held_by, _built = _held.pop()
        if held_by is connection.connection:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


def scene() -> Scene:
    """The distributor of the test that runs, as objects of its own."""
    return pickle.loads(_held[0][2]) if _held else build()


def wanted(item: pytest.Item) -> bool:
    """Whether a test stands on the ground: it asks for the ``scene`` of the house, in a transaction that ends with it."""
    asked = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    return "scene" in asked and asked["scene"][-1].baseid in ("", "tests") and "transactional_db" not in asked
