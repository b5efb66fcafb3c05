"""What happened to a requisition."""

from dataclasses import dataclass
from decimal import Decimal

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class RequisitionRaised(Event):
    number: str
    amount: Decimal
    currency: str
    lines: int
    source: str


@dataclass(frozen=True, kw_only=True)
class RequisitionEdited(Event):
    amount: Decimal
    currency: str
    lines: int


@dataclass(frozen=True, kw_only=True)
class RequisitionSubmitted(Event):
    number: str
    amount: Decimal
    currency: str
    steps: int
    matrix: str


@dataclass(frozen=True, kw_only=True)
class RequisitionApproved(Event):
    number: str
    amount: Decimal
    currency: str
    by_policy: bool


@dataclass(frozen=True, kw_only=True)
class RequisitionReturned(Event):
    reason: str


@dataclass(frozen=True, kw_only=True)
class RequisitionRejected(Event):
    reason: str


@dataclass(frozen=True, kw_only=True)
class LinesTakenOut(Event):
    """Approved without these lines; ``amount`` is that of the others."""

    lines: list[int]
    returned: bool
    reason: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class RequisitionWithdrawn(Event): ...


@dataclass(frozen=True, kw_only=True)
class RequisitionCancelled(Event):
    reason: str


@dataclass(frozen=True, kw_only=True)
class RequisitionMerged(Event):
    """It took the lines of another request, whose number is ``number``."""

    number: str
    amount: Decimal
    currency: str
    lines: int


@dataclass(frozen=True, kw_only=True)
class RequisitionOrdered(Event):
    """Some or all of it now stands on orders: [[line number, quantity in base units, order number], ...]."""

    lines: list
    complete: bool


@dataclass(frozen=True, kw_only=True)
class RequisitionGivenBack(Event):
    """An order let go of these lines: [[line number, quantity], ...] wait to be ordered again."""

    lines: list


@dataclass(frozen=True, kw_only=True)
class RemainderCancelled(Event):
    line: int
    quantity: Decimal
    reason: str
