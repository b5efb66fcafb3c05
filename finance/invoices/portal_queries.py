"""What a supplier may ask about his invoices, and the plain words for how each stands."""

from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finance.commitments.models import Commitment
from finance.credits.models import ExpectedCredit
from finance.invoices.lifecycle import InvoiceState
from finance.invoices.models import Invoice, InvoiceLine
from finance.matching.rules import Verdict
from foundation.screens import tones
from foundation.screens.tones import Shown
from foundation.values.actor import Actor
from foundation.values.exact import plain
from foundation.values.money import Money, line_amount
from suppliers.disputes.models import Dispute

MOST = 50
BECAUSE = "lines of an invoice that the supplier sees"
INVOICE = (
    *("public_id", "number", "supplier_number", "supplier_id", "credits_id", "invoiced_on", "due_on", "currency"),
    *("net_amount", "tax_amount", "total_amount", "status", "received_at", "released_at", "answer"),
)
BOUND = ("order_number", "line_number", "currency", "price", "quantity", "received", "billed", "supplier_id")
PRICE, TOO_MANY, NOT_RECEIVED = Verdict.PRICE_VARIANCE, Verdict.QUANTITY_OVER_ORDERED, Verdict.QUANTITY_OVER_RECEIVED


def invoices_of(actor: Actor) -> QuerySet[Invoice]:
    """With their lines in ``told``, what each line was ordered at, and the open dispute there may be."""
    lines = (
        InvoiceLine.objects.everywhere(because=BECAUSE)
        .select_related("commitment")
        .only(
            *("invoice_id", "number", "description", "order_number", "quantity", "price", "amount", "tax_percent"),
            *("verdict", "commitment__line_number", "commitment__price", "commitment__quantity"),
            "commitment__received",
        )
    )
    told = Prefetch("lines", queryset=lines.order_by("number"), to_attr="told")
    disputes = Dispute.objects.visible_to(actor).filter(invoice_public_id=OuterRef("public_id"))
    newest = Subquery(disputes.order_by(F("settled_at").desc(nulls_first=True)).values("public_id")[:1])
    rows = Invoice.objects.visible_to(actor).only(*INVOICE).annotate(dispute=newest)
    return rows.prefetch_related(told)


def credit_notes_of(invoice: Any, actor: Actor) -> list[Invoice]:
    return list(Invoice.objects.visible_to(actor).only(*INVOICE).filter(credits=invoice.pk).order_by("pk"))


def credits_expected(actor: Actor) -> list[ExpectedCredit]:
    """What the supplier agreed to give back and has not sent a credit note for."""
    rows = ExpectedCredit.objects.visible_to(actor).filter(note=None).select_related("invoice")
    columns = ("order_number", "amount", "currency", "agreed_at", "invoice__public_id", "invoice__supplier_number")
    return list(rows.only(*columns).order_by("agreed_at", "pk")[:MOST])


def ready_to_bill(actor: Actor) -> QuerySet[Commitment]:
    """Order lines of which more has arrived than was billed."""
    return Commitment.objects.visible_to(actor).filter(received__gt=F("billed"))


def is_in_question(invoice: Any) -> bool:
    """Whether it differs by itself: one that only waits for goods to be looked at is spoken of in their dispute."""
    differs = any(line.verdict not in ("", Verdict.MATCHED, Verdict.BLOCKED_BY_CASE) for line in told(invoice))
    return invoice.status == InvoiceState.VARIANCE or (invoice.status == InvoiceState.BLOCKED and differs)


