"""Worlds small enough for the suite, each in a database of its own, because their transactions truly commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.management import call_command

from tests.committed import own_database

TODAY = date(2026, 6, 12)


@contextmanager
def world(scale: str, *, seed: int = 1) -> Iterator[list[str]]:
    """Build it as the command does; what the command said."""
    with own_database():
        said: list[str] = []
        call_command("world", scale=scale, seed=seed, today=TODAY, stdout=Ear(said))
        yield said


class Ear:
    """A stream that keeps lines."""

    def __init__(self, said: list[str]) -> None:
        self.said = said

    def write(self, text: str) -> None:
        self.said.append(text.rstrip("\n"))
