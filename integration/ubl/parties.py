"""Parties: addresses and numbers as UBL says them; short where a transaction carries only numbers and names."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from integration.canon.building import build
from integration.canon.documents import Document
from integration.canon.parts import Identifier, Party
from integration.ubl import names
from integration.xml.tables import OWN, Nest, Row, Say, Values, heard, inside, many, text

ENDPOINT = "endpoint:"
"""Begins the scheme of an electronic address that is no other number of the party."""
MAIL = "EM"
DIRECT = (
    "role", "name", "city", "region", "postal_code", "country", "contact",
)  # fmt: skip
"""The fields that a table names."""
SHORT = ("role", "name")


NUMBER: tuple[Row, ...] = (text("@schemeID", "scheme", is_beside=True), text(OWN, "value"))
"""A number with who gave it."""
ADDRESS: tuple[Row, ...] = (
    heard(many("cbc:Postbox", "lines")),
    text("cbc:StreetName", "street_name"),
    text("cbc:AdditionalStreetName", "more_street"),
    heard(text("cbc:BuildingNumber", "building")),
    text("cbc:CityName", "city"),
    text("cbc:PostalZone", "postal_code"),
    text("cbc:CountrySubentity", "region"),
    inside("cac:AddressLine", text("cbc:Line", "line"), field="more_lines"),
    inside("cac:Country", text("cbc:IdentificationCode", "country")),
)
CONTACT: tuple[Row, ...] = (
    text("cbc:Name", "contact.name"),
    text("cbc:Telephone", "contact.phone"),
    text("cbc:ElectronicMail", "contact.email"),
)
_ENDPOINT = inside("cbc:EndpointID", *NUMBER, field="endpoint", is_one=True)
IDS = inside("cac:PartyIdentification", inside("cbc:ID", *NUMBER), field="ids")
_TAXES = inside(
    "cac:PartyTaxScheme",
    text("cbc:CompanyID", "number"),
    inside("cac:TaxScheme", text("cbc:ID", "scheme"), is_always=True),
    field="taxes",
)
_NAME = inside("cac:PartyName", many("cbc:Name", "names"))
_REGISTRATION = text("cbc:CompanyID", "registration")
_LEGAL = inside("cac:PartyLegalEntity", text("cbc:RegistrationName", "legal_name"), _REGISTRATION)
FULL: tuple[Row, ...] = (
    _ENDPOINT, IDS, _NAME, inside("cac:PostalAddress", *ADDRESS), _TAXES, _LEGAL, inside("cac:Contact", *CONTACT),
)  # fmt: skip
NUMBERS: tuple[Row, ...] = tuple(
    Nest(**{**vars(row), "is_heard": True}) if row in (FULL[2], FULL[3], FULL[4], FULL[6]) else row  # type: ignore[arg-type]
    for row in FULL
)
"""Number and name: all that T76, T111, T115 and T116 carry. More is read."""


def party(tag: str, role: str, *, short: bool = False, bare: bool = False, needed: bool = False) -> Nest:
    """A party of the document. *bare*: the element is the party and holds none. *needed*: the schema wants it."""
    rows = NUMBERS if short else FULL
    around: tuple[Row, ...] = (
        heard(text("cbc:CustomerAssignedAccountID", "customer_number")),
        heard(text("cbc:SupplierAssignedAccountID", "supplier_number")),
        Nest(tag="cac:Party", rows=rows, is_always=True),
        *(
            inside(contact, *CONTACT, is_heard=True)
            for contact in ("cac:DeliveryContact", "cac:DespatchContact", "cac:BuyerContact", "cac:SellerContact")
        ),
    )
    return Nest(
        tag=tag,
        rows=rows if bare else around,
        field="parties",
        shape=Party,
        fixed=(("role", role),),
        needed=role.replace("_", " ") if needed else "",
        heard=heard_party,
        told=told_short if short else told_party,
    )


def heard_party(found: Values, say: Say) -> Values:
    """The address in lines and the numbers in one order: those it has, its registration, its electronic address."""
    legal, called = found.pop("legal_name", ""), found.pop("names", [])
    found["name"] = found.get("name") or (called[0] if called else legal)
    found["street"] = heard_street(found)
    numbers = [(names.scheme_word(each.get("scheme", "")), each.get("value", "")) for each in found.pop("ids", [])]
    more = [("of_buyer", found.pop("customer_number", "")), ("of_supplier", found.pop("supplier_number", ""))]
    more.append(("registration", found.pop("registration", "")))
    for tax in found.pop("taxes", []):
        if tax.get("scheme", names.TAX_SCHEME) in names.VAT_NAMES and not found.get("tax_number"):
            found["tax_number"] = tax.get("number", "")
        else:
            more.append(("tax", tax.get("number", "")))
    address = found.pop("endpoint", None) or {}
    scheme, value = names.scheme_word(address.get("scheme", "")), address.get("value", "")
    if value and not numbers:
        numbers = [(scheme, value)]
    elif value and (scheme, value) not in numbers:
        more.append((ENDPOINT + scheme, value))
    if numbers:
        found["id_scheme"], found["id"] = numbers[0]
    found["identifiers"] = [Identifier(scheme=of, value=value) for of, value in numbers[1:] + more if value]
    return found


def heard_street(found: Values) -> list[str]:
    first = " ".join(filter(None, (found.pop("street_name", ""), found.pop("building", ""))))
    lines = [each.get("line", "") for each in found.pop("more_lines", [])]
    return [line for line in (first, found.pop("more_street", ""), *found.pop("lines", []), *lines) if line]


def told_street(street: tuple[str, ...]) -> dict[str, Any]:
    padded = (*street, "", "")
    return {
        "street_name": padded[0], "more_street": padded[1], "more_lines": [{"line": line} for line in street[2:]],
    }  # fmt: skip


def told_party(who: Party) -> Mapping[str, Any]:
    """The other way round. Without an electronic address of its own the party's number is it, where it has a scheme."""
    others = {one.scheme: one.value for one in reversed(who.identifiers)}
    ids = [(who.id_scheme, who.id), *((one.scheme, one.value) for one in who.identifiers)]
    ids = [(scheme, value) for scheme, value in ids if value and scheme not in ("registration", "tax")]
    addresses = [(scheme[len(ENDPOINT) :], value) for scheme, value in ids if scheme.startswith(ENDPOINT)]
    plain = [(scheme, value) for scheme, value in ids if not scheme.startswith(ENDPOINT)]
    addresses += sorted((each for each in plain if names.scheme_code(each[0])), key=lambda each: each[0] != "gln")
    taxes = [
        (names.TAX_SCHEME, who.tax_number),
        *((names.OTHER_TAX, n.value) for n in who.identifiers if n.scheme == "tax"),
    ]
    return {
        "names": [who.name] if who.name else [],
        "legal_name": who.name,
        "registration": others.get("registration", ""),
        "taxes": [{"scheme": scheme, "number": value} for scheme, value in taxes if value],
        "endpoint": _number(*addresses[0]) if addresses else None,
        "ids": [_number(scheme, value) for scheme, value in plain if scheme != MAIL],
        **told_street(who.street),
    }


