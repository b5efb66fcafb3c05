"""What rows may name: each kind of row read once for a whole set of pieces, in a few queries whatever their number."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.values.actor import Actor
from fulfillment.customers.models import Customer
from integration.imports.columns import Column, Row
from organization.entities.models import CostCenter
from organization.items.models import Category, Item, Unit
from organization.sites.models import Site
from suppliers.suppliers.queries import supplier_rows

Found = dict[str, Any]
Finder = Callable[[set[str], Actor], Found]


def _items(codes: set[str], _by: Actor) -> Found:
    rows = Item.objects.select_related("base_unit", "category").prefetch_related("units__unit")
    return _by_code(rows.filter(sku__in=codes), "sku")


def _suppliers(codes: set[str], by: Actor) -> Found:
    return _by_code(supplier_rows(by).filter(number__in=codes), "number")


def _sites(codes: set[str], _by: Actor) -> Found:
    return _by_code(Site.objects.select_related("entity").filter(code__in=codes), "code")


def _categories(codes: set[str], _by: Actor) -> Found:
    return _by_code(Category.objects.filter(code__in=codes), "code")


def _units(_codes: set[str], _by: Actor) -> Found:
    return _by_code(Unit.objects.all(), "code")


def _customers(codes: set[str], _by: Actor) -> Found:
    return _by_code(Customer.objects.select_related("party").filter(number__in=codes), "number")


def _centers(codes: set[str], _by: Actor) -> Found:
    """Codes of cost centers are each entity's own: code -> entity -> cost center."""
    found: dict[str, dict[int, CostCenter]] = defaultdict(dict)
    for center in CostCenter.objects.filter(code__in=codes):
        found[center.code.upper()][center.entity_id] = center
    return dict(found)


FINDERS: dict[str, tuple[Finder, Any]] = {
    "item": (_items, _("There is no item “%(text)s”. Import it first, or correct the number.")),
    "supplier": (_suppliers, _("There is no supplier “%(text)s”. Import it first, or correct the number.")),
    "site": (_sites, _("There is no site “%(text)s”.")),
    "category": (_categories, _("There is no category “%(text)s”.")),
    "unit": (_units, _("There is no unit “%(text)s”. Units go by their UN/ECE code, such as EA or KGM.")),
    "customer": (_customers, _("There is no customer “%(text)s”. Import it first, or correct the number.")),
    "center": (_centers, _("There is no cost center “%(text)s”.")),
}


def look_up(rows: Iterable[Row], columns: Iterable[Column], by: Actor, *, missing_is_error: bool = True) -> None:
    """Set ``row.means`` for every column that points at something, and object where it points at nothing."""
    rows = list(rows)
    for column in columns:
        if not column.of:
            continue
        finder, sentence = FINDERS[column.of]
        said = {str(row[column.name]) for row in rows if row[column.name]}
        found = finder(said | {text.upper() for text in said}, by) if said else {}
        for row in rows:
            if (text := row[column.name]) is None:
                continue
            if (meant := found.get(str(text).upper())) is not None:
                row.means[column.name] = meant
            elif missing_is_error:
                row.object(str(sentence) % {"text": text})


def _by_code(rows: Iterable[Any], name: str) -> Found:
    return {str(getattr(row, name)).upper(): row for row in rows}
