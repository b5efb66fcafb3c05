"""Enter and change how a supplier sells an item, and at which prices."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.door.births import bear
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from suppliers.supplier_items.events import OfferChanged, OfferEntered, PricesSet
from suppliers.supplier_items.models import PriceBreak, SupplierItem

CHANGEABLE = ("supplier_sku", "minimum", "multiple", "lead_time_days", "is_preferred", "is_active")

Breaks = list[tuple[Decimal, Decimal]]


@verb
def enter(*, given: list[dict[str, Any]], valid_from: date, by: Actor, at: datetime, key: str) -> list[SupplierItem]:
    """New offers as a set, in one turn: each a dictionary of SupplierItem's columns and ``prices``, its breaks.

    Who sends the same set again is told of its last offer only. Refused where the supplier sells the item already.
    """
    allow(by, "edit_supplier")
    breaks = [_sound(values["prices"]) for values in given]
    rows = [SupplierItem(**{name: value for name, value in values.items() if name != "prices"}) for values in given]
    with opening(by=by, key=key):
        _not_yet_sold(rows)
        for row in rows:
            if row.is_preferred and row.is_active:
                _only_preferred(row)
        prices = dict(zip(map(id, rows), breaks, strict=True))
        bear(rows, lambda row: _entered(row, prices[id(row)], valid_from), by=by, at=at)
        PriceBreak.objects.bulk_create(
            PriceBreak(supplier_item=row, quantity_from=quantity, price=price, valid_from=valid_from)
            for row in rows
            for quantity, price in prices[id(row)]
        )
    return rows


def _not_yet_sold(rows: list[SupplierItem]) -> None:
    sold = SupplierItem.objects.filter(
        supplier__in={row.supplier_id for row in rows}, item__in={row.item_id for row in rows}
    )
    known = {(row.supplier_id, row.item_id): row for row in sold.select_related("supplier__party", "item")}
    for row in rows:
        if other := known.get((row.supplier_id, row.item_id)):
            said = {"supplier": other.supplier.party.name, "item": other.item.sku}
            raise Refused(_("%(supplier)s sells %(item)s already: change that offer.") % said)


def _entered(row: SupplierItem, breaks: Breaks, valid_from: date) -> OfferEntered:
    return OfferEntered(
        subject=row.subject,
        sku=row.item.sku,
        supplier=row.supplier.number,
        valid_from=valid_from.isoformat(),
        currency=row.currency,
        prices=[[quantity, price] for quantity, price in breaks],
    )


def _sound(breaks: Iterable[tuple[Decimal, Decimal]]) -> Breaks:
    found = sorted(breaks)
    if len({quantity for quantity, _price in found}) < len(found):
        raise Refused(_("Two prices begin at the same quantity."))
    return found


@verb
def change_offer(
    *, offer: SupplierItem, terms: dict[str, Any], by: Actor, at: datetime, seen: int, key: str
) -> SupplierItem:
    """Numbers, steps, lead time; whether it is sold, and whether we buy it here first.

    Refused when another supplier is preferred already: take it from him first, so that it is meant.
    """
    assert terms.keys() <= set(CHANGEABLE), terms.keys()
    with deciding(offer, by=by, seen=seen, key=key) as offer:
        allow(by, "edit_supplier")
        for name, value in terms.items():
            setattr(offer, name, value)
        if offer.is_preferred and offer.is_active:
            _only_preferred(offer)
        journal.record(OfferChanged(subject=offer.subject, sku=offer.item.sku), at=at)
    return offer


def _only_preferred(offer: SupplierItem) -> None:
    others = SupplierItem.objects.filter(item=offer.item_id, is_preferred=True, is_active=True).exclude(pk=offer.pk)
    if other := others.select_related("supplier__party").first():
        raise Refused(_("%(supplier)s is preferred for this item.") % {"supplier": other.supplier.party.name})


@verb
def set_prices(
    *,
    offer: SupplierItem,
    valid_from: date,
    breaks: Iterable[tuple[Decimal, Decimal]],
    by: Actor,
    at: datetime,
    seen: int,
    key: str,
) -> SupplierItem:
    """From ``valid_from`` on, these prices by quantity. What was valid until then ends the day before."""
    breaks = _sound(breaks)
    with deciding(offer, by=by, seen=seen, key=key) as offer:
        allow(by, "edit_supplier")
        if not breaks:
            raise Refused(_("Give at least one price."))
        _make_room(offer, valid_from)
        PriceBreak.objects.bulk_create(
            PriceBreak(supplier_item=offer, quantity_from=quantity, price=price, valid_from=valid_from)
            for quantity, price in breaks
        )
        journal.record(
            PricesSet(
                subject=offer.subject,
                sku=offer.item.sku,
                valid_from=valid_from.isoformat(),
                currency=offer.currency,
                prices=[[quantity, price] for quantity, price in breaks],
            ),
            at=at,
        )
    return offer


def _make_room(offer: SupplierItem, valid_from: date) -> None:
    """Prices that begin on that day or later are replaced; earlier ones end."""
    offer.prices.filter(valid_from__gte=valid_from).delete()
    running = offer.prices.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from))
    running.update(valid_to=valid_from - timedelta(days=1))
