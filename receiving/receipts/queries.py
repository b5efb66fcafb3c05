"""What receipt screens show."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.screens.work import WorkRow
from foundation.search.registry import Hit
from foundation.values.actor import Actor
from foundation.values.quantity import Factor
from governance.cases.models import Case
from organization.items.models import ItemUnit
from procurement.orders.models import PurchaseOrder
from receiving.receipts import reversing
from receiving.receipts.lifecycle import ReceiptState
from receiving.receipts.models import Receipt, ReceiptLine

SHOWN = ["site__entity", "supplier__party", "notice", "reverses", "dock"]


def receipt_rows(actor: Actor) -> QuerySet[Receipt]:
    """Receipts with what a list shows, the number of differences included."""
    rows = Receipt.objects.visible_to(actor).select_related("site", "supplier__party", "notice")
    return rows.annotate(differences=Count("lines", filter=~Q(lines__discrepancies=[])))


def receipt_pages(actor: Actor) -> QuerySet[Receipt]:
    return Receipt.objects.visible_to(actor).select_related(*SHOWN, "reversal")


def lines_of(receipt: Receipt) -> list[ReceiptLine]:
    related = [
        *("item__base_unit", "order_line__order", "order_line__unit", "notice_line", "content__unit"),
        *("photo", "accrual"),
    ]
    return list(receipt.lines.select_related(*related).order_by("number"))


@dataclass(frozen=True)
class CountUnit:
    """A unit one may count a line in; ``key`` is its exact factor to the base unit."""

    code: str
    factor: Factor

    @property
    def key(self) -> str:
        return f"{self.factor.numerator}/{self.factor.denominator}"


def units_of(line: ReceiptLine) -> list[CountUnit]:
    """The base unit first, then the order's pack and the item's own packs. One query."""
    if not line.item:
        return [CountUnit(_("pieces"), Factor(1))]
    found = {"1/1": CountUnit(line.item.base_unit.code, Factor(1))}
    if line.order_line:
        pack = CountUnit(line.order_line.unit.code, Factor(line.order_line.numerator, line.order_line.denominator))
        found.setdefault(pack.key, pack)
    for unit in ItemUnit.objects.filter(item=line.item_id).select_related("unit").order_by("pk"):
        pack = CountUnit(unit.unit.code, Factor(unit.numerator, unit.denominator))
        found.setdefault(pack.key, pack)
    return list(found.values())


def cases_about(receipt: Receipt, actor: Actor) -> list[Case]:
    """The cases that posting opened, for those who may see cases."""
    return list(Case.objects.visible_to(actor).filter(about=receipt.subject).order_by("pk"))


def owed(receipt: Receipt) -> dict[int, Decimal]:
    """What each line made finance owe, by its commitment."""
    sums: dict[int, Decimal] = {}
    for accrual in reversing.accruals_of(receipt):
        sums[accrual.commitment_id] = sums.get(accrual.commitment_id, Decimal(0)) + accrual.amount
    return sums


def of_order(number: str, actor: Actor) -> list[Receipt]:
    """Receipts that touched an order, newest first."""
    touched = Q(lines__order_line__order__number=number)
    return list(receipt_rows(actor).filter(pk__in=_receipts(touched)).order_by("-pk")[:50])


def of_requisition(number: str, actor: Actor) -> list[Receipt]:
    """Receipts of the orders that a request's lines went to."""
    touched = Q(lines__order_line__sources__requisition_line__requisition__number=number)
    return list(receipt_rows(actor).filter(pk__in=_receipts(touched)).order_by("-pk")[:50])


def _receipts(touched: Q) -> QuerySet[Any]:
    rows = Receipt.objects.everywhere(because="narrowed to what the actor sees by the query around it")
    return rows.filter(touched).values("pk")


def orders_at(actor: Actor, site_id: int, numbers: list[str]) -> list[PurchaseOrder]:
    """Orders to receive from, as a receiver may name them: those expected at a site where he receives."""
    everywhere = PurchaseOrder.objects.everywhere(because="receivers see what is expected at their site, not the order")
    return list(everywhere.filter(site=site_id, number__in=numbers).order_by("pk"))


def counting_work(actor: Actor, limit: int) -> list[WorkRow]:
    rows = in_count(actor).select_related("supplier__party").order_by("pk")
    return [
        WorkRow(
            kind=_("Receipt"),
            icon="scan-barcode",
            identity=receipt.number,
            url=reverse("receiving:receipt", args=[receipt.number]),
            why=_("%(done)d of %(all)d lines counted") % {"done": receipt.counted_count, "all": receipt.line_count},
            tone="info",
            counterparty=receipt.supplier.party.name,
            since=receipt.arrived_at,
        )
        for receipt in rows[:limit]
    ]


def find_receipts(text: str, actor: Actor, limit: int) -> list[Hit]:
    rows = Receipt.objects.visible_to(actor).filter(Q(number__istartswith=text) | Q(delivery_note__iexact=text))
    found = rows.select_related("supplier__party").order_by("-pk")[:limit]
    return [Hit(r.number, r.supplier.party.name, reverse("receiving:receipt", args=[r.number])) for r in found]


def in_count(actor: Actor) -> QuerySet[Receipt]:
    return Receipt.objects.visible_to(actor, "receive_goods").filter(status=ReceiptState.OPEN)
