"""From what a supplier's system says over REST to the canonical document, and on to the submission that it becomes.

It is the same way that a message of EDI goes, with one difference: who calls is on the line, so what would make a
message wait for a look is said to him at once and nothing is kept.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from foundation.lifecycles import Refused
from integration.canon.checks import check
from integration.canon.documents import Document
from integration.canon.faults import Level
from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import Item, OrderReference, Slot
from integration.canon.rules import Known
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.canon.supplier_invoices import BilledLine, CreditNote, SupplierInvoice
from integration.inbox.judging import meant
from integration.inbox.matching import Doubts, Wanted
from procurement.orders.models import PurchaseOrder
from suppliers.suppliers.models import Supplier

Said = dict[str, Any]
Reader = Callable[[PurchaseOrder, Said], Document]


def wanted(order: PurchaseOrder, said: Said, read: Reader, *, supplier: Supplier, on: date) -> Wanted:
    """The submission that it becomes. Raises Refused with every reason why it cannot be booked."""
    document, doubts = read(order, said), Doubts()
    found = meant(document, supplier, doubts)
    faults = [*check(document, Known(today=on)), *doubts.found]
    if stops := [fault.sentence for fault in faults if fault.level >= Level.HOLD]:
        raise Refused(*stops)
    (one,) = found
    return one


def confirmation(order: PurchaseOrder, said: Said) -> OrderResponse:
    return OrderResponse(
        number=said["reference"],
        order=OrderReference(number=order.number, revision=said["revision"]),
        code=said["code"],
        supplier_reference=said["reference"],
        currency=said["currency"],
        lines=tuple(_answered(line) for line in said.get("lines", [])),
    )


def _answered(line: Said) -> ResponseLine:
    return ResponseLine(
        number=str(line["line"]),
        code=line["code"],
        item=Item(),
        unit=line["unit"],
        price=line.get("price"),
        price_basis=line.get("price_basis", Decimal(1)),
        schedule=tuple(Slot(quantity=slot["quantity"], on=slot["on"]) for slot in line.get("schedule", [])),
        substitute=Item(supplier_number=line["substitute"]) if line["substitute"] else None,
        reason=line["reason"],
    )


def ship_notice(order: PurchaseOrder, said: Said) -> ShipNotice:
    """Lines with a label stand each in its own handling unit."""
    lines = [(line["sscc"], _shipped(order, line, place)) for place, line in enumerate(said["lines"], 1)]
    return ShipNotice(
        number=said["number"],
        order=OrderReference(number=order.number),
        ships_on=said["ships_on"],
        arrives_on=said["arrives_on"],
        carrier=said["carrier"],
        tracking=said["tracking"],
        package_count=said.get("packages"),
        lines=tuple(line for sscc, line in lines if not sscc),
        units=tuple(HandlingUnit(sscc=sscc, lines=(line,)) for sscc, line in lines if sscc),
    )


def _shipped(order: PurchaseOrder, line: Said, place: int) -> NoticeLine:
    return NoticeLine(
        number=str(place),
        item=Item(),
        quantity=line["quantity"],
        unit=line["unit"],
        order=_about(order, line),
        lot=line["lot"],
        expires_on=line.get("expires_on"),
    )


def invoice(order: PurchaseOrder, said: Said) -> SupplierInvoice:
    bill = SupplierInvoice(
        number=said["number"],
        issued_on=said["date"],
        currency=said["currency"],
        order=OrderReference(number=order.number),
        preceding=said["corrects"],
        tax_amount=said.get("tax"),
        amount=said["total"],
        lines=tuple(_charged(order, line, place) for place, line in enumerate(said["lines"], 1)),
    )
    return CreditNote(**vars(bill)) if said["is_credit_note"] else bill


def _charged(order: PurchaseOrder, line: Said, place: int) -> BilledLine:
    return BilledLine(
        number=str(place),
        item=Item(),
        quantity=line["quantity"],
        unit=line["unit"],
        price=line["price"],
        price_basis=line.get("price_basis", Decimal(1)),
        tax_percent=line.get("tax_percent"),
        order=_about(order, line),
    )


def _about(order: PurchaseOrder, line: Said) -> OrderReference:
    return OrderReference(number=line["order"] or order.number, line=str(line["line"]))
