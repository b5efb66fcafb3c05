"""What happened to a customer."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class CustomerEntered(Event):
    number: str
    name: str


@dataclass(frozen=True, kw_only=True)
class CustomerChanged(Event):
    """``was`` and ``now``: what changed of its name, address and identifiers."""

    number: str
    was: dict
    now: dict
