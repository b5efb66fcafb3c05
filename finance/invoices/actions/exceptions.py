"""A price exception: leave to pay more than was agreed, asked of whoever the authority matrix names."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from finance.invoices.actions.cases import ACCEPTABLE, EXCEPTION
from finance.invoices.actions.match import run
from finance.invoices.actions.settle import accept_variance
from finance.invoices.events import PriceExceptionGranted
from finance.invoices.lifecycle import UNSETTLED
from finance.invoices.models import Invoice, InvoiceLine
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.screens import shown
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor
from foundation.values.exact import half_up, product
from foundation.values.money import minor_unit
from governance.approvals.cards import Tile
from governance.permits import actions as permits
from governance.permits.models import Permit
from organization.currencies.queries import rate


def ask(invoice: Invoice, *, reason: str, by: Actor, at: datetime) -> Permit:
    """Inside the case's door. The invoice stays on hold; while it is asked for no other exception is opened."""
    lines = differing(invoice)
    more = total(lines)
    entity = invoice.entity
    own = product(more, rate(invoice.currency, entity.currency, at.date()).factor)
    share = half_up(more * 100 / (invoice.net_amount - more), 1) if invoice.net_amount > more else Decimal(100)
    return permits.ask(
        kind=EXCEPTION,
        about=invoice,
        about_title=f"{invoice.supplier_number} from {invoice.supplier.party.name}",
        about_url=f"/invoices/{invoice.number}/",
        entity=entity,
        site_id=None,
        amount=half_up(own, minor_unit(entity.currency)),
        reason=reason,
        tiles=[
            Tile(_("More than agreed"), "warn", f"{shown.money(more, invoice.currency)} (+{share} %)"),
            Tile(_("Lines"), "neutral", str(len(lines))),
            Tile(_("Invoice"), "neutral", shown.money(invoice.total_amount, invoice.currency)),
        ],
        facts={"difference": str(more)},
        words={"supplier_risk": invoice.supplier.risk_on(at.date())},
        by=by,
        at=at,
    )


@verb
def pay_difference(*, permit: Permit, by: Actor, at: datetime, key: str) -> Invoice:
    """It was granted: pay what was asked about. More than that, or a settled invoice, is not paid by it."""
    invoice: Any = fetch(permit.about)
    with deciding(invoice, by=by, key=key) as invoice:
        lines = differing(invoice) if invoice.status in UNSETTLED else []
        covers = bool(lines) and total(lines) <= Decimal(permit.facts["difference"])
        said = {"number": invoice.number, "permit": permit.number, "amount": permit.amount, "used": covers}
        if covers:
            for line in lines:
                accept_variance(invoice=invoice, line_number=line.number, reason=permit.number, by=by, at=at)
        else:
            run(invoice, by=by, at=at)
        journal.record(PriceExceptionGranted(subject=invoice.subject, **said), at=at)
    return invoice


@verb
def come_back(*, permit: Permit, by: Actor, at: datetime, key: str) -> Invoice:
    """It was not granted: the exception stands again and has its owner."""
    invoice: Any = fetch(permit.about)
    with deciding(invoice, by=by, key=key) as invoice:
        run(invoice, by=by, at=at)
    return invoice


def differing(invoice: Invoice) -> list[InvoiceLine]:
    """Lines with a difference that somebody may decide to pay."""
    return list(invoice.lines.filter(verdict__in=ACCEPTABLE, is_accepted=False).order_by("number"))


def total(lines: list[InvoiceLine]) -> Decimal:
    return sum((line.difference_amount for line in lines), Decimal(0))
