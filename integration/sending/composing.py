"""Our documents as suppliers read them: canonical values from what was frozen, not from rows that have moved on."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from foundation.values.exact import half_up
from foundation.values.quantity import PLACES, Factor
from integration.canon.order_cancellations import OrderCancellation
from integration.canon.order_changes import ADD, CHANGE, DELETE, ChangedLine, OrderChange
from integration.canon.parts import Handover, Item, OrderReference, Party, Terms
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine

Content = dict[str, Any]
LINE_WIDTH = 60
"""A note is cut at blanks and line breaks into pieces that every syntax can carry."""


def purchase_order(content: Content, *, issued_on: date) -> PurchaseOrder:
    """One revision, whole."""
    lines = tuple(PurchaseOrderLine(**_line(line)) for line in content["lines"] if not line["is_cancelled"])
    return PurchaseOrder(**_header(content, issued_on), lines=lines, amount=Decimal(content["amount"]))


def order_change(content: Content, before: Content, *, issued_on: date, reason: str) -> OrderChange:
    """What a revision changed of the one before: only the lines that it touched."""
    return OrderChange(
        **_header(content, issued_on),
        change=str(content["revision"] - 1),
        reason=" ".join(reason.split())[:LINE_WIDTH],
        lines=tuple(_changed(content, before)),
        amount=Decimal(content["amount"]),
    )


def order_cancellation(content: Content, *, ordered_on: date, issued_on: date, reason: str) -> OrderCancellation:
    return OrderCancellation(
        number=str(content["revision"]),
        order=OrderReference(number=content["number"], revision=content["revision"], ordered_on=ordered_on),
        issued_on=issued_on,
        reason=" ".join(reason.split())[:LINE_WIDTH],
        parties=_parties(content),
    )


def _header(content: Content, issued_on: date) -> dict[str, Any]:
    return {
        "number": content["number"],
        "revision": content["revision"],
        "issued_on": issued_on,
        "currency": content["currency"],
        "need_by": _day(content["need_by"]),
        "terms": Terms(text=content["payment_terms"]) if content["payment_terms"] else None,
        "handover": _handover(content),
        "parties": _parties(content),
        "notes": tuple(wrapped(content["note"])),
    }


def _handover(content: Content) -> Handover | None:
    """Where the goods change hands."""
    return Handover(incoterm=content["incoterm"], place=content["ship_to"]["city"]) if content["incoterm"] else None


def _parties(content: Content) -> tuple[Party, ...]:
    buyer, supplier, there = content["entity"], content["supplier"], content["ship_to"]
    where = {"id": there["gln"], "id_scheme": "gln"} if there["gln"] else {"id": there["code"], "id_scheme": "of_buyer"}
    street = tuple(part for part in (there["address"] or "").splitlines() if part.strip())[:2]
    return (
        Party(role="buyer", name=buyer["name"], id=buyer["code"], id_scheme="of_buyer", tax_number=buyer["vat_number"]),
        Party(role="supplier", name=supplier["name"], id=supplier["number"], id_scheme="of_buyer"),
        Party(role="ship_to", name=there["name"], street=street, city=there["city"], country=there["country"], **where),
    )


def _line(line: Content) -> dict[str, Any]:
    """In the unit that it is ordered in."""
    factor = Factor(line["numerator"], line["denominator"])
    price = half_up(Fraction(Decimal(line["price"])) * factor.numerator / factor.denominator, PLACES)
    return {
        "number": str(line["number"]),
        "item": Item(
            buyer_number=line["sku"],
            supplier_number=line["supplier_sku"],
            gtin=line["gtin"],
            description=" ".join(line["description"].split()),
        ),
        "quantity": factor.from_base(Decimal(line["quantity"]), rounding=True),
        "unit": line["unit"],
        "price": price,
        "amount": Decimal(line["amount"]),
        "need_by": _day(line["need_by"]),
    }


def _changed(content: Content, before: Content) -> Iterator[ChangedLine]:
    known = {line["number"]: line for line in before["lines"] if not line["is_cancelled"]}
    for line in content["lines"]:
        was = known.get(line["number"])
        if line["is_cancelled"]:
            if was:
                yield ChangedLine(**_line(line), action=DELETE)
        elif was is None:
            yield ChangedLine(**_line(line), action=ADD)
        elif was != line:
            yield ChangedLine(**_line(line), action=CHANGE)


def wrapped(text: str, width: int = LINE_WIDTH) -> Iterator[str]:
    """Each line of a text in pieces of at most so many characters, cut at blanks where there are some."""
    for line in text.splitlines():
        rest = " ".join(line.split())
        while rest:
            cut = len(rest) if len(rest) <= width else max(rest.rfind(" ", 0, width + 1), 0) or width
            yield rest[:cut].rstrip()
            rest = rest[cut:].lstrip()


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
