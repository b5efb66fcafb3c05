"""From what was typed to requisition lines: item, unit, supplier, price and amount resolved in a few queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.exact import half_up, product
from foundation.values.money import line_amount, minor_unit
from foundation.values.quantity import Factor
from foundation.values.reason import BadValue
from organization.currencies.queries import rates
from organization.entities.models import LegalEntity
from organization.items.models import Item, Unit
from procurement.requisitions.models import Requisition, RequisitionLine
from suppliers.supplier_items.queries import Catalog, Offer


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One line as a person or a file gives it. Without ``price`` the contract or price list says it."""

    quantity: Decimal
    """In ``unit_id``; without a unit, in the supplier item's unit, else the item's base unit."""
    need_by: date
    item_id: int | None = None
    description: str = ""
    category_id: int | None = None
    unit_id: int | None = None
    site_id: int | None = None
    supplier_id: int | None = None
    price: Decimal | None = None
    """For one unit as above, in ``currency``."""
    currency: str = ""
    note: str = ""


def lines_of(
    requisition: Requisition, wanted: Iterable[Wanted], *, entity: LegalEntity, on: date
) -> list[RequisitionLine]:
    """Unsaved lines, numbered as given. Refused with one sentence a line that cannot be understood."""
    lines, objections = understood(requisition, wanted, entity=entity, on=on)
    if objections:
        raise Refused(*(_("Line %(number)d: %(why)s") % {"number": n, "why": why} for n, why in objections.items()))
    value(lines, entity, on)
    return lines


def understood(
    requisition: Requisition, wanted: Iterable[Wanted], *, entity: LegalEntity, on: date
) -> tuple[list[RequisitionLine], dict[int, str]]:
    """Unsaved lines without amounts, and one objection by number for each that cannot be understood."""
    wanted = list(wanted)
    item_ids = {w.item_id for w in wanted if w.item_id}
    rows = Item.objects.select_related("base_unit")
    if any(w.unit_id for w in wanted):
        rows = rows.prefetch_related("units")
    items = rows.in_bulk(item_ids)
    units = {unit.pk: unit for unit in Unit.objects.all()}
    catalog = Catalog(item_ids, entity_id=entity.pk, on=on)
    lines, objections = [], {}
    for number, w in enumerate(wanted, start=1):
        try:
            lines.append(_line(requisition, number, w, items.get(w.item_id), units, catalog, entity))
        except (BadValue, Refused) as refused:
            objections[number] = str(refused)
    return lines, objections


def again(lines: Iterable[RequisitionLine]) -> list[Wanted]:
    """The same lines to be asked for once more: typed prices stay, all others are looked up anew."""
    return [_again(line, Factor(line.numerator, line.denominator)) for line in lines]


def _again(line: RequisitionLine, factor: Factor) -> Wanted:
    is_typed = line.price_source == "entered"
    return Wanted(
        quantity=factor.from_base(line.quantity, rounding=True),
        need_by=line.need_by,
        item_id=line.item_id,
        description=line.description,
        category_id=line.category_id,
        unit_id=line.unit_id,
        site_id=line.site_id,
        supplier_id=line.supplier_id,
        price=factor.to_base(line.price, rounding=True) if is_typed else None,
        currency=line.currency if is_typed else "",
        note=line.note,
    )


def _line(
    requisition: Requisition,
    number: int,
    w: Wanted,
    item: Item | None,
    units: dict[int, Unit],
    catalog: Catalog,
    entity: LegalEntity,
) -> RequisitionLine:
    if w.quantity <= 0:
        raise Refused(_("the quantity must be more than zero."))
    if item is None:
        return _free_text(requisition, number, w, units, entity)
    offered = catalog.of_supplier(item.pk, w.supplier_id) if w.supplier_id else catalog.best(item.pk)
    if w.unit_id:
        unit, factor = units[w.unit_id], _factor(item, units[w.unit_id], offered)
    elif offered:
        unit, factor = offered.unit, Factor(offered.numerator, offered.denominator)
    else:
        unit, factor = item.base_unit, Factor(1)
    quantity = factor.to_base(w.quantity)
    offer = catalog.offer(offered, quantity) if offered else None
    price, currency, source = _price(w, factor, offer, item, entity)
    line = RequisitionLine(
        requisition=requisition,
        number=number,
        item=item,
        description=w.description or item.description,
        category_id=item.category_id,
        site_id=w.site_id or requisition.site_id,
        need_by=w.need_by,
        supplier_id=w.supplier_id,
        supplier_item=offered,
        contract_line=offer.contract_line if offer and source == "contract" else None,
        unit=unit,
        numerator=factor.numerator,
        denominator=factor.denominator,
        quantity=quantity,
        price=price,
        currency=currency,
        price_source=source,
        note=w.note,
    )
    if offered and w.supplier_id in (None, offered.supplier_id):
        line.supplier = offered.supplier
    return line


def _free_text(
    requisition: Requisition, number: int, w: Wanted, units: dict[int, Unit], entity: LegalEntity
) -> RequisitionLine:
    if not w.description.strip():
        raise Refused(_("say what is needed, or pick an item."))
    if not w.category_id:
        raise Refused(_("pick a category, so that the right people are asked."))
    if not w.unit_id:
        raise Refused(_("pick a unit."))
    if w.price is None:
        raise Refused(_("give a price, estimated if need be."))
    return RequisitionLine(
        requisition=requisition,
        number=number,
        description=w.description,
        category_id=w.category_id,
        site_id=w.site_id or requisition.site_id,
        need_by=w.need_by,
        supplier_id=w.supplier_id,
        unit=units[w.unit_id],
        quantity=w.quantity,
        price=w.price,
        currency=w.currency or entity.currency,
        price_source="entered",
        note=w.note,
    )


def _factor(item: Item, unit: Unit, offered: object) -> Factor:
    if unit.pk == item.base_unit_id:
        return Factor(1)
    for pack in item.units.all():
        if pack.unit_id == unit.pk:
            return Factor(pack.numerator, pack.denominator)
    if offered is not None and offered.unit_id == unit.pk:  # type: ignore[attr-defined]
        return Factor(offered.numerator, offered.denominator)  # type: ignore[attr-defined]
    raise Refused(_("%(item)s does not come in %(unit)s.") % {"item": item.sku, "unit": unit.code})


def _price(w: Wanted, factor: Factor, offer: Offer | None, item: Item, entity: LegalEntity) -> tuple[Decimal, str, str]:
    """(price of one base unit, currency, where it is from)."""
    if w.price is not None:
        currency = w.currency or (offer.currency if offer else entity.currency)
        return factor.inverse().to_base(w.price, rounding=True), currency, "entered"
    if offer:
        return offer.price, offer.currency, offer.price_source
    if item.standard_price:
        return item.standard_price, entity.currency, "standard"
    raise Refused(_("%(item)s has no price: give one, or pick another supplier.") % {"item": item.sku})


def value(lines: list[RequisitionLine], entity: LegalEntity, on: date) -> None:
    """Amounts in the entity's currency, at the day's rate, rounded once."""
    known = rates({line.currency for line in lines}, entity.currency, on)
    for line in lines:
        line.rate = known[line.currency].factor
        own = line_amount(line.quantity, line.price, line.currency).amount
        line.amount = half_up(product(own, line.rate), minor_unit(entity.currency))
