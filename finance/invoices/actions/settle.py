"""What people decide about an invoice: accept a difference, release, reject."""

from datetime import datetime

from django.utils.translation import gettext as _

from finance.commitments import actions as commitments
from finance.invoices.actions import cases
from finance.invoices.actions.cases import ACCEPTABLE
from finance.invoices.actions.match import run
from finance.invoices.actions.pay import release_held
from finance.invoices.events import InvoicePosted, InvoiceRejected, VarianceAccepted
from finance.invoices.lifecycle import InvoiceState
from finance.invoices.models import Invoice
from finance.invoices.queries import is_early
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from suppliers.banking import queries as banking


@verb
def accept_variance(
    *,
    invoice: Invoice,
    line_number: int,
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: str | None = None,
) -> Invoice:
    """Pay the difference of one line, and say why. Goods that did not come cannot be accepted away."""
    with deciding(invoice, by=by, seen=seen, key=key) as invoice:
        allow(by, "accept_variance", invoice)
        if not reason.strip():
            raise Refused(_("Say why the difference is paid."))
        line = invoice.lines.filter(number=line_number).first()
        if line is None or line.verdict not in ACCEPTABLE:
            raise Refused(_("This line has no difference that can be accepted."))
        line.is_accepted = True
        line.save(update_fields=["is_accepted"])
        event = VarianceAccepted(
            subject=invoice.subject,
            number=invoice.number,
            line=line_number,
            amount=line.difference_amount,
            reason=reason,
        )
        journal.record(event, at=at)
        run(invoice, by=by, at=at)
    return invoice


@verb
def release(*, invoice: Invoice, by: Actor, at: datetime, seen: int, key: str) -> Invoice:
    """Release a matching invoice for payment. Whoever captured it may not (segregation of duties).

    Refused while the supplier is blocked or its bank account is about to change.
    """
    with deciding(invoice, by=by, seen=seen, key=key) as invoice:
        allow(by, "release_invoice", invoice)
        if objections := why_not_release(invoice, by):
            raise Refused(*objections)
        lines = list(invoice.lines.order_by("number"))
        held = commitments.held(line.commitment_id for line in lines if line.commitment_id)
        release_held(invoice, lines, held, straight_through=True, by=by, at=at)
    return invoice


@verb
def reject(
    *, invoice: Invoice, reason: str, by: Actor, at: datetime, seen: int | None = None, key: str | None = None
) -> Invoice:
    """Do not pay it; the supplier reads why."""
    with deciding(invoice, by=by, seen=seen, key=key) as invoice:
        allow(by, "release_invoice", invoice)
        if not reason.strip():
            raise Refused(_("Say why: the supplier reads it."))
        move(invoice.reject, reason=reason)
        cases.let_go(invoice, by=by, at=at)
        journal.record(InvoiceRejected(subject=invoice.subject, number=invoice.number, reason=reason), at=at)
    return invoice


@verb
def note_posted(*, invoice: Invoice, erp_number: str, by: Actor, at: datetime, key: str) -> Invoice:
    """The ERP took the invoice."""
    with deciding(invoice, by=by, key=key) as invoice:
        invoice.erp_number = erp_number
        journal.record(InvoicePosted(subject=invoice.subject, number=invoice.number, erp_number=erp_number), at=at)
    return invoice


def why_not_release(invoice: Invoice, by: Actor) -> list[str]:
    """What speaks against this person releasing this invoice now; the button's hint and the refusal."""
    if invoice.status != InvoiceState.MATCHED:
        said = _("Only a matching invoice is released; this one is: %(state)s.")
        return [said % {"state": invoice.get_status_display().lower()}]
    found = []
    if invoice.credits and is_early(invoice):
        said = {"number": invoice.credits.number}
        found.append(_("Release the invoice that it credits first: %(number)s.") % said)
    if invoice.captured_by == str(by):
        found.append(_("You captured this invoice: somebody else releases it."))
    if held := banking.hold(invoice.supplier, invoice.entity_id):
        found.append(held)
    return found
