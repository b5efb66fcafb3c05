"""An invoice that somebody must look at is a case; one that only waits is not."""

from datetime import datetime

from finance.invoices.models import Invoice
from finance.matching.rules import Verdict
from foundation.values.actor import Actor
from governance.cases import actions as cases

TOTALS = "totals_differ"
KINDS = {
    Verdict.PRICE_VARIANCE: "invoice_price",
    Verdict.QUANTITY_OVER_ORDERED: "invoice_quantity",
    Verdict.QUANTITY_OVER_RECEIVED: "invoice_quantity",
    Verdict.CURRENCY_DIFFERS: "invoice_currency",
    Verdict.NOT_ON_ORDER: "invoice_not_ordered",
    TOTALS: "invoice_totals",
}
"""Waiting for goods, and being held by another case, have an owner already."""
ACCEPTABLE = {Verdict.PRICE_VARIANCE, Verdict.QUANTITY_OVER_ORDERED}
"""Differences that somebody may decide to pay. Goods that did not come are not among them."""


def let_go(invoice: Invoice, *, but: str | None = None, by: Actor, at: datetime) -> None:
    """The invoice's own cases are over, but for one kind."""
    for kind in sorted(set(KINDS.values()) - {but}):
        cases.auto_resolve(kind=kind, about=invoice.subject, cause="match", by=by, at=at)


def own(invoice: Invoice, verdict: str, *, by: Actor, at: datetime) -> None:
    """Open the case that fits the verdict, and let go of those that do not fit any more."""
    wanted = KINDS.get(verdict)
    let_go(invoice, but=wanted, by=by, at=at)
    if wanted:
        cases.open_(
            kind=wanted,
            about=invoice,
            about_title=f"{invoice.supplier_number} from {invoice.supplier}"[:200],
            about_url=f"/invoices/{invoice.number}/",
            cause="match",
            summary=invoice.verdict,
            entity_id=invoice.entity_id,
            site_id=None,
            supplier_id=invoice.supplier_id,
            stake=abs(invoice.variance_amount),
            currency=invoice.currency,
            facts={"verdict": verdict},
            by=by,
            at=at,
        )
