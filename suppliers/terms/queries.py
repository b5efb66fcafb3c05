"""The terms that count: the one place that orders, answers and reminders read them from."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.values.actor import Actor
from organization.entities.queries import entities_of
from suppliers.suppliers.models import Supplier
from suppliers.terms import rules
from suppliers.terms.models import Agreement
from suppliers.terms.rules import FIELDS, Said, Terms

CORE = tuple(name for name in FIELDS if name not in ("account_number", "language"))
"""What stands on the supplier itself."""


class Book:
    """The agreements with several suppliers on a day, read by one query."""

    def __init__(self, supplier_ids: Iterable[int], on: date) -> None:
        self._said: dict[int, list[Said]] = {}
        for row in _in_force(on).filter(supplier__in=set(supplier_ids)):
            self._said.setdefault(row.supplier_id, []).append(_said(row))

    def terms(self, supplier: Supplier, *, entity_id: int | None, site_id: int | None, paths: Iterable[str]) -> Terms:
        said = self._said.get(supplier.pk, [])
        return rules.resolve(usual(supplier), said, entity=entity_id, site=site_id, paths=list(paths))


class History:
    """The agreements with one supplier over time, read by one query."""

    def __init__(self, supplier: Supplier) -> None:
        self.supplier, self._usual = supplier, usual(supplier)
        rows = Agreement.objects.filter(supplier=supplier).select_related("entity", "site", "category")
        self._rows = [(row.starts_on, row.ends_on or date.max, _said(row)) for row in rows]

    def terms(self, *, on: date, entity_id: int, site_id: int, path: str) -> Terms:
        """What counted on a day for one kind of goods."""
        said = [one for starts_on, ends_on, one in self._rows if starts_on <= on <= ends_on]
        return rules.resolve(self._usual, said, entity=entity_id, site=site_id, paths=[path])


def terms_of(
    supplier: Supplier,
    *,
    entity_id: int | None = None,
    site_id: int | None = None,
    category_paths: Iterable[str] = (),
    on: date,
) -> Terms:
    """What counts with a supplier for an entity, a site and goods on a day. One query."""
    return Book([supplier.pk], on).terms(supplier, entity_id=entity_id, site_id=site_id, paths=category_paths)


def usual(supplier: Supplier) -> dict[str, Any]:
    """Its own terms, which count where nothing else was agreed."""
    own = {name: getattr(supplier, name) for name in CORE}
    return own | {"account_number": "", "language": ""}


def _in_force(on: date) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)
    return rows.select_related("entity", "site", "category")


def _said(row: Agreement) -> Said:
    return Said(
        name=str(row),
        entity=row.entity_id,
        site=row.site_id,
        path=row.category.path if row.category else "",
        starts_on=row.starts_on,
        values={name: getattr(row, name) for name in FIELDS},
        channels=row.channels,
        contacts=row.contacts,
    )


def agreements_of(supplier: Supplier, actor: Actor) -> QuerySet[Agreement]:
    """Those of the whole house and of the actor's companies, what begins last first."""
    his = Q(entity=None) | Q(entity__in=entities_of(actor, "see_supplier"))
    rows = Agreement.objects.filter(his, supplier=supplier).select_related("entity", "site", "category")
    return rows.order_by("-starts_on", "-pk")
