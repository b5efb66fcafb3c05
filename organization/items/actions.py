"""Enter and change items of the master. Where an ERP owns the master, its import is the one who does."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.door.births import bear
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.items.events import ItemChanged, ItemRegistered, ItemUnitSet
from organization.items.models import Item, ItemUnit, Unit

CHANGEABLE = (
    "description",
    "gtin",
    "is_active",
    "standard_price",
    "reorder_point",
    "safety_stock",
    "needs_inspection",
    "tracks_lots",
    "tracks_expiry",
    "tracks_serials",
    "needs_certificate",
)
"""SKU, category and base unit stay: documents speak in them."""


@verb
def register(*, given: list[dict[str, Any]], by: Actor, at: datetime, key: str) -> list[Item]:
    """New items as a set, in one turn: each a dictionary of ``sku, category, base_unit`` and what may be changed later.

    Who sends the same set again is told of its last item only.
    """
    allow(by, "edit_master_data")
    rows = [Item(**values) for values in given]
    return bear(rows, _registered, by=by, at=at, key=key)


def _registered(item: Item) -> ItemRegistered:
    return ItemRegistered(subject=item.subject, sku=item.sku, description=item.description)


@verb
def change(*, item: Item, values: dict[str, Any], by: Actor, at: datetime, seen: int, key: str) -> Item:
    assert values.keys() <= set(CHANGEABLE), values.keys()
    with deciding(item, by=by, seen=seen, key=key) as item:
        allow(by, "edit_master_data")
        for name, value in values.items():
            setattr(item, name, value)
        journal.record(ItemChanged(subject=item.subject, sku=item.sku), at=at)
    return item


@verb
def set_unit(
    *, item: Item, unit: Unit, numerator: int, denominator: int, by: Actor, at: datetime, seen: int, key: str
) -> Item:
    """Say what one ``unit`` of the item is in its base unit. Documents keep the factor they were written with."""
    with deciding(item, by=by, seen=seen, key=key) as item:
        allow(by, "edit_master_data")
        if unit == item.base_unit:
            raise Refused(_("This is the base unit itself."))
        if min(numerator, denominator) < 1:
            raise Refused(_("A unit is a positive fraction of the base unit."))
        factor = {"numerator": numerator, "denominator": denominator}
        ItemUnit.objects.update_or_create(item=item, unit=unit, defaults=factor)
        journal.record(ItemUnitSet(subject=item.subject, sku=item.sku, unit=unit.code, **factor), at=at)
    return item
