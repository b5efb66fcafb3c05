"""Which documents are asked of a supplier, how it stands with each, and what that keeps from going on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from suppliers.contracts.models import Contract
from suppliers.documents.lifecycle import DocumentState
from suppliers.documents.models import DocumentType, Effect, SupplierDocument
from suppliers.documents.rules import LACKING, LADDER, Standing, standing
from suppliers.supplier_items.models import SupplierItem
from suppliers.suppliers.models import Risk, Supplier
from suppliers.terms.models import Agreement

RANKS = [Risk.LOW, Risk.MEDIUM, Risk.HIGH]


@dataclass(frozen=True)
class Asked:
    """One document that is asked of a supplier, and what there is of it."""

    type: DocumentType
    standing: Standing
    document: SupplierDocument | None = None
    """The one that counts, or the last refused one."""
    waiting: SupplierDocument | None = None
    """A newer one, in review."""

    @property
    def is_lacking(self) -> bool:
        return self.standing in LACKING

    @property
    def why(self) -> str:
        """Of whom it is asked."""
        named = [
            self.type.entity.code if self.type.entity_id else "",
            self.type.category.name if self.type.category_id else "",
            _("risk from %(class)s") % {"class": self.type.get_risk_from_display().lower()}
            if self.type.risk_from
            else "",
        ]
        return " · ".join(name for name in named if name) or _("everybody")


def types() -> QuerySet[DocumentType]:
    return DocumentType.objects.select_related("entity", "category").order_by("name")


def asked_of(supplier: Supplier, *, on: date) -> list[Asked]:
    """Everything asked of a supplier now, and how it stands with it: two queries."""
    named = [one for one in types().filter(_concerns(supplier.pk), is_asked=True) if _risky(supplier, one, on)]
    by_type: dict[int, dict[str, SupplierDocument]] = {}
    for row in documents_of(supplier).filter(type__in=named).order_by("pk"):
        by_type.setdefault(row.type_id, {})[row.status] = row
    return [_asked(one, by_type.get(one.pk, {}), on) for one in named]


def _concerns(supplier_id: int | OuterRef) -> Q:
    """Asked of everybody, of whom an entity deals with, of whom sells in a category."""
    deals = Agreement.objects.filter(supplier=supplier_id, entity=OuterRef("entity"))
    agreed = Contract.objects.everywhere(because="what is asked of a supplier depends on all that was agreed with it")
    sells = SupplierItem.objects.filter(
        supplier=supplier_id, item__category__path__startswith=OuterRef("category__path")
    )
    of_entity = Exists(deals) | Exists(agreed.filter(supplier=supplier_id, entity=OuterRef("entity")))
    return (Q(entity=None) | Q(of_entity)) & (Q(category=None) | Q(Exists(sells)))


def _risky(supplier: Supplier, one: DocumentType, on: date) -> bool:
    return not one.risk_from or RANKS.index(Risk(supplier.risk_on(on))) >= RANKS.index(Risk(one.risk_from))


def _asked(one: DocumentType, rows: dict[str, SupplierDocument], on: date) -> Asked:
    waiting, accepted = rows.get(DocumentState.SENT), rows.get(DocumentState.ACCEPTED)
    if accepted is not None:
        return Asked(one, standing(until=accepted.valid_until, on=on), accepted, waiting)
    if waiting is not None:
        return Asked(one, Standing.IN_REVIEW, None, waiting)
    refused = rows.get(DocumentState.REFUSED)
    return Asked(one, Standing.REFUSED if refused else Standing.MISSING, refused)


def documents_of(supplier: Supplier) -> QuerySet[SupplierDocument]:
    """All that it ever sent, with type and file, newest first."""
    return SupplierDocument.objects.filter(supplier=supplier).select_related("type", "file").order_by("-pk")


def stops(asked: Iterable[Asked], *, entity_id: int | None = None) -> list[str]:
    """Why nothing new is ordered by a company of ours: a sentence for each document that stops orders."""
    said = {Standing.MISSING: _("is missing"), Standing.EXPIRED: _("has run out"), Standing.REFUSED: _("was refused")}
    waits = _("is not reviewed yet")
    return [
        _("The document “%(name)s” %(state)s.") % {"name": one.type.name, "state": said.get(one.standing, waits)}
        for one in asked
        if one.is_lacking and one.type.effect == Effect.STOP and one.type.entity_id in (None, entity_id)
    ]


def why_not_order(supplier: Supplier, *, entity_id: int, on: date) -> list[str]:
    """For the door of an order. Asks nothing more where no document stops orders: one query."""
    if not DocumentType.objects.filter(is_asked=True, effect=Effect.STOP).exists():
        return []
    return stops(asked_of(supplier, on=on), entity_id=entity_id)


def stopped(suppliers: Collection[Supplier], *, on: date) -> dict[int, list[Asked]]:
    """Of many suppliers at once, what documents that stop orders are asked of each and how it stands: by supplier.

    Two queries, and one more for each kind of document that is not asked of everybody.
    """
    found: dict[int, list[Asked]] = {supplier.pk: [] for supplier in suppliers}
    kinds = list(types().filter(is_asked=True, effect=Effect.STOP))
    rows: dict[tuple[int, int], dict[str, SupplierDocument]] = {}
    for row in SupplierDocument.objects.filter(supplier__in=found, type__in=kinds).order_by("pk") if kinds else ():
        rows.setdefault((row.supplier_id, row.type_id), {})[row.status] = row
    for one in kinds:
        concerned = _concerned(one, found)
        for supplier in suppliers:
            if supplier.pk in concerned and _risky(supplier, one, on):
                found[supplier.pk].append(_asked(one, rows.get((supplier.pk, one.pk), {}), on))
    return found


def _concerned(one: DocumentType, suppliers: Collection[int]) -> Collection[int]:
    """Of whom one kind of document is asked, among these."""
    if not (one.entity_id or one.category_id):
        return suppliers
    asked = DocumentType.objects.filter(_concerns(OuterRef(OuterRef("pk"))), pk=one.pk)
    return set(Supplier.objects.filter(Exists(asked), pk__in=suppliers).values_list("pk", flat=True))


def running_out(on: date) -> QuerySet[SupplierDocument]:
    """Accepted, and near or past an end that was not told of in full."""
    rows = SupplierDocument.objects.filter(status=DocumentState.ACCEPTED, valid_until__lte=on + timedelta(LADDER[0]))
    untold = Q(reminded_days=None) | Q(reminded_days__gt=LADDER[-1])
    return rows.filter(untold).select_related("supplier__party", "type").order_by("valid_until", "pk")


def to_review() -> QuerySet[SupplierDocument]:
    rows: Any = SupplierDocument.objects.filter(status=DocumentState.SENT)
    return rows.select_related("supplier__party", "type", "file").order_by("sent_at", "pk")
