"""ConfirmationRequest: what the supplier answers. A line is as many statuses as it has parts."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.faults import Level
from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import Item, OrderReference, Slot
from integration.cxml import parts
from integration.xml.prices import heard_price, priced, told_price
from integration.xml.tables import (
    OWN,
    Map,
    Say,
    Values,
    code,
    dec,
    heard,
    inside,
    is_,
    moment,
    text,
)  # fmt: skip
from procurement.confirmations import glossary
from procurement.confirmations.glossary import CXML_STATUS, CXML_TYPE, READ, WRITTEN

UNMENTIONED = {"except": glossary.ACCEPTED, "backordered": glossary.BACKORDERED}
"""What these types of a header say of the lines that are not mentioned; the others say nothing of them."""
_TYPES = {word: said for said, word in UNMENTIONED.items()}
EVERYTHING = "allDetail"


def _heard_status(found: Values, say: Say) -> Values:
    leaves = found.pop("leaves", None)
    found["on"] = found.get("on") or leaves
    found["why"] = " ".join(found.pop("comments", []))
    return found


def _heard_item(found: Values, say: Say) -> Values:
    heard_price(found)
    return found


STATUS = inside(
    "ConfirmationStatus",
    dec("@quantity", "quantity", needed="quantity"),
    code("@type", "code", READ[CXML_STATUS], WRITTEN[CXML_STATUS], needed="code"),
    heard(text("@type", "said")),
    heard(moment("@shipmentDate", "leaves")),
    moment("@deliveryDate", "on"),
    text("UnitOfMeasure", "^unit", needed="unit"),
    inside(
        "ItemIn",
        dec("@quantity", "quantity"),
        parts.item_id(),
        parts.item_detail(),
        field="item_in",
        is_one=True,
        heard=_heard_item,
    ),
    parts.money("UnitPrice", "price"),
    parts.COMMENTS,
    field="statuses",
    heard=_heard_status,
)
LINES = inside(
    "ConfirmationItem",
    text("@lineNumber", "number", needed="number"),
    dec("@quantity", "quantity", needed="quantity"),
    text("UnitOfMeasure", "unit", needed="unit"),
    STATUS,
    field="lines",
    shape=ResponseLine,
    heard=lambda found, say: _heard_line(found, say),
    told=lambda line: _told_line(line),
)


def _heard_line(found: Values, say: Say) -> Values:
    """The parts of a line together; they make up its quantity."""
    statuses = found.pop("statuses", [])
    words = [each.get("code", "") for each in statuses]
    for place, each in enumerate(statuses):
        if each.get("item_in") and words[place] == glossary.CHANGED and each.get("said") != EVERYTHING:
            words[place] = glossary.SUBSTITUTED
    if words and all(words):
        found["code"] = glossary.together(words)
    quantities = [each["quantity"] for each in statuses if "quantity" in each]
    total = sum(quantities, Decimal(0))
    if statuses and "quantity" in found and total != found["quantity"]:
        sentence = _("The parts of line %(number)s do not make up its quantity: make them agree.")
        say(Level.HOLD, "status_sum", sentence % {"number": found.get("number", "?")})
    found["schedule"] = _slots(found, statuses, words)
    found["reason"] = ", ".join(dict.fromkeys(each["why"] for each in statuses if each["why"]))
    for each, word in zip(statuses, words, strict=True):
        _heard_what(found, each, word)
    return found


def _heard_what(found: Values, status: Values, word: str) -> None:
    """The item and the price that one part says; of several the first."""
    inner: Values = status.get("item_in") or {}
    said = {name: value for name, value in inner.items() if name.startswith("item.")}
    prefix = "substitute." if word == glossary.SUBSTITUTED else "item."
    for name, value in said.items():
        found.setdefault(prefix + name.removeprefix("item."), value)
    for name in ("price", "price_basis", "price_unit"):
        if (value := inner.get(name, status.get(name))) is not None:
            found.setdefault(name, value)


def _slots(line: Values, statuses: list[Values], words: list[str]) -> list[Slot]:
    """What comes when. One part that repeats the quantity and no day says nothing of a schedule."""
    coming = [
        (each, word)
        for each, word in zip(statuses, words, strict=True)
        if word not in glossary.NOTHING_COMES and "quantity" in each
    ]
    if len(statuses) == 1 and coming and not coming[0][0]["on"] and coming[0][0]["quantity"] == line.get("quantity"):
        return []
    whole = line.get("code", "")
    return [Slot(quantity=each["quantity"], on=each["on"], code=word if word != whole else "") for each, word in coming]


def _told_line(line: ResponseLine) -> Values:
    """A part for each row of the schedule; what of the quantity is in none of them does not come."""
    rows = [(_word(line, row), row.quantity, row.on) for row in line.schedule]
    rest = (line.quantity or Decimal(0)) - sum((row.quantity for row in line.schedule), Decimal(0))
    if not rows:
        rows = [(line.code, line.quantity or Decimal(0), None)]
    elif rest > 0:
        rows.append((glossary.REJECTED, rest, None))
    said: Values = {"price": line.price, "unit": line.unit}
    statuses: list[Values] = [
        {"code": word, "quantity": quantity, "on": on, "unit": line.unit} for word, quantity, on in rows
    ]
    if line.substitute:
        detail = {"item": line.substitute, "quantity": statuses[0]["quantity"], **said, **told_price(line)}
        statuses[0]["item_in"] = detail
    else:
        statuses[0] |= said
    statuses[0]["comments"] = [line.reason] if line.reason else []
    return {"statuses": statuses}


def _word(line: ResponseLine, row: Slot) -> str:
    """What has no code as a whole has one in its parts: with a day it comes, without one it is awaited."""
    if row.code or line.code in WRITTEN[CXML_STATUS]:
        return row.code or line.code
    return glossary.ACCEPTED if row.on else glossary.BACKORDERED


def _heard_response(found: Values, say: Say) -> Values:
    parts.heard_comments(found)
    parts.heard_parties(found)
    found["unmentioned"] = UNMENTIONED.get(found.pop("type", ""), "")
    return found


def _told_response(response: OrderResponse) -> Values:
    said = WRITTEN[CXML_TYPE].get(response.code)
    if response.code == glossary.CHANGED:
        said = _TYPES.get(response.unmentioned, said)
    return {"type": said, "comments": parts.told_comments(response.notes), **parts.told_parties(response)}


def _sayable(response: OrderResponse) -> Any:
    """The lines are those of the order: their items are not repeated, unless another one comes instead."""
    reference = OrderReference(number=response.order.number, ordered_on=response.order.ordered_on)
    unmentioned = response.unmentioned if response.code == glossary.CHANGED else ""
    has_money = response.amount is not None or any(line.price is not None for line in response.lines)
    whole = replace(
        response,
        order=reference,
        currency=response.currency if has_money else "",
        lines=tuple(_sayable_line(line) for line in response.lines),
        notes=parts.sayable_notes(response.notes),
        unmentioned=unmentioned if unmentioned in _TYPES else "",
    )
    return parts.with_parties(whole)


def _sayable_line(line: ResponseLine) -> ResponseLine:
    """As the parts of it are understood again."""
    bare = replace(line, item=Item(), amount=None, notes=(), reason="; ".join(filter(None, (line.reason, *line.notes))))
    found: Values = {"number": bare.number, "quantity": bare.quantity, "unit": bare.unit}
    statuses = []
    for told in _told_line(bare)["statuses"]:
        coded = WRITTEN[CXML_STATUS].get(told["code"], "")
        heard_as = {"code": READ[CXML_STATUS].get(coded, ""), "said": coded, "quantity": told["quantity"]}
        statuses.append(heard_as | {"on": told["on"], "why": "", "item_in": told.get("item_in")})
    understood = _heard_line(found | {"statuses": statuses}, lambda *_said: None)
    word, schedule = understood.get("code", ""), tuple(understood["schedule"])
    return priced(replace(bare, code=word, schedule=schedule))  # type: ignore[no-any-return]


CONFIRMATION = Map(
    kind="ConfirmationRequest",
    document=OrderResponse,
    rows=(
        inside(
            "ConfirmationHeader",
            text("@confirmID", "number"),
            code("@type", "code", READ[CXML_TYPE], WRITTEN[CXML_TYPE], is_heard=True),
            text("@type", "type", needed="code"),
            moment("@noticeDate", "issued_on", needed="date"),
            parts.money("Total", "amount"),
            parts.contact(),
            parts.COMMENTS,
            inside("IdReference", is_("@domain", "supplierReference"), text("@identifier", "supplier_reference")),
            parts.extrinsic("changeNumber", text(OWN, "change")),
        ),
        inside(
            "OrderReference",
            text("@orderID", "order.number", needed="number of the order"),
            moment("@orderDate", "order.ordered_on"),
            inside("DocumentReference", text("@payloadID", "/refers_to", is_told=True), is_always=True),
        ),
        LINES,
    ),
    heard=_heard_response,
    told=_told_response,
    sayable=_sayable,
    passed=frozenset({"Tax", "Shipping", "Hazard", "DocumentReference", "Extrinsic", "SupplierPartID", "Contact"}),
)
MAPS = (CONFIRMATION,)
