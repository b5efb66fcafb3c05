"""What can be asked about invoices: lists, work, what may still be billed, and whether two might be the same."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from finance.commitments.models import Commitment
from finance.invoices.lifecycle import UNSETTLED, InvoiceState
from finance.invoices.models import Invoice, InvoiceLine
from foundation.screens.work import WorkRow
from foundation.search import Hit
from foundation.values.actor import Actor

NOT_ASKED_FOR = [InvoiceState.CANCELLED, InvoiceState.REJECTED]
TWINS_WITHIN = timedelta(days=90)
BECAUSE = "a number or a sum counts once, whoever may see it"


def latest_of(supplier_id: int, number: str) -> Invoice | None:
    """A supplier's invoice by the supplier's own number, the last where it used one twice; credit notes are none."""
    everywhere = Invoice.objects.everywhere(because="compared with the supplier who speaks of it")
    mine = everywhere.filter(supplier_id=supplier_id, supplier_number__iexact=number, credits=None)
    return mine.order_by("-pk").first()


def is_early(note: Invoice) -> bool:
    """Whether it is a credit note of an invoice that is not booked yet: it would take back what is not there."""
    everywhere = Invoice.objects.everywhere(because="the invoice of a credit note in hand")
    credited = everywhere.filter(pk=note.credits_id).exclude(status=InvoiceState.RELEASED)
    return bool(note.credits_id) and credited.exists()


def invoice_rows(actor: Actor) -> QuerySet[Invoice]:
    """For lists: with names, and whether another invoice asks for the same sum."""
    rows = Invoice.objects.visible_to(actor).select_related("supplier__party", "entity")
    return rows.annotate(has_twin=Exists(_twins_of(OuterRef)))


def invoice_pages(actor: Actor) -> QuerySet[Invoice]:
    return Invoice.objects.visible_to(actor).select_related("supplier__party", "entity", "file", "credits")


def _twins_of(outer: type[OuterRef]) -> QuerySet[Invoice]:
    """Others of the same supplier for the same sum within three months: the number may have been mistyped."""
    return (
        Invoice.objects.everywhere(because=BECAUSE)
        .filter(
            supplier=outer("supplier"),
            currency=outer("currency"),
            total_amount=outer("total_amount"),
            invoiced_on__gte=outer("invoiced_on") - TWINS_WITHIN,
            invoiced_on__lte=outer("invoiced_on") + TWINS_WITHIN,
        )
        .exclude(pk=outer("pk"))
        .exclude(status__in=NOT_ASKED_FOR)
    )


def twins(invoice: Invoice) -> list[Invoice]:
    """What this invoice might be a second copy of."""
    values = {name: getattr(invoice, name) for name in ("pk", "supplier", "currency", "total_amount", "invoiced_on")}
    return list(_twins_of(values.__getitem__)[:5])  # type: ignore[arg-type]


def invoices_of_order(actor: Actor, order_number: str) -> list[Invoice]:
    """Every invoice that bills an order, newest first."""
    billing = InvoiceLine.objects.visible_to(actor).filter(order_number=order_number)
    return list(Invoice.objects.visible_to(actor).filter(pk__in=billing.values("invoice")).order_by("-id")[:50])


def find_invoices(text: str, actor: Actor, limit: int) -> list[Hit]:
    """By our number or the supplier's."""
    rows = Invoice.objects.visible_to(actor).select_related("supplier__party")
    found = rows.filter(Q(number__istartswith=text) | Q(supplier_number__istartswith=text)).order_by("-id")[:limit]
    by_ours = re.match(r"inv-", text, re.IGNORECASE)
    return [
        Hit(
            number=row.number if by_ours else row.supplier_number,
            title=f"{row.supplier.party.name} · {row.number}",
            url=reverse("finance:invoice", args=[row.number]),
        )
        for row in found
    ]


def work_of(*states: str) -> tuple:
    """``rows`` and ``count`` of a work tab: invoices in these states, the earliest due first."""

    def mine(actor: Actor) -> QuerySet[Invoice]:
        return Invoice.objects.visible_to(actor).filter(status__in=states)

    def rows(actor: Actor, limit: int) -> list[WorkRow]:
        first = mine(actor).select_related("supplier__party").order_by(F("due_on").asc(nulls_last=True), "id")
        return [work_row(invoice) for invoice in first[:limit]]

    return rows, mine


def work_row(invoice: Invoice) -> WorkRow:
    return WorkRow(
        kind=_("Invoice"),
        icon="receipt-text",
        identity=invoice.number,
        url=reverse("finance:invoice", args=[invoice.number]),
        why=invoice.verdict or invoice.get_status_display(),
        tone="warn" if invoice.status == InvoiceState.VARIANCE else "wait",
        counterparty=invoice.supplier.party.name,
        amount=invoice.total_amount,
        currency=invoice.currency,
        since=invoice.received_at,
    )


@dataclass(frozen=True)
class Billable:
    """One order line of which something was received and not billed yet."""

    commitment: Commitment
    quantity: Decimal

    @property
    def amount(self) -> Decimal:
        return self.quantity * self.commitment.price


def billable(actor: Actor, order_numbers: Iterable[str]) -> list[Billable]:
    """What may be billed of these orders today: received, not held, neither billed nor on an invoice in hand."""
    rows = (
        Commitment.objects.visible_to(actor, "capture_invoice")
        .filter(order_number__in=list(order_numbers))
        .select_related("supplier__party", "entity", "item__base_unit")
        .order_by("order_number", "line_number")
    )
    found = list(rows[:2000])
    asked = _asked_for(found)
    return [Billable(row, max(row.received - row.on_hold - row.billed - asked[row.pk], Decimal(0))) for row in found]


def _asked_for(rows: list[Commitment]) -> dict[int, Decimal]:
    """What invoices in hand ask for: it becomes *billed* when they are released."""
    lines = InvoiceLine.objects.everywhere(because=BECAUSE).filter(
        commitment__in=rows, invoice__status__in=[*UNSETTLED, InvoiceState.APPROVED]
    )
    sums = lines.values_list("commitment").annotate(Sum("quantity"))
    return defaultdict(Decimal, dict(sums))


@dataclass(frozen=True)
class ReadyToBill:
    order_number: str
    supplier: str
    currency: str
    amount: Decimal


def ready_to_bill(actor: Actor, limit: int = 20) -> list[ReadyToBill]:
    """Orders of which goods arrived and no invoice came, the largest sums first."""
    rows = Commitment.objects.visible_to(actor, "capture_invoice").filter(received__gt=F("billed") + F("on_hold"))
    asked = InvoiceLine.objects.everywhere(because=BECAUSE).filter(
        commitment=OuterRef("pk"), invoice__status__in=[*UNSETTLED, InvoiceState.APPROVED]
    )
    sums = (
        rows.filter(~Exists(asked))
        .values("order_number", "supplier__party__name", "currency")
        .annotate(worth=Sum((F("received") - F("billed") - F("on_hold")) * F("price")))
        .order_by("-worth")[:limit]
    )
    return [
        ReadyToBill(row["order_number"], row["supplier__party__name"], row["currency"], row["worth"]) for row in sums
    ]


def due_on(payment_terms: str, invoiced_on: date) -> date | None:
    """``30 days net`` after the invoice's date; None when the terms name no days."""
    days = re.match(r"\s*(\d{1,3})\b", payment_terms)
    return invoiced_on + timedelta(days=int(days[1])) if days else None
