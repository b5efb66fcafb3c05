"""A credit note of an invoice that was held for it: what it gives back is no difference any more."""

from datetime import datetime

from finance.credits import actions as credits
from finance.credits.models import ExpectedCredit
from finance.invoices.actions.exceptions import differing, total
from finance.invoices.actions.match import run
from finance.invoices.events import VarianceAccepted
from finance.invoices.lifecycle import UNSETTLED
from finance.invoices.models import Invoice
from foundation.door import deciding
from foundation.journal import actions as journal
from foundation.values.actor import Actor


def is_awaited(invoice: Invoice) -> bool:
    """Whether it is held until the credit that was agreed on it is here."""
    return invoice.status in UNSETTLED and credits.waiting_on(invoice.pk) is not None


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
    lines = differing(invoice) if met and invoice.status in UNSETTLED else []
    if not lines or total(lines) > given:
        return met
    with deciding(invoice, by=by) as invoice:
        for line in lines:
            line.is_accepted = True
            line.save(update_fields=["is_accepted"])
            said = {"number": invoice.number, "line": line.number, "amount": line.difference_amount}
            told = VarianceAccepted(subject=invoice.subject, **said, reason=note.supplier_number)
            journal.record(told, at=at)
        run(invoice, by=by, at=at)
    return met
