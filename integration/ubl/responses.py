"""What the supplier answers: OrderResponse (T76, and T116 to a change); OrderResponseSimple is only read.

A line's quantity here is what will come; what was ordered is not repeated.
"""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.faults import Level
from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import Item, Slot
from integration.ubl import names, parts
from integration.ubl.parties import party, with_parties
from integration.xml.prices import heard_price, priced, told_price
from integration.xml.tables import (
    Cell,
    Map,
    Row,
    Say,
    Values,
    amount,
    code,
    flag,
    heard,
    heard_quantity,
    inside,
    is_,
    many,
    quantity,
    text,
)  # fmt: skip
from procurement.confirmations import glossary
from procurement.confirmations.glossary import PEPPOL_T76, READ, UNCL1225, UNCL1229, UNCL4343, WRITTEN

ROLES = ("supplier", "buyer")
HEADERS = {**READ[UNCL4343], **READ[PEPPOL_T76], **READ[UNCL1225]}
"""The codes of T76 and T116 do not overlap: a reader takes both."""


DUE = parts.due("cac:PromisedDeliveryPeriod")
SUBSTITUTE = inside(
    "cac:SellerSubstitutedLineItem", Cell(at="cbc:ID", field="number_again"), parts.item(field="substitute")
)


def _heard_line(found: Values, say: Say) -> Values:
    """``coming`` is the quantity of the line; the rows of its schedule have their own."""
    for field in ("item", "substitute"):
        parts.described(found, field)
    heard_price(found)
    found.pop("number_again", None)
    found["number"] = found.pop("our_number", None) or found.get("number", "")
    reasons = found.pop("reasons", [])
    found["reason"] = reasons[0] if reasons else ""
    found["notes"] = [*found.get("notes", []), *reasons[1:]]
    coming, later, due = found.pop("coming", None), found.pop("later", None), found.pop("due", [])
    is_plain = found.get("code") in (glossary.ACCEPTED, *glossary.NOTHING_COMES)
    if is_plain and coming is not None:
        found["quantity"] = coming
    if found.get("code") not in glossary.NOTHING_COMES:
        found["schedule"] = _schedule(coming, due, is_plain, say)
        if later:
            found["schedule"].append(Slot(quantity=later, code=glossary.BACKORDERED))
    return found


def _schedule(coming: Decimal | None, due: list[Values], is_accepted: bool, say: Say) -> list[Slot]:
    if any(each["quantity"] is not None for each in due):
        return [Slot(quantity=each["quantity"], on=each["on"]) for each in due if each["quantity"] is not None]
    on = next((each["on"] for each in due if each["on"]), None)
    if coming is None:
        if on:
            sentence = _("A day is promised, but not for how many: write the quantity too.")
            say(Level.HOLD, "quantity_missing", sentence)
        return []
    return [] if is_accepted and on is None else [Slot(quantity=coming, on=on)]


def _told_line(line: ResponseLine) -> Values:
    coming = sum((row.quantity for row in line.schedule), Decimal(0)) if line.schedule else line.quantity
    rows = [{"quantity": row.quantity, "on": row.on} for row in line.schedule]
    if len(rows) == 1:
        rows = [{"quantity": None, "on": rows[0]["on"]}]
    return {
        "coming": coming,
        "due": rows,
        "our_number": line.number,
        "number_again": line.number if line.substitute else None,
        "reasons": [line.reason] if line.reason else [],
        **told_price(line),
    }


LINE: tuple[Row, ...] = (
    text("cbc:ID", "number", needed="number"),
    many("cbc:Note", "reasons"),
    code("cbc:LineStatusCode", "code", READ[UNCL1229], WRITTEN[UNCL1229], needed="code"),
    quantity("cbc:Quantity", "coming"),
    amount("cbc:LineExtensionAmount", "amount"),
    heard_quantity("cbc:MaximumBackorderQuantity", "later"),
    DUE,
    parts.PRICE,
    parts.item(),
)
LINES = inside(
    "cac:OrderLine",
    many("cbc:Note", "notes"),
    inside("cac:LineItem", *LINE),
    SUBSTITUTE,
    inside("cac:OrderLineReference", text("cbc:LineID", "our_number")),
    field="lines",
    shape=ResponseLine,
    heard=_heard_line,
    told=_told_line,
)
CHANGE = inside(
    "cac:AdditionalDocumentReference", text("cbc:ID", "change"), is_("cbc:DocumentTypeCode", names.CHANGE_TYPE)
)
"""UBL 2.1 has no element for the change that is answered, as 2.3 and T116 have."""
LATER_CHANGE = inside("cac:OrderChangeDocumentReference", text("cbc:ID", "change"), is_heard=True)


