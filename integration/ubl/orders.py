"""What the buyer says: Order (T01), OrderChange (T114) and OrderCancellation (T115)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from integration.canon import order_changes, rules
from integration.canon.building import build
from integration.canon.order_cancellations import OrderCancellation
from integration.canon.order_changes import ChangedLine, OrderChange
from integration.canon.parts import Party, Slot
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.ubl import names, parts
from integration.ubl.parties import party, with_parties
from integration.xml.prices import heard_price, priced, told_price
from integration.xml.tables import (
    Cell,
    Map,
    Nest,
    Row,
    Say,
    Values,
    amount,
    code,
    heard,
    heard_amount,
    inside,
    many,
    puts,
    quantity,
    text,
)  # fmt: skip

ACTIONS = {
    "1": order_changes.ADD, "2": order_changes.DELETE, "3": order_changes.CHANGE, "4": order_changes.KEEP,
    "74": order_changes.REOPEN, "Added": order_changes.ADD, "Cancelled": order_changes.DELETE,
    "Revised": order_changes.CHANGE, "NoStatus": order_changes.KEEP,
}  # fmt: skip
"""UNCL1229, and the line states of UBL 2.0."""
ROLES = ("buyer", "supplier", "ultimate", "bill_to", "ship_to")


DUE = parts.due("cac:RequestedDeliveryPeriod")


def _heard_line(found: Values, say: Say) -> Values:
    """A delivery with a quantity is a row of the schedule, one without is the day of the line."""
    parts.described(found)
    heard_price(found)
    found.pop("tax_category", None)
    due = found.pop("due", [])
    found["schedule"] = [Slot(quantity=each["quantity"], on=each["on"]) for each in due if each["quantity"] is not None]
    for each in due:
        if each["quantity"] is None and each["on"]:
            found.setdefault("need_by", each["on"])
    return found


def _told_line(line: PurchaseOrderLine) -> Values:
    due: list[Values] = [{"quantity": None, "on": line.need_by}] if line.need_by else []
    due += [{"quantity": row.quantity, "on": row.on} for row in line.schedule]
    category = None if line.tax_percent is None else names.STANDARD if line.tax_percent else names.ZERO
    return {"due": due, "tax_category": category, **told_price(line)}


def _lines(shape: type, *status: Row) -> Nest:
    return inside(
        "cac:OrderLine",
        many("cbc:Note", "notes"),
        inside(
            "cac:LineItem",
            text("cbc:ID", "number", needed="number"),
            heard(many("cbc:Note", "notes")),
            *status,
            quantity("cbc:Quantity", "quantity"),
            amount("cbc:LineExtensionAmount", "amount"),
            DUE,
            parts.PRICE,
            parts.item(parts.tax_category("cac:ClassifiedTaxCategory")),
        ),
        field="lines",
        shape=shape,
        needed="line",
        heard=_heard_line,
        told=_told_line,
    )


TOTAL = inside(
    "cac:AnticipatedMonetaryTotal",
    amount("cbc:LineExtensionAmount", "lines_total"),
    amount("cbc:TaxExclusiveAmount", "net"),
    heard_amount("cbc:TaxInclusiveAmount", "with_tax"),
    amount("cbc:AllowanceTotalAmount", "allowances"),
    amount("cbc:ChargeTotalAmount", "charges"),
    amount("cbc:PayableAmount", "payable"),
)
AROUND: tuple[Row, ...] = (
    inside("cac:Contract", text("cbc:ID", "contract")),
    party("cac:BuyerCustomerParty", "buyer", needed=True),
    party("cac:SellerSupplierParty", "supplier", needed=True),
    party("cac:OriginatorCustomerParty", "ultimate"),
    party("cac:AccountingCustomerParty", "bill_to"),
    parts.delivery(parts.period("cac:RequestedDeliveryPeriod", "need_by")),
    inside(
        "cac:DeliveryTerms",
        text("cbc:ID", "handover.incoterm"),
        heard(many("cbc:SpecialTerms", "notes")),
        inside("cac:DeliveryLocation", text("cbc:ID", "handover.place")),
    ),
    parts.TERMS,
    parts.ADJUSTMENTS,
    TOTAL,
)
CURRENCY = text("cbc:DocumentCurrencyCode", "currency")


def _heard_order(found: Values, say: Say) -> Values:
    """The total without tax: said, or what the lines make, or what is to be paid where nothing speaks of tax."""
    parts.heard_terms(found)
    parts.heard_delivery(found, "need_by", say, lambda who: build(Party, who)[0])
    lines, net = found.pop("lines_total", None), found.pop("net", None)
    allowances, charges = (found.pop(name, None) or Decimal(0) for name in ("allowances", "charges"))
    payable, with_tax = found.pop("payable", None), found.pop("with_tax", None)
    if net is None and lines is not None:
        net = lines - allowances + charges
    total = net if net is not None else payable if with_tax is None else None
    if total is not None:
        found["amount"] = total
    return found


def _told_order(order: PurchaseOrder) -> Values:
    told: Values = {
        "delivery": parts.told_delivery(order, "need_by", order.need_by),
        "terms_said": parts.told_terms(order.terms),
    }
    if order.amount is None:
        return told
    signs = {
        name: [each.amount for each in order.adjustments if each.is_charge is is_charge]
        for name, is_charge in (("allowances", False), ("charges", True))
    }
    sums = {name: sum(amounts, Decimal(0)) for name, amounts in signs.items() if amounts}
    lines = order.amount - rules.net(order.adjustments)
    return told | sums | {"lines_total": lines, "net": order.amount, "payable": order.amount}


def _sayable_order(order: PurchaseOrder) -> PurchaseOrder:
    """UBL has no word for the revision of an order: a change of one is an OrderChange."""
    lines: Any = tuple(priced(line) for line in order.lines)
    whole = replace(order, revision=None, terms=parts.sayable_terms(order.terms), lines=lines)
    return with_parties(whole, ROLES)  # type: ignore[no-any-return]


def _sayable_change(change: OrderChange) -> OrderChange:
    """The reason is the first of the notes."""
    notes = (change.reason, *change.notes) if change.reason else change.notes
    return _sayable_order(replace(change, notes=notes, reason=""))  # type: ignore[return-value]


ORDER = Map(
    kind="Order",
    namespace=names.ROOT.format("Order"),
    document=PurchaseOrder,
    rows=(
        *parts.head(names.ORDER),
        puts("cbc:OrderTypeCode", names.ORDER_TYPE),
        many("cbc:Note", "notes"),
        CURRENCY,
        *AROUND,
        _lines(PurchaseOrderLine),
    ),
    heard=_heard_order,
    told=_told_order,
    sayable=_sayable_order,
    passed=parts.PASSED,
)


def _heard_change(found: Values, say: Say) -> Values:
    found.pop("message", None)
    return _heard_order(found, say)


CHANGE = Map(
    kind="OrderChange",
    namespace=names.ROOT.format("OrderChange"),
    document=OrderChange,
    rows=(
        *parts.head(names.ORDER_CHANGE, "message"),
        text("cbc:SequenceNumberID", "change", needed="number of the change"),
        many("cbc:Note", "notes"),
        CURRENCY,
        inside("cac:OrderReference", text("cbc:ID", "number"), needed="number of the order"),
        *AROUND,
        _lines(ChangedLine, code("cbc:LineStatusCode", "action", ACTIONS)),
    ),
    heard=_heard_change,
    told=lambda change: {"message": f"{change.number}-{change.change}", **_told_order(change)},
    sayable=_sayable_change,
    passed=parts.PASSED,
)


def _heard_cancellation(found: Values, say: Say) -> Values:
    found["reason"] = "\n".join(found.pop("reasons", []))
    return found


CANCELLATION = Map(
    kind="OrderCancellation",
    namespace=names.ROOT.format("OrderCancellation"),
    document=OrderCancellation,
    rows=(
        *parts.head(names.ORDER_CANCELLATION),
        many("cbc:Note", "notes"),
        Cell(at="cbc:CancellationNote", field="reasons", is_many=True, needed="reason"),
        parts.order_reference(),
        party("cac:BuyerCustomerParty", "buyer", short=True, needed=True),
        party("cac:SellerSupplierParty", "supplier", short=True, needed=True),
    ),
    heard=_heard_cancellation,
    told=lambda cancellation: {"reasons": [cancellation.reason] if cancellation.reason else []},
    sayable=lambda cancellation: with_parties(
        replace(cancellation, order=parts.sayable_reference(cancellation.order)), ("buyer", "supplier"), short=True
    ),
    passed=parts.PASSED,
)
MAPS = (ORDER, CHANGE, CANCELLATION)
