"""What documents between buyer and supplier are made of: parties, items, references, terms."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """A number under which somebody knows a party or a document.

    ``scheme`` is a word of ours (``gln``, ``duns``, ``vat``, ``registration``, ``of_buyer``, ``of_supplier``); a
    scheme that has no word keeps the code it came with.
    """

    scheme: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who takes part, in which role."""

    role: str
    """``buyer``, ``supplier``, ``ship_to``, ``bill_to``, ``ship_from``, ``payee``, ``ultimate``, ``carrier``; else the
    code it came with."""
    name: str = ""
    id: str = ""
    id_scheme: str = ""
    """The scheme of ``id``, as of an Identifier."""
    tax_number: str = ""
    identifiers: tuple[Identifier, ...] = ()
    """Further ones."""
    street: tuple[str, ...] = ()
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    """ISO 3166, two letters."""
    contact: Contact | None = None

    @property
    def gln(self) -> str:
        """Its Global Location Number, or nothing."""
        return self.known_as("gln")

    def known_as(self, scheme: str) -> str:
        """Its number under a scheme, or nothing."""
        if self.id_scheme == scheme:
            return self.id
        return next((other.value for other in self.identifiers if other.scheme == scheme), "")


@dataclass(frozen=True, kw_only=True)
class Item:
    """What a line is about, by everybody's number for it."""

    buyer_number: str = ""
    """Our SKU."""
    supplier_number: str = ""
    gtin: str = ""
    """EAN, UPC or GTIN, with as many digits as were sent."""
    maker_number: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderReference:
    """An order, and the revision and line of it where they were said."""

    number: str = ""
    revision: int | None = None
    ordered_on: date | None = None
    line: str = ""

    @staticmethod
    def of(own: "OrderReference | None", whole: "OrderReference | None") -> "OrderReference | None":
        """What a line is about: the order that it names itself, else that of the whole document."""
        if own is None or own.number or whole is None:
            return own or whole
        return replace(whole, line=own.line)


@dataclass(frozen=True, kw_only=True)
class Slot:
    """So much on one day: a row of a delivery schedule. Without a day, the day is not known."""

    quantity: Decimal
    on: date | None = None
    code: str = ""
    """In an answer, the line code of this row where it is not the line's own."""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """When to pay."""

    text: str = ""
    net_days: int | None = None
    discount_percent: Decimal | None = None
    discount_days: int | None = None


@dataclass(frozen=True, kw_only=True)
class Handover:
    """Where the goods change hands: an Incoterm and its place."""

    incoterm: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class Adjustment:
    """An allowance, or with ``is_charge`` a charge; the amount is never negative and without tax."""

    is_charge: bool = False
    code: str = ""
    """As it came: UNCL5189 or 7161, X12 element 1300."""
    reason: str = ""
    percent: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal
    tax_category: str = ""
    """UNCL5305, as of a TaxSubtotal."""
    tax_percent: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class TaxSubtotal:
    """The tax of one rate."""

    category: str = ""
    """UNCL5305: ``S`` standard, ``Z`` zero, ``E`` exempt, ``AE`` reverse charge."""
    percent: Decimal | None = None
    base: Decimal | None = None
    amount: Decimal
    reason: str = ""
    """Why there is none."""
