"""What a supplier may ask about his invoices, and the plain words for how each stands."""

from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from finance.commitments.models import Commitment
from finance.invoices.lifecycle import InvoiceState
from finance.invoices.models import Invoice, InvoiceLine
from finance.matching.rules import Verdict
from foundation.screens import tones
from foundation.screens.tones import Shown
from foundation.values.actor import Actor
from foundation.values.exact import plain

BECAUSE = "lines of an invoice that the supplier sees"
INVOICE = (
    *("number", "supplier_number", "supplier_id", "invoiced_on", "due_on", "currency", "net_amount", "tax_amount"),
    *("total_amount", "status", "received_at", "released_at"),
)
BOUND = ("order_number", "line_number", "currency", "price", "quantity", "received", "billed", "supplier_id")
PRICE, TOO_MANY, NOT_RECEIVED = Verdict.PRICE_VARIANCE, Verdict.QUANTITY_OVER_ORDERED, Verdict.QUANTITY_OVER_RECEIVED


def invoices_of(actor: Actor) -> QuerySet[Invoice]:
    """With their lines in ``told``, and what each line was ordered at."""
    lines = (
        InvoiceLine.objects.everywhere(because=BECAUSE)
        .select_related("commitment")
        .only(
            *("invoice_id", "number", "order_number", "price", "quantity", "verdict"),
            *("commitment__price", "commitment__quantity", "commitment__received"),
        )
    )
    told = Prefetch("lines", queryset=lines.order_by("number"), to_attr="told")
    return Invoice.objects.visible_to(actor).only(*INVOICE).prefetch_related(told)


def bound_by(actor: Actor, order_number: str) -> dict[int, Commitment]:
    """Line number -> what an order binds the buyer to."""
    rows = Commitment.objects.visible_to(actor).filter(order_number=order_number).only(*BOUND)
    return {row.line_number: row for row in rows}


def last_tax(actor: Actor) -> Decimal | None:
    """The rate of the supplier's last invoice."""
    lines = InvoiceLine.objects.visible_to(actor).order_by("-pk")
    return lines.values_list("tax_percent", flat=True).first()


def state(invoice: Any) -> Shown:
    said = {
        InvoiceState.RECEIVED: (tones.INFO, _("Received")),
        InvoiceState.WAITING_RECEIPT: (tones.WAIT, _("Waiting for our warehouse to count")),
        InvoiceState.VARIANCE: (tones.WARN, _("Differs: we look at it")),
        InvoiceState.BLOCKED: (tones.HOLD, _("Waiting for a decision on the goods")),
        InvoiceState.MATCHED: (tones.OK, _("Matches, to be released")),
        InvoiceState.APPROVED: (tones.OK, _("Approved")),
        InvoiceState.RELEASED: (tones.OK, _("Released for payment")),
        InvoiceState.REJECTED: (tones.BAD, _("Rejected: ask your buyer")),
        InvoiceState.CANCELLED: (tones.NEUTRAL, _("Cancelled")),
    }
    return Shown(*said[InvoiceState(invoice.status)])


def remarks(invoice: Any) -> str:
    """What is in the way, line by line, in figures that the supplier knows."""
    if invoice.status not in (InvoiceState.VARIANCE, InvoiceState.BLOCKED, InvoiceState.WAITING_RECEIPT):
        return ""
    return " ".join(said for line in invoice.told if (said := remark(line)))


def remark(line: Any) -> str:
    bound = line.commitment
    if bound is None:
        return _("Line %(n)d is not on the order.") % {"n": line.number} if line.verdict else ""
    facts = {
        "n": line.number,
        "billed": plain(line.price),
        "agreed": plain(bound.price),
        "quantity": plain(line.quantity),
        "ordered": plain(bound.quantity),
        "received": plain(bound.received),
    }
    said = {
        PRICE: _("Line %(n)d: price %(billed)s, ordered at %(agreed)s. Send a credit note or talk to your buyer."),
        TOO_MANY: _("Line %(n)d: %(quantity)s billed, %(ordered)s ordered."),
        NOT_RECEIVED: _("Line %(n)d: %(quantity)s billed, %(received)s received."),
        Verdict.WAITING_RECEIPT: _("Line %(n)d: %(received)s of %(quantity)s counted so far."),
        Verdict.BLOCKED_BY_CASE: _("Line %(n)d: the goods are being looked at."),
        Verdict.CURRENCY_DIFFERS: _("Line %(n)d is in another currency than the order."),
    }
    return said[line.verdict] % facts if line.verdict in said else ""


def orders_on(invoice: Any) -> str:
    return ", ".join(sorted({line.order_number for line in invoice.told if line.order_number}))
