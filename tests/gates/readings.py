"""What somebody reads who walks all pages of the back office: walked once for all who test at once, looked at by many."""

import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import pytest
from django.db import connection

from tests.copies import once
from tests.gates.asking import Answer, Visitor, office_visitor
from tests.gates.routes import Route
from tests.gates.world import World

TOUCHED = """select relname, n_tup_ins + n_tup_upd + n_tup_del from pg_stat_xact_user_tables
             where n_tup_ins + n_tup_upd + n_tup_del > 0 and relname != 'organization_officesession'"""
"""What this transaction has written so far, also what was undone since."""


@dataclass
class Reading:
    wrote: list[str]
    """Which reads wrote, and where."""
    answers: list[Answer]


Readings = Callable[[Literal["head", "insider"]], Reading]
"""All pages of the home side, whole: for who may see the whole house, or just this entity."""


def reading(visitor: Visitor, method: str, only: Callable[[Route], bool] | None = None) -> Reading:
    found, before = Reading([], []), touched()
    for one in visitor.knock(method, only=only):
        found.answers.append(one)
        if (after := touched()) != before:
            changed = {name: count - before.get(name, 0) for name, count in after.items() if count != before.get(name)}
            found.wrote.append(f"{one} wrote to {changed}")
            before = after
    return found


def touched() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED)
        return dict(cursor.fetchall())


def reader(office: World, where: pytest.TempPathFactory) -> Readings:
    people = {"head": office.head, "insider": office.home.insider}

    def read_by(who: Literal["head", "insider"]) -> Reading:
        def walk() -> bytes:
            return pickle.dumps(reading(office_visitor(people[who], office.home), "get"))

        return pickle.loads(once(f"read-by-{who}", walk, where))

    return read_by
