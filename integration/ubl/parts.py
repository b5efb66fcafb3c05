"""What several UBL documents are made of: heads, items, prices, allowances, terms, deliveries."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from integration.canon.parts import Adjustment, OrderReference, Terms
from integration.canon.plain import digits
from integration.ubl import names
from integration.ubl.names import Profile
from integration.ubl.parties import ADDRESS, CONTACT, IDS, NUMBER, heard_party, told_party
from integration.xml.tables import (
    OWN,
    Nest,
    Row,
    Say,
    Values,
    amount,
    count,
    day,
    dec,
    flag,
    heard,
    inside,
    many,
    puts,
    quantity,
    text,
)  # fmt: skip

PASSED = frozenset({
    "UBLVersionID", "CustomizationID", "ProfileID", "ProfileExecutionID", "CopyIndicator", "UUID", "IssueTime",
    "LineCountNumeric", "AccountingCost", "AccountingCostCode", "BuyerReference", "CustomerReference",
    "ProjectReference", "PricingCurrencyCode", "TaxCurrencyCode", "PaymentMeansCode", "OrderTypeCode",
    "PartialDeliveryIndicator", "TotalTaxAmount", "SalesOrderID",
    "SalesOrderLineID", "Telefax", "BuildingName", "ExemptionReason", "TaxTypeCode", "StartTime", "EndTime",
    "CompanyLegalForm", "RegistrationAddress", "Person", "TaxEvidenceIndicator",
})  # fmt: skip
"""Elements that are known and not kept: they change nothing that is booked."""


def head(profile: Profile | None, number: str = "number", *between: Row) -> tuple[Row, ...]:
    """How every document begins."""
    says = (
        (puts("cbc:CustomizationID", profile.customization), puts("cbc:ProfileID", profile.process)) if profile else ()
    )
    issued = day("cbc:IssueDate", "issued_on", needed="date")
    return (*says, text("cbc:ID", number, needed="number"), *between, issued)


def order_reference(*more: Row, field: str = "order", needed: str = "") -> Nest:
    rows = (text("cbc:ID", f"{field}.number"), *more, day("cbc:IssueDate", f"{field}.ordered_on"))
    return inside("cac:OrderReference", *rows, needed=needed)


def sayable_reference(order: OrderReference | None) -> OrderReference | None:
    """UBL has no word for the revision of an order."""
    return None if order is None else replace(order, revision=None)


def order_line_reference(needed: str = "") -> Nest:
    return inside("cac:OrderLineReference", text("cbc:LineID", "order.line"), order_reference(), needed=needed)


TAX_SCHEME = inside("cac:TaxScheme", puts("cbc:ID", names.TAX_SCHEME), is_always=True)


def tax_category(tag: str, *more: Row) -> Nest:
    return inside(tag, text("cbc:ID", "tax_category"), dec("cbc:Percent", "tax_percent"), *more, TAX_SCHEME)


def item(*more: Row, field: str = "item") -> Nest:
    """The numbers of an item; its name is our description. The rows of *more* come behind."""
    return inside(
        "cac:Item",
        heard(many("cbc:Description", f"{field}_text")),
        text("cbc:Name", f"{field}.description"),
        inside("cac:BuyersItemIdentification", text("cbc:ID", f"{field}.buyer_number")),
        inside("cac:SellersItemIdentification", text("cbc:ID", f"{field}.supplier_number")),
        inside("cac:ManufacturersItemIdentification", text("cbc:ID", f"{field}.maker_number")),
        inside(
            "cac:StandardItemIdentification",
            inside("cbc:ID", puts("@schemeID", names.GTIN), text(OWN, f"{field}.gtin")),
        ),
        *more,
        is_always=True,
    )


LOT = inside(
    "cac:ItemInstance",
    inside("cac:LotIdentification", text("cbc:LotNumberID", "lot"), day("cbc:ExpiryDate", "expires_on")),
)
LOT_ONLY = inside("cac:ItemInstance", inside("cac:LotIdentification", text("cbc:LotNumberID", "lot")))


def described(found: Values, field: str = "item") -> None:
    """Where an item has no name its description is one."""
    said = found.pop(f"{field}_text", [])
    if said and not found.get(f"{field}.description"):
        found[f"{field}.description"] = said[0]


PRICE = inside(
    "cac:Price", amount("cbc:PriceAmount", "price"), quantity("cbc:BaseQuantity", "price_basis", "price_unit")
)


def _heard_adjustment(found: Values, say: Say) -> Values:
    """Some write a tenth as 0.1, and not as 10 percent: then the amounts say so."""
    percent, base, sum_ = (found.get(name) for name in ("percent", "base", "amount"))
    if percent and base and sum_ and percent < 1 and base * percent == sum_:
        found["percent"] = percent * 100
    if reasons := found.pop("reasons", []):
        found["reason"] = " ".join(reasons)
    return found


ADJUSTMENTS = inside(
    "cac:AllowanceCharge",
    flag("cbc:ChargeIndicator", "is_charge"),
    text("cbc:AllowanceChargeReasonCode", "code"),
    many("cbc:AllowanceChargeReason", "reasons"),
    dec("cbc:MultiplierFactorNumeric", "percent"),
    amount("cbc:Amount", "amount", needed="amount"),
    amount("cbc:BaseAmount", "base"),
    tax_category("cac:TaxCategory"),
    field="adjustments",
    shape=Adjustment,
    heard=_heard_adjustment,
    told=lambda each: {"reasons": [each.reason] if each.reason else []},
)


TERMS = inside(
    "cac:PaymentTerms",
    many("cbc:Note", "notes"),
    heard(dec("cbc:SettlementDiscountPercent", "percent")),
    inside("cac:SettlementPeriod", heard(count("cbc:DurationMeasure", "days")), is_heard=True),
    field="terms_said",
)
_TERMS = re.compile(
    r"(?:(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,6})?)%)?(?: ?within (?P<days>[0-9]{1,4}) days)?"
    r"(?:(?:^|, )net (?P<net>[0-9]{1,4}) days)?"
)
"""Peppol has one text for terms of payment. Ours is written last and so that it can be read again."""


def heard_terms(found: Values) -> None:
    said = found.pop("terms_said", [])
    lines = [line for each in said for note in each.get("notes", ()) for line in note.splitlines()]
    last = _TERMS.fullmatch(lines[-1].strip()) if lines else None
    rule: Mapping[str, Any] = {}
    if last and last[0]:
        lines, rule = lines[:-1], last.groupdict()
    percent = (
        Decimal(rule["percent"]) if rule.get("percent") else next((e["percent"] for e in said if "percent" in e), None)
    )
    days = int(rule["days"]) if rule.get("days") else next((e["days"] for e in said if "days" in e), None)
    terms = Terms(
        text="\n".join(line.strip() for line in lines if line.strip()),
        net_days=int(rule["net"]) if rule.get("net") else None,
        discount_percent=percent,
        discount_days=days,
    )
    if terms != Terms():
        found["terms"] = terms


def told_terms(terms: Terms | None) -> list[Values]:
    if terms is None:
        return []
    discount = f"{digits(terms.discount_percent)}%" if terms.discount_percent is not None else ""
    within = f"within {terms.discount_days} days" if terms.discount_days is not None else ""
    net = f"net {terms.net_days} days" if terms.net_days is not None else ""
    rule = ", ".join(filter(None, (" ".join(filter(None, (discount, within))), net)))
    note = "\n".join(filter(None, (terms.text, rule)))
    return [{"notes": [note]}] if note else []


def sayable_terms(terms: Terms | None) -> Terms | None:
    found: Values = {"terms_said": told_terms(terms)}
    heard_terms(found)
    return found.get("terms")


def period(tag: str, field: str) -> Nest:
    """A day, or the last one of a period."""
    return inside(tag, heard(day("cbc:StartDate", f"{field}_from")), day("cbc:EndDate", field))


def end_of(found: Values, field: str) -> Any:
    begins = found.pop(f"{field}_from", None)
    return found.pop(field, None) or begins


def delivery(*more: Row) -> Nest:
    """Where the goods go, which is a party of ours, and what else the document says of it."""
    return inside(
        "cac:Delivery",
        heard(day("cbc:ActualDeliveryDate", "actual")),
        inside("cac:DeliveryAddress", *ADDRESS, is_heard=True),
        inside(
            "cac:DeliveryLocation",
            inside("cbc:ID", *NUMBER, field="place", is_one=True),
            inside("cac:Address", *ADDRESS),
        ),
        *more,
        inside(
            "cac:DeliveryParty",
            IDS,
            inside("cac:PartyName", many("cbc:Name", "names")),
            inside("cac:Contact", *CONTACT),
        ),
        field="delivery",
    )


def heard_delivery(found: Values, name: str, say: Say, build: Callable[[Values], Any]) -> None:
    """The party that receives, and the day of the first delivery that has one."""
    for each in found.pop("delivery", []):
        each.pop("actual", None)
        on = end_of(each, name)
        if on and name not in found:
            found[name] = on
        place = each.pop("place", None)
        ids = [*([place] if place else []), *each.pop("ids", [])]
        who = heard_party({**each, "role": "ship_to", "ids": ids}, say)
        parties = found.setdefault("parties", [])
        if any(who.get(field) for field in ("name", "id", "street", "city", "country")) and not any(
            other.role == "ship_to" for other in parties
        ):
            parties.append(build(who))


def told_delivery(document: Any, name: str, on: Any) -> list[Values]:
    who = document.party("ship_to")
    place: Values = dict(told_party(who)) if who else {}
    if who:
        place |= {field: getattr(who, field) for field in ("city", "region", "postal_code", "country", "contact")}
        place |= {"place": next(iter(place["ids"]), None), "ids": place["ids"][1:]}
    return [place | {name: on}] if who or on else []


def heard_due(found: Values, say: Say) -> Values:
    return {"quantity": found.get("quantity"), "on": end_of(found, "on")}


def due(period_tag: str) -> Nest:
    """So much, in the line's unit, on a day or in a period."""
    return inside(
        "cac:Delivery",
        quantity("cbc:Quantity", "quantity", "^unit"),
        period(period_tag, "on"),
        field="due",
        heard=heard_due,
    )
