"""What several cXML documents are made of: money, addresses, items, terms, comments, allowances and charges."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from integration.canon.building import build
from integration.canon.documents import Document
from integration.canon.parts import Adjustment, Identifier, Party, Terms
from integration.cxml import names
from integration.xml.tables import (
    OWN,
    Cell,
    Nest,
    Row,
    Say,
    Values,
    count,
    dec,
    heard,
    inside,
    is_,
    many,
    puts,
    text,
)  # fmt: skip


def sum_of(field: str, *, needed: str = "") -> Nest:
    """An amount in the one currency of the document."""
    currency = text("@currency", "/currency", is_beside=True, needed="currency")
    return inside("Money", currency, dec(OWN, field), needed=needed)


def money(tag: str, field: str) -> Nest:
    return inside(tag, sum_of(field))


def described(tag: str, field: str, **more: Any) -> Nest:
    return inside(tag, puts("@xml:lang", names.LANGUAGE), text(OWN, field, **more))


def extrinsic(name: str, cell: Cell) -> Nest:
    """A value that cXML has no element for, under a name."""
    return inside("Extrinsic", is_("@name", name), cell)


COMMENTS = inside("Comments", many(OWN, "comments"))


def heard_comments(found: Values) -> None:
    """One text of lines, each of them a note."""
    said = found.pop("comments", [])
    found["notes"] = [line.strip() for text_ in said for line in text_.splitlines() if line.strip()]


def told_comments(notes: Sequence[str]) -> list[str]:
    return ["\n".join(notes)] if notes else []


def sayable_notes(notes: Iterable[str]) -> tuple[str, ...]:
    return tuple(line.strip() for note in notes for line in note.splitlines() if line.strip())


ADDRESS: tuple[Row, ...] = (
    Cell(at="Name", field="name", blank=""),
    inside(
        "PostalAddress",
        many("DeliverTo", "persons"),
        many("Street", "street"),
        text("City", "city"),
        text("State", "region"),
        text("PostalCode", "postal_code"),
        inside("Country", text("@isoCountryCode", "country")),
    ),
    text("Email", "contact.email"),
    inside(
        "Phone",
        inside(
            "TelephoneNumber",
            inside(
                "CountryCode", text("@isoCountryCode", "phone_country", is_beside=True), heard(text(OWN, "phone_zone"))
            ),
            Cell(at="AreaOrCityCode", field="phone_area", blank=""),
            text("Number", "phone"),
        ),
    ),
)
NUMBERED: tuple[Row, ...] = (text("@addressID", "id"), text("@addressIDDomain", "id_domain"))
REFERENCE = inside("IdReference", text("@domain", "scheme"), text("@identifier", "value"), field="references")


def place(tag: str) -> Nest:
    """ShipTo and BillTo: an address with further numbers behind."""
    return inside(tag, inside("Address", *NUMBERED, *ADDRESS, is_always=True), REFERENCE, field=tag)


def contact(field: str = "contacts") -> Nest:
    return inside("Contact", text("@role", "role_said"), *NUMBERED, *ADDRESS, REFERENCE, field=field)


def heard_party(found: Values, role: str = "") -> Party:
    """A role that is none of ours keeps its name."""
    said = found.pop("role_said", "")
    found["role"] = role or names.ROLES.get(said, said)
    domain = found.pop("id_domain", "")
    if found.get("id"):
        found["id_scheme"] = names.SCHEMES.get(domain, domain)
    persons = found.pop("persons", [])
    if persons:
        found["contact.name"] = persons[0]
        found["street"] = [*persons[1:], *found.get("street", [])]
    zone, area, number = (found.pop(name, "") for name in ("phone_zone", "phone_area", "phone"))
    found.pop("phone_country", None)
    if number:
        found["contact.phone"] = " ".join(filter(None, (f"+{zone}" if zone else "", area, number)))
    numbers = [(each.get("scheme", ""), each.get("value", "")) for each in found.pop("references", [])]
    vats = [value for scheme, value in numbers if scheme == names.VAT]
    if vats:
        found["tax_number"] = vats[0]
    found["identifiers"] = [
        Identifier(scheme=names.SCHEMES.get(scheme, scheme), value=value)
        for scheme, value in numbers
        if scheme != names.VAT
    ]
    made, _missing = build(Party, {name: value for name, value in found.items() if name != "!"})
    return made  # type: ignore[no-any-return]


def told_party(who: Party, roles: Mapping[str, str] = names.ORDER_ROLES) -> Values:
    numbers = [(names.VAT, who.tax_number)]
    numbers += [(names.DOMAINS.get(one.scheme, one.scheme), one.value) for one in who.identifiers]
    known = who.contact
    return {
        **{name: getattr(who, name) for name in ("name", "id", "street", "city", "region", "postal_code", "country")},
        "role_said": roles.get(who.role, who.role),
        "id_domain": names.DOMAINS.get(who.id_scheme, who.id_scheme) if who.id else "",
        "persons": [known.name] if known and known.name else [],
        "contact": known,
        "phone": known.phone if known else "",
        "phone_country": who.country,
        "references": [{"scheme": scheme, "value": value} for scheme, value in numbers if value],
    }


def heard_parties(found: Values, **places: str) -> None:
    """The parties of all elements that hold one: *places* by their role, contacts by their own."""
    parties = [heard_party(each, role) for tag, role in places.items() for each in found.pop(tag, [])]
    found["parties"] = parties + [heard_party(each) for each in found.pop("contacts", [])]


def told_parties(document: Document, roles: Mapping[str, str] = names.ORDER_ROLES, **places: str) -> Values:
    told: Values = {
        tag: [told_party(who, roles) for who in document.parties if who.role == role] for tag, role in places.items()
    }
    others = [who for who in document.parties if who.role not in places.values()]
    return told | {"contacts": [told_party(who, roles) for who in others]}


def with_parties(document: Document, roles: Mapping[str, str] = names.ORDER_ROLES, **places: str) -> Any:
    """The parties in the order and the words in which they are understood again."""
    told = told_parties(document, roles, **places)
    heard_parties(told, **places)
    return replace(document, parties=tuple(told["parties"]))


def item_id(field: str = "item") -> Nest:
    gtin = inside("IdReference", is_("@domain", *names.GTINS), text("@identifier", f"{field}.gtin"))
    return inside(
        "ItemID",
        Cell(at="SupplierPartID", field=f"{field}.supplier_number", blank=""),
        text("BuyerPartID", f"{field}.buyer_number"),
        gtin,
        is_always=True,
    )


def basis() -> Nest:
    return inside(
        "PriceBasisQuantity",
        dec("@quantity", "price_basis"),
        puts("@conversionFactor", "1"),
        text("UnitOfMeasure", "price_unit", is_beside=True),
    )


CLASSIFICATION = inside("Classification", puts("@domain", "custom"), puts(OWN, "none"), is_always=True)
"""Every item wants one, and we have none."""


def item_detail(field: str = "item", *more: Row) -> Nest:
    return inside(
        "ItemDetail",
        money("UnitPrice", "price"),
        described("Description", f"{field}.description"),
        text("UnitOfMeasure", "unit"),
        basis(),
        CLASSIFICATION,
        text("ManufacturerPartID", f"{field}.maker_number"),
        *more,
        is_always=True,
    )


TERMS = inside(
    "PaymentTerm",
    count("@payInNumberOfDays", "days"),
    inside("Discount", inside("DiscountPercent", dec("@percent", "percent"))),
    field="terms_said",
)


def heard_terms(found: Values) -> None:
    """The term with a discount, the term without."""
    said = found.pop("terms_said", [])
    discount: Values = next((each for each in said if "percent" in each), {})
    net: Values = next((each for each in said if "percent" not in each), {})
    terms = Terms(
        text=found.pop("terms_text", ""),
        net_days=net.get("days"),
        discount_percent=discount.get("percent"),
        discount_days=discount.get("days"),
    )
    if terms != Terms():
        found["terms"] = terms


def told_terms(terms: Terms | None) -> Values:
    if terms is None:
        return {"terms_said": [], "terms_text": ""}
    said: list[Values] = []
    if terms.discount_percent is not None:
        said.append({"days": terms.discount_days, "percent": terms.discount_percent})
    if terms.net_days is not None:
        said.append({"days": terms.net_days})
    return {"terms_said": said, "terms_text": terms.text}


def sayable_terms(terms: Terms | None) -> Terms | None:
    """Days of a discount of no percentage are not said."""
    if terms is None or terms.discount_percent is not None:
        return terms
    made = replace(terms, discount_days=None)
    return None if made == Terms() else made


TERMS_TEXT = extrinsic("paymentTerms", text(OWN, "terms_text"))


def _heard_modification(found: Values, say: Say) -> Values:
    cost, deduction = found.pop("cost", None), found.pop("deduction", None)
    found["is_charge"] = cost is not None
    sum_ = cost if cost is not None else deduction
    return found if sum_ is None else found | {"amount": sum_}


def _told_modification(each: Adjustment) -> Values:
    return {"cost" if each.is_charge else "deduction": each.amount}


MODIFICATION = inside(
    "Modification",
    inside("AdditionalDeduction", money("DeductionAmount", "deduction")),
    money("AdditionalCost", "cost"),
    inside(
        "ModificationDetail",
        text("@name", "code"),
        described("Description", "reason"),
    ),
    field="adjustments",
    shape=Adjustment,
    heard=_heard_modification,
    told=_told_modification,
)


def sayable_adjustments(adjustments: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
    """Percentages and taxes of allowances and charges are not said, the amounts are."""
    plain: Values = {"percent": None, "base": None, "tax_category": "", "tax_percent": None}
    return tuple(replace(each, **plain) for each in adjustments)
