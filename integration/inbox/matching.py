"""What a message speaks of in our books: the order, and the line of it. What does not fit is a doubt, never a guess."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from foundation.values.exact import half_up
from foundation.values.quantity import Factor
from integration.canon import units
from integration.canon.faults import Fault, Level
from integration.canon.parts import Item, OrderReference
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from suppliers.suppliers.models import Supplier

PRICE_PLACES = 6
LONGEST_NUMBER = 9


@dataclass
class Doubts:
    """Why a message cannot simply be booked, found while it is laid beside our books."""

    found: list[Fault] = field(default_factory=list)

    def hold(self, code: str, where: str, sentence: str, **said: Any) -> None:
        self.found.append(Fault(Level.HOLD, code, where, sentence % said))

    def refuse(self, code: str, where: str, sentence: str, **said: Any) -> None:
        self.found.append(Fault(Level.REFUSE, code, where, sentence % said))

    def warn(self, code: str, where: str, sentence: str, **said: Any) -> None:
        self.found.append(Fault(Level.WARNING, code, where, sentence % said))


@dataclass(frozen=True)
class Wanted:
    """A submission that would be made."""

    kind: str
    orders: list[PurchaseOrder]
    """Whose it is about, the one in whose name it is made first."""
    body: dict[str, Any]


class Lines:
    """The lines of one order, found by what messages say of them."""

    def __init__(self, order: PurchaseOrder) -> None:
        self.order = order
        self.rows: list[PurchaseOrderLine] = list(order.lines.select_related("item", "unit").order_by("number"))
        self._by_number = {row.number: row for row in self.rows}
        self._by_item: dict[tuple[str, str], list[PurchaseOrderLine]] = {}
        for row in self.rows:
            for scheme, ours in _ours(row).items():
                self._by_item.setdefault((scheme, ours), []).append(row)

    def find(self, number: str, item: Item, where: str, doubts: Doubts) -> PurchaseOrderLine | None:
        """By its number (``0001`` is 1) unless the item is another one, else by the item if one line alone has it."""
        is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
        numbered = self._by_number.get(int(number)) if is_number else None
        if numbered and agrees(numbered, item) is not False:
            return numbered
        alike = {row.pk: row for said in _said(item).items() for row in self._by_item.get(said, ())}
        if not numbered and len(alike) == 1:
            return alike.popitem()[1]
        said = {"order": self.order.number, "line": number or "?", "item": called(item) or "?"}
        if numbered:
            ours = numbered.item.sku if numbered.item else numbered.description
            sentence = _("Line %(line)s of %(order)s is %(ours)s with us, not %(item)s: ask which is meant.")
            doubts.hold("item_differs", where, sentence, ours=ours, **said)
        else:
            sentence = _("Order %(order)s has no line %(line)s with item %(item)s: ask which line is meant.")
            doubts.hold("line_unknown", where, sentence, **said)
        return None


class Orders:
    """The orders that the lines of a message speak of, each looked up once."""

    def __init__(self, whole: OrderReference | None, supplier: Supplier, doubts: Doubts) -> None:
        self.whole, self.supplier, self.doubts = whole, supplier, doubts
        self._known: dict[str, Lines | None] = {}

    @property
    def found(self) -> list[Lines]:
        return [rows for rows in self._known.values() if rows]

    def of(self, own: OrderReference | None, where: str) -> Lines | None:
        """That of a line, or of the whole message where the line names none."""
        reference = OrderReference.of(own, self.whole)
        number = reference.number.strip() if reference else ""
        if number not in self._known:
            order = order_of(reference, self.supplier, f"{where}.order", self.doubts)
            self._known[number] = Lines(order) if order else None
        return self._known[number]


def agrees(row: PurchaseOrderLine, item: Item) -> bool | None:
    """Whether one of the numbers said is the line's, or all differ; None where there is nothing to compare."""
    said, ours = _said(item), _ours(row)
    both = said.keys() & ours.keys()
    return any(said[scheme] == ours[scheme] for scheme in both) if both else None


def _said(item: Item) -> dict[str, str]:
    return _numbers(item.supplier_number, item.buyer_number, item.gtin)


def _ours(row: PurchaseOrderLine) -> dict[str, str]:
    return _numbers(row.supplier_sku, *((row.item.sku, row.item.gtin) if row.item else ("", "")))


def _numbers(supplier: str, buyer: str, gtin: str) -> dict[str, str]:
    """Whose number -> the number, where there is one; capitals and a GTIN's leading zeros do not tell items apart."""
    known = {"supplier": supplier.upper(), "buyer": buyer.upper(), "gtin": gtin.lstrip("0")}
    return {scheme: number for scheme, number in known.items() if number}


def called(item: Item) -> str:
    return item.buyer_number or item.supplier_number or item.gtin or item.maker_number or item.description


def order_of(reference: OrderReference | None, supplier: Supplier, where: str, doubts: Doubts) -> PurchaseOrder | None:
    """The supplier's own order. One that is another's is answered as one that does not exist, and at once."""
    number = reference.number.strip() if reference else ""
    if not number:
        doubts.hold("order_missing", where, _("It does not say which order it is about: ask for the number."))
        return None
    everywhere = PurchaseOrder.objects.everywhere(because="compared with the sender's supplier here")
    order = everywhere.filter(number=number, revision__gte=1).select_related("entity", "site").first()
    if order and order.supplier_id == supplier.pk:
        return order
    say = doubts.refuse if order else doubts.hold
    sentence = _("You have no order %(number)s from us: check the number, or send it under the right one.")
    say("order_unknown", where, sentence, number=number)
    return None


def unit_fits(row: PurchaseOrderLine, unit: str, where: str, doubts: Doubts) -> bool:
    """Nothing said is the unit of the order."""
    if not unit or units.is_same(unit, row.unit.code):
        return True
    sentence = _("Line %(line)s is ordered in %(ours)s, the message counts in %(unit)s: ask how many that are.")
    doubts.hold("unit_differs", where, sentence, line=row.number, ours=row.unit.code, unit=unit)
    return False


def currency_fits(order: PurchaseOrder, currency: str, doubts: Doubts) -> bool:
    """Nothing said is the currency of the order."""
    if currency in ("", order.currency):
        return True
    sentence = _("Order %(order)s is in %(ours)s, the message in %(currency)s: ask which prices count.")
    doubts.hold("currency_differs", "currency", sentence, order=order.number, ours=order.currency, currency=currency)
    return False


def price_of(row: PurchaseOrderLine, said: Any, where: str, doubts: Doubts) -> Decimal | None:
    """What one order unit costs by the message; None where it says no price."""
    if said.price is None:
        return None
    if said.price_unit and not units.is_same(said.price_unit, row.unit.code):
        sentence = _("Line %(line)s is ordered in %(ours)s, its price is for %(unit)s: ask what one costs.")
        doubts.hold("unit_differs", where, sentence, line=row.number, ours=row.unit.code, unit=said.price_unit)
        return None
    return half_up(Fraction(said.price) / Fraction(said.price_basis or 1), PRICE_PLACES)


def in_units(row: PurchaseOrderLine, base: Decimal) -> Decimal:
    """A quantity in base units as the order counts it."""
    return Factor(row.numerator, row.denominator).from_base(base, rounding=True)
