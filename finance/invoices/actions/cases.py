"""An invoice that somebody must look at is a case; one that only waits is not."""

from datetime import datetime

from finance.invoices.models import Invoice
from finance.matching.rules import Verdict
from foundation.values.actor import Actor
from governance.cases import actions as cases
from governance.cases.queries import unsolved, unsolved_kinds
from governance.permits.queries import is_waited_for

TOTALS = "totals_differ"
CAUSE = "match"
KINDS = {
    Verdict.PRICE_VARIANCE: "invoice_price",
    Verdict.QUANTITY_OVER_ORDERED: "invoice_quantity",
    Verdict.QUANTITY_OVER_RECEIVED: "invoice_quantity",
    Verdict.CURRENCY_DIFFERS: "invoice_currency",
    Verdict.NOT_ON_ORDER: "invoice_not_ordered",
    TOTALS: "invoice_totals",
}
"""Waiting for goods, and being held by another case, have an owner already."""
EXCEPTION = "price_exception"
"""The permit by which a difference is paid: while it is asked for, the question has the invoice."""
CREDIT = "invoice_credit"
"""The supplier owes a credit note: until it comes, this case has the invoice and no other is opened."""
ACCEPTABLE = {Verdict.PRICE_VARIANCE, Verdict.QUANTITY_OVER_ORDERED}
"""Differences that somebody may decide to pay. Goods that did not come are not among them."""
CREDITABLE = ACCEPTABLE | {Verdict.QUANTITY_OVER_RECEIVED}
"""Differences that a credit note makes good."""


def let_go(invoice: Invoice, *, but: str | None = None, by: Actor, at: datetime) -> None:
    """The invoice's own cases are over, but for one kind."""
    gone = {*KINDS.values(), CREDIT} - {but}
    for kind in sorted(gone & unsolved_kinds(about=invoice.subject, cause=CAUSE)):
        cases.auto_resolve(kind=kind, about=invoice.subject, cause=CAUSE, by=by, at=at)


def own(invoice: Invoice, verdict: str, *, by: Actor, at: datetime) -> None:
    """Open the case that fits the verdict, and let go of those that do not fit any more."""
    wanted = KINDS.get(verdict)
    if wanted and unsolved(kind=CREDIT, about=invoice.subject, cause=CAUSE).exists():
        wanted = CREDIT
    if wanted == KINDS[Verdict.PRICE_VARIANCE] and is_waited_for(EXCEPTION, invoice.subject):
        wanted = None
    let_go(invoice, but=wanted, by=by, at=at)
    if wanted:
        open_(invoice, wanted, by=by, at=at)


def open_(invoice: Invoice, kind: str, *, by: Actor, at: datetime) -> None:
    """A case of this kind about the invoice, with its worst line's sentence."""
    cases.open_(
        kind=kind,
        about=invoice,
        about_title=f"{invoice.supplier_number} from {invoice.supplier.party.name}"[:200],
        about_url=f"/invoices/{invoice.number}/",
        cause=CAUSE,
        summary=invoice.verdict,
        entity_id=invoice.entity_id,
        site_id=None,
        supplier_id=invoice.supplier_id,
        stake=abs(invoice.variance_amount),
        currency=invoice.currency,
        facts={},
        by=by,
        at=at,
    )
