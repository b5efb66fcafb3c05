"""What happened while something late was chased."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AboutChase(Event):
    order_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class ChaseBegun(AboutChase):
    cause: str


@dataclass(frozen=True, kw_only=True)
class ChaseClimbed(AboutChase):
    """One rung: 1 and 2 remind the supplier, 3 tells the buyer, 4 makes it a case."""

    step: int


@dataclass(frozen=True, kw_only=True)
class ChaseTurned(AboutChase):
    """Somebody else is waited for now."""

    waits_for: str
    was: str


@dataclass(frozen=True, kw_only=True)
class ChaseSettled(AboutChase):
    spent: dict


@dataclass(frozen=True, kw_only=True)
class SupplierReminded(Event):
    """A buyer had the supplier reminded of an order, beside the ladder. ``kind``: what is late."""

    number: str
    kind: str
    due_on: str