def _rows(profile: names.Profile, codes: str) -> tuple[Row, ...]:
    return (
        *parts.head(profile, "number", text("cbc:SalesOrderID", "supplier_reference")),
        code("cbc:OrderResponseCode", "code", HEADERS, WRITTEN[codes]),
        many("cbc:Note", "notes"),
        text("cbc:DocumentCurrencyCode", "currency"),
        parts.order_reference(heard(text("cbc:SalesOrderID", "supplier_reference")), needed="number of the order"),
        CHANGE,
        LATER_CHANGE,
        party("cac:SellerSupplierParty", "supplier", short=True, needed=True),
        party("cac:BuyerCustomerParty", "buyer", short=True, needed=True),
        inside("cac:Delivery", parts.period("cac:PromisedDeliveryPeriod", "on"), field="due", heard=parts.heard_due),
        inside(
            "cac:LegalMonetaryTotal", amount("cbc:TaxExclusiveAmount", "amount"), amount("cbc:PayableAmount", "payable")
        ),
        LINES,
    )


def _heard_response(found: Values, say: Say) -> Values:
    """A day for the whole answer is the day of each line that has none."""
    found.pop("payable", None)
    due = found.pop("due", [])
    on = next((each["on"] for each in due if each["on"]), None)
    if on:
        lines = found["lines"] = [_promised(line, on) for line in found.get("lines", [])]
        if not lines or any(not line.schedule for line in lines if line.code not in glossary.NOTHING_COMES):
            sentence = _("%(on)s is promised for all, but not how much of what: write it with the lines.")
            sentence %= {"on": on.isoformat()}
            say(Level.HOLD, "promise_without_lines", sentence)
    return found


def _promised(line: ResponseLine, on: Any) -> ResponseLine:
    if line.code in glossary.NOTHING_COMES:
        return line
    if not line.schedule and line.quantity is not None:
        return replace(line, schedule=(Slot(quantity=line.quantity, on=on),))
    rows = tuple(row if row.on or row.code else replace(row, on=on) for row in line.schedule)
    return replace(line, schedule=rows)


def _sayable(response: OrderResponse) -> OrderResponse:
    codes = WRITTEN[UNCL1225 if response.change else PEPPOL_T76]
    header = HEADERS.get(codes.get(response.code, ""), response.code)
    lines = tuple(_sayable_line(line) for line in response.lines)
    whole = replace(response, code=header, order=parts.sayable_reference(response.order), lines=lines)
    return with_parties(whole, ROLES, short=True)  # type: ignore[no-any-return]


def _sayable_line(line: ResponseLine) -> ResponseLine:
    """Most changes are one code here. What was ordered is not repeated where something else comes."""
    word = READ[UNCL1229].get(WRITTEN[UNCL1229].get(line.code, ""), line.code)
    rows = tuple(replace(row, code="") for row in line.schedule)
    is_plain = word in (glossary.ACCEPTED, *glossary.NOTHING_COMES)
    made = replace(line, code=word, schedule=() if word in glossary.NOTHING_COMES else rows)
    coming = sum((row.quantity for row in rows), Decimal(0)) if rows else line.quantity
    if not is_plain and not rows and coming is not None:
        made = replace(made, schedule=(Slot(quantity=coming),))
    if len(rows) == 1 and rows[0].on is None and word == glossary.ACCEPTED:
        made = replace(made, schedule=())
    made = replace(
        made,
        quantity=coming if is_plain else None,
        unit=line.unit if coming is not None else "",
        substitute=None if line.substitute == Item() else line.substitute,
    )
    return priced(made)  # type: ignore[no-any-return]


def _told(response: OrderResponse) -> Values:
    return {"payable": response.amount}


def _map(profile: names.Profile, codes: str) -> Map:
    return Map(
        kind="OrderResponse",
        namespace=names.ROOT.format("OrderResponse"),
        document=OrderResponse,
        rows=_rows(profile, codes),
        heard=_heard_response,
        told=_told,
        sayable=_sayable,
        passed=parts.PASSED - {"SalesOrderID"},
    )


RESPONSE = _map(names.ORDER_RESPONSE, PEPPOL_T76)
ADVANCED = _map(names.ORDER_RESPONSE_ADVANCED, UNCL1225)


def _heard_simple(found: Values, say: Say) -> Values:
    is_accepted = found.pop("is_accepted", None)
    if is_accepted is not None:
        found["code"] = glossary.ACCEPTED if is_accepted else glossary.REJECTED
    return found


SIMPLE = Map(
    kind="OrderResponseSimple",
    namespace=names.ROOT.format("OrderResponseSimple"),
    document=OrderResponse,
    rows=(
        *parts.head(None),
        many("cbc:Note", "notes"),
        flag("cbc:AcceptedIndicator", "is_accepted"),
        many("cbc:RejectionNote", "notes"),
        parts.order_reference(heard(text("cbc:SalesOrderID", "supplier_reference"))),
        party("cac:SellerSupplierParty", "supplier"),
        party("cac:BuyerCustomerParty", "buyer"),
    ),
    heard=_heard_simple,
    passed=parts.PASSED - {"SalesOrderID"},
)
MAPS = (RESPONSE, ADVANCED, SIMPLE)
