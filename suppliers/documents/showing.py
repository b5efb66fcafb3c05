"""What the portal shows of the documents that are asked: its role may not read what decides of whom they are."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from organization.people.models import Person
from suppliers.documents.models import AskedDocument
from suppliers.documents.queries import Asked, asked_of
from suppliers.suppliers.models import Supplier

SHOWN = ("standing", "valid_until", "answer", "is_in_review")


def refresh(supplier_ids: Iterable[int]) -> None:
    """Write anew what is shown to these suppliers, where it differs."""
    for supplier in Supplier.objects.filter(pk__in=list(supplier_ids)).order_by("pk"):
        rows = {row.type_id: row for row in (_shown(supplier, one) for one in asked_of(supplier, on=localdate()))}
        known = {row.type_id: row for row in AskedDocument.objects.filter(supplier=supplier)}
        fresh = [row for type_id, row in rows.items() if _facts(row) != _facts(known.get(type_id))]
        with transaction.atomic():
            if known.keys() - rows.keys():
                AskedDocument.objects.filter(supplier=supplier).exclude(type__in=rows).delete()
            AskedDocument.objects.bulk_create(
                fresh, update_conflicts=True, unique_fields=["supplier", "type"], update_fields=SHOWN
            )


def _facts(row: AskedDocument | None) -> list[Any] | None:
    return row and [getattr(row, name) for name in SHOWN]


def _shown(supplier: Supplier, one: Asked) -> AskedDocument:
    document = one.document
    return AskedDocument(
        supplier=supplier,
        type=one.type,
        standing=one.standing,
        valid_until=document.valid_until if document else None,
        answer=document.answer if document else "",
        is_in_review=one.waiting is not None,
    )


def in_the_portal() -> list[int]:
    """Suppliers with somebody who may sign in."""
    people = Person.objects.filter(kind=Person.OF_SUPPLIER, is_active=True, party__isnull=False)
    return sorted(set(people.values_list("party_id", flat=True)))
