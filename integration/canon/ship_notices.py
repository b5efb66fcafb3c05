"""What is on the truck (856, DESADV, Despatch Advice, ShipNoticeRequest)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from integration.canon.documents import Document
from integration.canon.parts import Item, OrderReference

VERSION = 1
PALLET, CARTON = "pallet", "carton"


@dataclass(frozen=True, kw_only=True)
class NoticeLine:
    """So much of one order line in one handling unit."""

    number: str = ""
    """The supplier's own."""
    item: Item
    quantity: Decimal
    unit: str = ""
    order: OrderReference | None = None
    lot: str = ""
    expires_on: date | None = None
    outstanding: Decimal | None = None
    """What is still to come of the order line. What is not declared outstanding will not come (Peppol)."""
    outstanding_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class HandlingUnit:
    """A pallet, a carton: what it holds itself and the units inside it."""

    sscc: str = ""
    """18 digits, without the application identifier."""
    package: str = ""
    """``pallet``, ``carton``, or the code it came with."""
    lines: tuple[NoticeLine, ...] = ()
    units: tuple["HandlingUnit", ...] = ()


@dataclass(frozen=True, kw_only=True)
class ShipNotice(Document):
    kind: ClassVar[str] = "ship-notice"
    version: ClassVar[int] = VERSION

    number: str
    issued_on: date | None = None
    order: OrderReference | None = None
    """Of the whole notice; a line may name another."""
    replaces: str = ""
    """The number of the notice that this one replaces or, with ``is_cancelled``, takes back."""
    is_cancelled: bool = False
    ships_on: date | None = None
    arrives_on: date | None = None
    carrier: str = ""
    carrier_code: str = ""
    """SCAC or what the sender calls the carrier."""
    tracking: str = ""
    bill_of_lading: str = ""
    package_count: int | None = None
    gross_weight: Decimal | None = None
    """In ``weight_unit``."""
    weight_unit: str = ""
    lines: tuple[NoticeLine, ...] = ()
    """What is in no handling unit."""
    units: tuple[HandlingUnit, ...] = ()

    def every_line(self) -> Iterator[tuple[NoticeLine, tuple[HandlingUnit, ...]]]:
        """Each line with the units around it, the outermost first."""
        yield from ((line, ()) for line in self.lines)
        waiting = [(unit, (unit,)) for unit in reversed(self.units)]
        while waiting:
            unit, around = waiting.pop()
            yield from ((line, around) for line in unit.lines)
            waiting += [(inner, (*around, inner)) for inner in reversed(unit.units)]
