"""The small distributor is built once for many tests: each works in a savepoint above the transaction that holds it.

Built for each test it would cost more than most tests do. Upon it stands a second storey, the order that two hundred
tests begin with. A storey is given up before a test that does not stand on it, so that nobody finds rows he did not
ask for.
"""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import Atomic

from config.databases import end_sessions
from tests.scene import Scene, build, ordered

HOUSE = "tests.conftest"
FIXTURES = ("scene", "order")
"""What a test asks for to stand on the first storey, and on the second."""
HIGHEST = len(FIXTURES)
WAYS = {"db", "transactional_db", "django_db_setup", "django_db_blocker", "live_server"}


@dataclass(frozen=True)
class Storey:
    """The open transaction, the connection it is on, and what was built in it."""

    atomic: Atomic
    link: Any
    built: bytes


_held: list[Storey] = []


def hold(height: int) -> None:
    """Stand so high, and no higher: what is missing is built, and all of it if its connection stands no more."""
    if _held and not stands():
        leave()
    while len(_held) > height:
        _give_up()
    while len(_held) < height:
        _build()


def _build() -> None:
    if not _held:
        with connection.cursor() as cursor:  # a session that an earlier test left open may hold the very rows
            end_sessions(cursor, connection.settings_dict["NAME"])
    atomic = transaction.atomic()
    atomic._from_testcase = True  # type: ignore[attr-defined]  # as Django's own tests: durable work may be nested
    atomic.__enter__()
    try:
        built = ordered(scene()) if _held else build()
        connection.check_constraints()
    except BaseException:
        _roll_back(atomic)  # or every later test would stand in it
        raise
    _held.append(Storey(atomic, connection.connection, pickle.dumps(built)))


def _give_up() -> None:
    _roll_back(_held.pop().atomic)


def _roll_back(atomic: Atomic) -> None:
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)


def stands() -> bool:
    """Whether the transaction is still the one that the connection is in."""
    return (
        connection.connection is _held[0].link and connection.in_atomic_block and not connection.closed_in_transaction
    )


def leave() -> None:
    """Roll it back, if it is there."""
    if not _held:
        return
    if stands() or (connection.connection is _held[0].link and connection.closed_in_transaction):
        while _held:
            _give_up()  # what a connection that was closed held is rolled back already; Django is told here
    else:
        link = _held[0].link
        _held.clear()
        link.close()  # whoever took the connection away left the transaction open, and its rows locked


def scene() -> Scene:
    """The distributor of the test that runs, as objects of its own."""
    return pickle.loads(_held[0].built) if _held else build()


def order(scene: Scene) -> Any:
    """The order that stands on the second storey, or one made now."""
    return pickle.loads(_held[1].built) if len(_held) > 1 else ordered(scene)


def wanted(item: pytest.Item) -> int:
    """How high a test stands: it asks for the ``scene`` of the house, and its ``order``, in a transaction that ends with it."""
    asked = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    if "transactional_db" in asked:
        return 0
    height = 0
    for name in FIXTURES:
        if name not in asked or _lowest(name, asked[name]).func.__module__ != HOUSE:  # a module's own, or a parameter
            break
        height += 1
    return height


def _lowest(name: str, defined: Sequence[Any]) -> Any:
    """The fixture that makes it: a module's own may only add to the house's."""
    *outer, made = defined
    return _lowest(name, outer) if name in made.argnames and outer else made


def touches_rows(item: pytest.Item) -> bool:
    """Whether a test can find rows at all; whoever asks for a database of his own does it through these, too."""
    asked = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    return bool(item.get_closest_marker("django_db")) or not asked.keys().isdisjoint(WAYS)
