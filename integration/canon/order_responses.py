"""What a supplier answers to an order or to a change of it (855, 865, ORDRSP, Order Response, ConfirmationRequest)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from integration.canon.documents import Document
from integration.canon.parts import Item, OrderReference, Slot

VERSION = 1


@dataclass(frozen=True, kw_only=True)
class ResponseLine:
    """The answer to one line. What is None was not said, and then it is as ordered."""

    number: str
    """Of our order line; of a line that the supplier adds, his own."""
    code: str
    """A line code of ``procurement.confirmations.glossary``."""
    item: Item
    quantity: Decimal | None = None
    """As ordered, repeated. What will come stands in the schedule where there is one."""
    unit: str = ""
    price: Decimal | None = None
    price_basis: Decimal = Decimal(1)
    price_unit: str = ""
    amount: Decimal | None = None
    schedule: tuple[Slot, ...] = ()
    substitute: Item | None = None
    reason: str = ""
    """Why, in words or as the code it came with."""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OrderResponse(Document):
    kind: ClassVar[str] = "order-response"
    version: ClassVar[int] = VERSION

    number: str = ""
    """Of the answer itself, where it has one."""
    order: OrderReference
    change: str = ""
    """The number of the change that it answers; empty when it answers the order."""
    code: str
    """A header code of ``procurement.confirmations.glossary``."""
    supplier_reference: str = ""
    """The supplier's own number for the order."""
    issued_on: date | None = None
    currency: str = ""
    lines: tuple[ResponseLine, ...] = ()
    unmentioned: str = ""
    """The line code of all that is not in ``lines``, where the answer says so; empty, nothing is said of it."""
    amount: Decimal | None = None