def may_be_credited(invoice: Any, awaited: bool) -> bool:
    """Once it is released, or while it is held until an agreed credit comes."""
    return invoice.credits_id is None and (invoice.status == InvoiceState.RELEASED or awaited)


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
        InvoiceState.WAITING_RECEIPT: (tones.WAIT, _("Waits for our warehouse")),
        InvoiceState.VARIANCE: (tones.WARN, _("Differs")),
        InvoiceState.BLOCKED: (tones.HOLD, _("Held")),
        InvoiceState.MATCHED: (tones.OK, _("Matches")),
        InvoiceState.APPROVED: (tones.OK, _("Approved")),
        InvoiceState.RELEASED: (tones.OK, _("To be paid")),
        InvoiceState.REJECTED: (tones.BAD, _("Not accepted")),
        InvoiceState.CANCELLED: (tones.NEUTRAL, _("Cancelled")),
    }
    return Shown(*said[InvoiceState(invoice.status)])


def because(invoice: Any) -> str:
    """Why it stands where it stands and what is next, in figures that the supplier knows."""
    match invoice.status:
        case InvoiceState.RECEIVED:
            return _("It is being compared with the order.")
        case InvoiceState.WAITING_RECEIPT:
            return _waiting(invoice)
        case InvoiceState.VARIANCE | InvoiceState.BLOCKED:
            remarks = " ".join(filter(None, map(remark, told(invoice))))
            return remarks or _("Its sums do not add up: look at the tax and the total.")
        case InvoiceState.MATCHED | InvoiceState.APPROVED:
            return _("It fits. Somebody of ours releases the payment.")
        case InvoiceState.RELEASED:
            return _("It is booked against the invoice.") if invoice.credits_id else _("It is paid as agreed.")
        case InvoiceState.REJECTED:
            said = {"reason": invoice.answer.rstrip(".")}
            return _("%(reason)s. Correct it and send it again; it may carry the same number.") % said
    return ""


def _waiting(invoice: Any) -> str:
    """For which lines the warehouse is waited for."""
    lines = [str(line.number) for line in told(invoice) if line.verdict == Verdict.WAITING_RECEIPT]
    if not lines:
        return _("Waiting for our warehouse to count the goods.")
    said = ngettext(
        "Waiting for our warehouse to count line %(lines)s.",
        "Waiting for our warehouse to count lines %(lines)s.",
        len(lines),
    )
    return said % {"lines": ", ".join(lines)}


def told(invoice: Any) -> list[Any]:
    """Its lines with what they were ordered at; read now where the list did not bring them."""
    known = getattr(invoice, "told", None)
    return list(invoice.lines.select_related("commitment").order_by("number")) if known is None else known


def remark(line: Any) -> str:
    """What is wrong with one line and what to do about it; nothing if nothing is."""
    bound = line.commitment
    if bound is None:
        return _("Line %(n)d is not on the order.") % {"n": line.number} if line.verdict else ""
    facts = {
        "n": line.number,
        "billed": plain(line.price),
        "agreed": plain(bound.price),
        "amount": Money(line.amount, bound.currency),
        "product": line_amount(line.quantity, line.price, bound.currency),
        "quantity": plain(line.quantity),
        "ordered": plain(bound.quantity),
        "received": plain(bound.received),
    }
    said = {
        PRICE: _("Line %(n)d: price %(billed)s instead of %(agreed)s. Please credit it, or tell us why."),
        TOO_MANY: _("Line %(n)d: %(quantity)s billed, %(ordered)s ordered. Please credit it, or tell us why."),
        NOT_RECEIVED: _("Line %(n)d: %(quantity)s billed, %(received)s received. Please credit it, or tell us why."),
        Verdict.WAITING_RECEIPT: _("Line %(n)d: %(received)s of %(quantity)s counted so far."),
        Verdict.BLOCKED_BY_CASE: _("Line %(n)d: the goods are being looked at."),
        Verdict.CURRENCY_DIFFERS: _("Line %(n)d is in another currency than the order."),
    }
    if line.price == bound.price:
        said[PRICE] = _("Line %(n)d: %(quantity)s at %(billed)s is %(product)s, not %(amount)s. Please credit it.")
    return said[line.verdict] % facts if line.verdict in said else ""


def orders_on(invoice: Any) -> str:
    return ", ".join(sorted({line.order_number for line in invoice.told if line.order_number}))
