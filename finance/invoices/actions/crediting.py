"""A credit note of an invoice that was held for it: what it gives back is no difference any more."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from finance.credits import actions as credits
from finance.credits.models import ExpectedCredit
from finance.invoices.actions.cases import CREDITABLE
from finance.invoices.actions.match import run
from finance.invoices.events import InvoiceCredited
from finance.invoices.lifecycle import UNSETTLED, InvoiceState
from finance.invoices.models import Invoice
from foundation.documents import sets
from foundation.door import deciding
from foundation.journal import actions as journal
from foundation.values.actor import Actor


def why_not(note: Invoice, invoice: Invoice) -> str:
    """What speaks against the note: an invoice that is not released takes only the credit that was agreed on."""
    if invoice.status == InvoiceState.RELEASED:
        return ""
    expected = credits.waiting_on(invoice.pk) if invoice.status in UNSETTLED else None
    if expected is None:
        said = {"number": invoice.supplier_number}
        return _("Invoice %(number)s is not released yet: settle it first, then credit it.") % said
    if expected.amount == -note.net_amount:
        return ""
    said = {"agreed": f"{expected.amount:.2f}", "given": f"{-note.net_amount:.2f}"}
    return _("A credit of %(agreed)s before tax was agreed, this one gives back %(given)s.") % said


def book(note: Invoice, invoice: Invoice, *, by: Actor, at: datetime) -> ExpectedCredit | None:
    """Note the agreed credit as met; what held the invoice is covered as far as the note gives it back.

    Nobody's leave is needed: what is paid less what comes back is what was agreed.
    """
    given = -note.net_amount
    met = credits.meet(
        note_id=note.pk,
        invoice_id=invoice.pk,
        orders=set(note.lines.values_list("order_number", flat=True)),
        amount=given,
        currency=note.currency,
    )
    if met and invoice.status in UNSETTLED:
        with deciding(invoice, by=by) as invoice:
            _cover(invoice, given)
            told = InvoiceCredited(
                subject=invoice.subject, number=invoice.number, note=note.supplier_number, amount=given
            )
            journal.record(told, at=at)
            run(invoice, by=by, at=at)
    return met


def _cover(invoice: Invoice, given: Decimal) -> None:
    """Line by line, as long as it lasts."""
    lines = list(invoice.lines.filter(verdict__in=CREDITABLE, is_accepted=False).order_by("number"))
    for line in lines:
        line.credited_amount = min(line.difference_amount, given)
        given -= line.credited_amount
    sets.write(lines, ["credited_amount"])
