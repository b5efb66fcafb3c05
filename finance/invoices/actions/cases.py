"""An invoice that somebody must look at is a case; one that only waits is not."""

from datetime import datetime

from finance.invoices.models import Invoice
from finance.matching import rules
from foundation.values.actor import Actor
from governance.cases import actions as cases

KINDS = {
    rules.PRICE: "invoice_price",
    rules.OVER: "invoice_quantity",
    rules.CURRENCY: "invoice_currency",
    rules.ARITHMETIC: "invoice_arithmetic",
    rules.NOT_ORDERED: "invoice_not_ordered",
}
"""Waiting for goods, and being held by another case, have an owner already."""


def own(invoice: Invoice, code: str, *, by: Actor, at: datetime) -> None:
    """Open the case that fits the verdict, and let go of those that do not fit any more."""
    wanted = KINDS.get(code)
    for kind in KINDS.values():
        if kind != wanted:
            cases.auto_resolve(kind=kind, about=invoice.subject, cause="match", by=by, at=at)
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
            facts={"verdict": code},
            by=by,
            at=at,
        )
