"""A safety test also runs with its guard taken away, and must then fail: otherwise it proves nothing."""

import functools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from inspect import Parameter, Signature, signature
from typing import Any

import pytest

from tests.portal.roles import Database

Mutant = Callable[[Database], AbstractContextManager]


def twin(**mutants: Mutant | str) -> Callable:
    """``@twin(no_policy="ALTER TABLE ... DISABLE ...", no_guard=quiet)``: SQL run by the owner, or a way to do without.

    Every test has a database of its own, so SQL needs no undoing.
    """
    ways = {name: altered(how) if isinstance(how, str) else how for name, how in mutants.items()}

    def decorate(test: Callable) -> Callable:
        wanted = list(signature(test).parameters)

        @pytest.mark.parametrize("mutant", [None, *ways.values()], ids=["sound", *ways])
        @functools.wraps(test)
        def both(*owner: Any, mutant: Mutant | None, place: Database, **fixtures: Any) -> None:
            mine = {**fixtures, "place": place} if "place" in wanted else fixtures
            if mutant is None:
                test(*owner, **mine)
                return
            with mutant(place), pytest.raises((AssertionError, pytest.fail.Exception)):
                test(*owner, **mine)

        first = [Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)] if "self" in wanted else []
        others = ["mutant", "place", *(name for name in wanted if name not in ("self", "place"))]
        both.__signature__ = Signature([*first, *(Parameter(name, Parameter.KEYWORD_ONLY) for name in others)])  # type: ignore[attr-defined]
        return both

    return decorate


def altered(statement: str) -> Mutant:
    @contextmanager
    def mutant(place: Database) -> Iterator[None]:
        place.sql(statement)
        yield

    return mutant


def swapped(target: Any, name: str, value: Any) -> Mutant:
    @contextmanager
    def mutant(_place: Database) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(target, name, value)
            yield

    return mutant


def without(function: str, old: str, new: str = "") -> Mutant:
    """A function of the database that has lost a part of itself."""

    @contextmanager
    def mutant(place: Database) -> Iterator[None]:
        ((source,),) = place.sql("SELECT pg_get_functiondef(%s::regproc)", function)
        assert old in source
        place.sql(source.replace(old, new))
        yield

    return mutant


def open_table(table: str) -> str:
    return f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