def told_short(who: Party) -> Mapping[str, Any]:
    kept = {name: getattr(who, name) for name in ("role", "name", "id", "id_scheme", "identifiers")}
    return {**told_party(Party(**kept)), "taxes": []}


def _number(scheme: str, value: str) -> dict[str, str]:
    return {"scheme": names.scheme_code(scheme), "value": value}


def sayable_party(who: Party, *, short: bool = False) -> Party:
    """The party as it is understood again. Numbers whose scheme has no code lose it: Peppol names none of its own.

    Who receives the goods is a place in most documents: it pays no tax and has no electronic address.
    """
    told = dict(told_short(who) if short else told_party(who))
    direct = {name: getattr(who, name) for name in (SHORT if short else DIRECT)}
    if who.role == "ship_to" and not short:
        told |= dict.fromkeys(("endpoint", "registration"), None) | {"taxes": []}
    made, _missing = build(Party, heard_party(direct | told, lambda *_said: None))
    return made  # type: ignore[no-any-return]


def with_parties(document: Document, roles: tuple[str, ...], *, short: bool = False) -> Any:
    """The document with one party in each role that its message carries, in the message's order."""
    found = [document.party(role) for role in roles]
    return replace(document, parties=tuple(sayable_party(who, short=short) for who in found if who))
