"""OrderRequest: a new order, an update of one and its deletion.

An update is the whole order as it stands after the change; what became of a line is said in an Extrinsic of ours.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from integration.canon import order_changes
from integration.canon.order_cancellations import OrderCancellation
from integration.canon.order_changes import ChangedLine, OrderChange
from integration.canon.parts import OrderReference, Slot
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.cxml import parts
from integration.xml.prices import heard_price, priced, told_price
from integration.xml.tables import (
    OWN,
    Map,
    Nest,
    Row,
    Say,
    Values,
    code,
    count,
    dec,
    inside,
    moment,
    puts,
    text,
)  # fmt: skip

KIND = "OrderRequest"
NEW, UPDATE, DELETE = "new", "update", "delete"
ACTIONS = {
    word: word
    for word in (
        order_changes.ADD, order_changes.DELETE, order_changes.CHANGE, order_changes.KEEP, order_changes.REOPEN,
    )
}  # fmt: skip
PLACES = {"ShipTo": "ship_to", "BillTo": "bill_to"}
PASSED = frozenset({
    "Tax", "Shipping", "Payment", "Followup", "SupplierOrderInfo", "DocumentReference", "Classification", "Path",
    "SupplierID", "Distribution", "ManufacturerName", "URL", "LeadTime", "Fax", "SupplierPartAuxiliaryID",
    "Description",
})  # fmt: skip
"""Elements that are known and not kept: they change nothing that is booked."""
REFERENCE = inside("DocumentReference", text("@payloadID", "refers_to", is_told=True))


def _heard_line(found: Values, say: Say) -> Values:
    heard_price(found)
    parts.heard_comments(found)
    return found


def _told_line(line: PurchaseOrderLine) -> Values:
    return {"comments": parts.told_comments(line.notes), **told_price(line)}


def _lines(shape: type, *more: Row) -> Nest:
    return inside(
        "ItemOut",
        dec("@quantity", "quantity"),
        text("@lineNumber", "number"),
        moment("@requestedDeliveryDate", "need_by"),
        parts.item_id(),
        parts.item_detail("item", *more),
        parts.COMMENTS,
        inside(
            "ScheduleLine",
            dec("@quantity", "quantity"),
            moment("@requestedDeliveryDate", "on"),
            text("UnitOfMeasure", "^unit"),
            field="schedule",
            shape=Slot,
        ),
        field="lines",
        shape=shape,
        needed="line",
        heard=_heard_line,
        told=_told_line,
    )


DELIVERY = inside(
    "TermsOfDelivery",
    inside("TermsOfDeliveryCode", puts("@value", "TransportCondition"), is_always=True),
    inside("ShippingPaymentMethod", puts("@value", "Other"), is_always=True),
    inside("TransportTerms", text("@value", "handover.incoterm")),
    inside("Comments", puts("@type", "TermsOfDelivery"), text(OWN, "handover.place")),
)


def _header(kind: str, *more: Row) -> Nest:
    return inside(
        "OrderRequestHeader",
        text("@orderID", "number", needed="number"),
        moment("@orderDate", "issued_on", needed="date"),
        puts("@type", kind),
        count("@orderVersion", "revision"),
        text("@agreementID", "contract"),
        moment("@requestedDeliveryDate", "need_by"),
        inside(
            "Total", parts.sum_of("amount", needed="total"), inside("Modifications", parts.MODIFICATION), needed="total"
        ),
        parts.place("ShipTo"),
        parts.place("BillTo"),
        parts.TERMS,
        parts.contact(),
        DELIVERY,
        parts.COMMENTS,
        REFERENCE,
        parts.TERMS_TEXT,
        *more,
    )


def _heard_order(found: Values, say: Say) -> Values:
    parts.heard_terms(found)
    parts.heard_comments(found)
    parts.heard_parties(found, **PLACES)
    return found


def _told_order(order: PurchaseOrder) -> Values:
    return {
        "comments": parts.told_comments(order.notes),
        **parts.told_terms(order.terms),
        **parts.told_parties(order, **PLACES),
    }


def _sayable_order(order: PurchaseOrder) -> Any:
    """A line has no amount and no tax: they follow from its price, and from the invoice."""
    lines = tuple(
        replace(priced(line), amount=None, tax_percent=None, notes=parts.sayable_notes(line.notes))
        for line in order.lines
    )
    whole = replace(
        order,
        lines=lines,
        notes=parts.sayable_notes(order.notes),
        terms=parts.sayable_terms(order.terms),
        adjustments=parts.sayable_adjustments(order.adjustments),
    )
    return parts.with_parties(whole, **PLACES)


def _sayable_change(change: OrderChange) -> Any:
    """The reason is the first of the notes, and a line that is dropped is one of which nothing is wanted."""
    notes = (change.reason, *change.notes) if change.reason else change.notes
    lines = tuple(
        replace(line, quantity=Decimal(0), schedule=()) if line.action == order_changes.DELETE else line
        for line in change.lines
    )
    return _sayable_order(replace(change, notes=notes, reason="", lines=lines))


ORDER = Map(
    kind=KIND,
    document=PurchaseOrder,
    rows=(_header(NEW), _lines(PurchaseOrderLine)),
    heard=_heard_order,
    told=_told_order,
    sayable=_sayable_order,
    passed=PASSED,
)
CHANGE = Map(
    kind=KIND,
    document=OrderChange,
    rows=(
        _header(UPDATE, parts.extrinsic("changeNumber", text(OWN, "change"))),
        _lines(ChangedLine, parts.extrinsic("lineAction", code(OWN, "action", ACTIONS))),
    ),
    heard=_heard_order,
    told=_told_order,
    sayable=_sayable_change,
    passed=PASSED,
)


def _heard_cancellation(found: Values, say: Say) -> Values:
    """What stands in the order besides is what it was."""
    found["reason"] = "\n".join(found.pop("comments", []))
    return found


def _sayable_cancellation(cancellation: OrderCancellation) -> OrderCancellation:
    """It has no number and no date of its own: the header's are the order's."""
    order = OrderReference(
        number=cancellation.order.number,
        revision=cancellation.order.revision,
        ordered_on=cancellation.order.ordered_on,
    )
    return OrderCancellation(order=order, reason=cancellation.reason)


CANCELLATION = Map(
    kind=KIND,
    document=OrderCancellation,
    rows=(
        inside(
            "OrderRequestHeader",
            text("@orderID", "order.number", needed="number of the order"),
            moment("@orderDate", "order.ordered_on", needed="date of the order"),
            puts("@type", DELETE),
            count("@orderVersion", "order.revision"),
            parts.COMMENTS,
            REFERENCE,
        ),
    ),
    heard=_heard_cancellation,
    told=lambda cancellation: {"comments": parts.told_comments([cancellation.reason] if cancellation.reason else [])},
    sayable=_sayable_cancellation,
    passed=PASSED | {"Total", "ShipTo", "BillTo", "ItemOut", "Contact", "PaymentTerm", "Extrinsic", "TermsOfDelivery"},
)
BY_TYPE = {NEW: ORDER, UPDATE: CHANGE, DELETE: CANCELLATION}
MAPS = (ORDER, CHANGE, CANCELLATION)
