"""What unsent orders would be, put together or taken apart: money, terms, price breaks and minimums."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from foundation.values.exact import half_up, plain
from foundation.values.quantity import Factor
from procurement.changes.parameters import REAPPROVAL
from procurement.orders.models import LineSource, PurchaseOrder, PurchaseOrderLine
from procurement.orders.queries import LINE_RELATED
from procurement.regrouping import rules
from suppliers.supplier_items.models import SupplierItem
from suppliers.supplier_items.queries import Catalog

BECAUSE = "lines of orders in hand"
Lines = Sequence[PurchaseOrderLine]


def lines_of(orders: Iterable[PurchaseOrder]) -> dict[int, list[PurchaseOrderLine]]:
    """By order, in one query."""
    found: dict[int, list[PurchaseOrderLine]] = {order.pk: [] for order in orders}
    rows = PurchaseOrderLine.objects.everywhere(because=BECAUSE).filter(order__in=found)
    for line in rows.select_related(*LINE_RELATED).order_by("order", "number"):
        found[line.order_id].append(line)
    return found


def why_not_grown(into: PurchaseOrder, others: Sequence[PurchaseOrder], *, at: datetime) -> str | None:
    """What is judged by the growth that is approved again: what was approved against what the whole will cost."""
    approved = sum((order.amount * order.rate for order in (into, *others)), Decimal(0))
    whole = sum((order.amount for order in (into, *others)), Decimal(0)) * into.rate
    return rules.why_not_grown(approved, whole, REAPPROVAL.value(entity=into.entity_id, at=at))


@dataclass
class Together:
    """Orders that would become one: ``into`` keeps its number, the others are cancelled."""

    into: PurchaseOrder
    others: list[PurchaseOrder]
    lines: list[PurchaseOrderLine]
    stops: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def orders(self) -> list[PurchaseOrder]:
        return [self.into, *self.others]

    @property
    def key(self) -> int:
        """By which the page tells groups apart: the oldest of them."""
        return min(order.pk for order in self.orders)

    @property
    def amount(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal(0))

    @property
    def need_by(self) -> date:
        return min(line.need_by for line in self.lines)


def together(orders: Sequence[PurchaseOrder], chosen: Iterable[int] = (), *, at: datetime) -> list[Together]:
    """These orders in groups that can become one; an order that goes with no other stands alone with its reason.

    Of each group the one that was chosen keeps its number, by default the oldest.
    """
    groups: dict[tuple, list[PurchaseOrder]] = defaultdict(list)
    for order in sorted(orders, key=lambda one: one.pk):
        groups[rules.paper(order) if rules.why_not_moved(order) is None else (order.pk,)].append(order)
    lines, wanted, found = lines_of(orders), set(chosen), []
    for group in groups.values():
        into = next((order for order in group if order.pk in wanted), group[0])
        one = Together(into, [order for order in group if order is not into], [x for o in group for x in lines[o.pk]])
        alone = rules.why_not_moved(into) if len(group) == 1 else None
        one.stops = [alone] if alone else list(rules.why_not_one(group))
        if not one.stops and (grown := why_not_grown(into, one.others, at=at)):
            one.stops.append(grown)
        found.append(one)
    _note([one for one in found if not one.stops], lines, on=at.date())
    return sorted(found, key=lambda one: (bool(one.stops), one.key))


def _note(groups: list[Together], lines: dict[int, list[PurchaseOrderLine]], *, on: date) -> None:
    catalogs = _catalogs([one.into for one in groups], [line for one in groups for line in one.lines], on=on)
    for one in groups:
        one.notes += _terms_given_up(one)
        catalog = catalogs[one.into.entity_id]
        one.notes += breaks(catalog, one.into, one.lines, [lines[order.pk] for order in one.orders])


def _catalogs(orders: Iterable[PurchaseOrder], lines: Lines, *, on: date) -> dict[int, Catalog]:
    items = {line.item_id for line in lines if line.item_id}
    return {entity: Catalog(items, entity_id=entity, on=on) for entity in {order.entity_id for order in orders}}


def _terms_given_up(one: Together) -> Iterator[str]:
    for label, name in ((_("Payment terms"), "payment_terms"), (_("Delivery terms"), "incoterm")):
        kept = getattr(one.into, name)
        lost = {getattr(order, name) for order in one.others} - {kept}
        if lost:
            said = {"what": label, "lost": ", ".join(sorted(lost)) or "–", "kept": kept or "–"}
            yield _("%(what)s: %(kept)s stands, %(lost)s is given up.") % said


def apart(order: PurchaseOrder, lines: Lines, taken: Iterable[int], *, at: datetime) -> tuple[Lines, Lines, list[str]]:
    """The lines that stay, those that move to a new order, and what is to be known about it."""
    numbers = set(taken)
    stay = [line for line in lines if line.number not in numbers]
    move = [line for line in lines if line.number in numbers]
    catalog = _catalogs([order], lines, on=at.date())[order.entity_id]
    return stay, move, [*breaks(catalog, order, move, [lines]), *breaks(catalog, order, stay, [lines])]


def breaks(catalog: Catalog, order: PurchaseOrder, after: Lines, before: Sequence[Lines]) -> list[str]:
    """For each item of which another quantity is ordered at once: another price of the list, a minimum reached or
    missed. Prices stay as they were approved; what is said is what can be asked of the supplier."""
    was = [_quantities(lines) for lines in before]
    notes = []
    for item, quantity in _quantities(after).items():
        offer = catalog.of_supplier(item, order.supplier_id)
        least = min((one[item] for one in was if item in one), default=quantity)
        if offer is None or quantity == least:
            continue
        line = next(line for line in after if line.item_id == item)
        notes += [*_priced(catalog, offer, line, quantity, order), *_minimum(offer, line, quantity, least)]
    return notes


def _quantities(lines: Lines) -> dict[int, Decimal]:
    found: dict[int, Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.item_id:
            found[line.item_id] += line.ordered - line.cancelled
    return found


def _priced(
    catalog: Catalog, offer: SupplierItem, line: PurchaseOrderLine, quantity: Decimal, order: PurchaseOrder
) -> Iterator[str]:
    listed = catalog.offer(offer, quantity)
    if listed is None or listed.currency != order.currency or listed.price == line.price:
        return
    difference = half_up(Fraction(quantity) * (Fraction(listed.price) - Fraction(line.price)), 2)
    said = {
        "sku": line.item.sku,
        "n": plain(quantity),
        "unit": line.item.base_unit.code,
        "price": plain(listed.price, 2),
        "amount": f"{order.currency} {plain(abs(difference), 2)}",
    }
    if difference < 0:
        yield _("%(sku)s: for %(n)s %(unit)s the list says %(price)s, %(amount)s less. Ask for it.") % said
    elif difference > 0:
        yield _("%(sku)s: for %(n)s %(unit)s the list says %(price)s, %(amount)s more may be asked.") % said


def _minimum(offer: SupplierItem, line: PurchaseOrderLine, quantity: Decimal, before: Decimal) -> Iterator[str]:
    least = Factor(offer.numerator, offer.denominator).to_base(offer.minimum)
    said = {"sku": line.item.sku, "least": plain(least), "unit": line.item.base_unit.code, "n": plain(quantity)}
    if before < least <= quantity:
        yield _("%(sku)s: the least that is sold, %(least)s %(unit)s, is reached.") % said
    elif quantity < least <= before:
        yield _("%(sku)s: %(n)s is below the least that is sold, %(least)s %(unit)s.") % said


def sources_of(orders: Iterable[PurchaseOrder]) -> list[LineSource]:
    return list(LineSource.objects.filter(order_line__order__in=orders).select_related("requisition_line__requisition"))
