"""Take an invoice in and match it in the same breath."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from finance.commitments import actions as commitments
from finance.commitments.models import Commitment
from finance.invoices.actions import crediting
from finance.invoices.actions.match import run
from finance.invoices.events import InvoiceCaptured
from finance.invoices.lifecycle import InvoiceState
from finance.invoices.models import Invoice, InvoiceLine
from foundation.documents import rows
from foundation.door import deciding, opening, verb
from foundation.files.models import StoredFile
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import CLIENT, SUPPLIER, Actor
from organization.entities.models import LegalEntity
from suppliers.suppliers.models import Supplier

GONE = (InvoiceState.CANCELLED, InvoiceState.REJECTED)
"""What asks for nothing any more."""


@dataclass(frozen=True, kw_only=True)
class Charged:
    """One line of an invoice; quantity and price in the item's base unit."""

    description: str
    quantity: Decimal
    price: Decimal
    amount: Decimal
    order_number: str = ""
    line_number: int | None = None
    tax_percent: Decimal = Decimal(0)


@verb
def capture(
    *,
    entity: LegalEntity,
    supplier: Supplier,
    supplier_number: str,
    invoiced_on: date,
    currency: str,
    charged: Iterable[Charged],
    tax_amount: Decimal,
    total_amount: Decimal,
    by: Actor,
    at: datetime,
    key: str | None = None,
    due_on: date | None = None,
    file: StoredFile | None = None,
    credits: Invoice | None = None,
) -> Invoice:
    """Record what the supplier asks for and match it.

    Refused when the supplier used this number before in the same year. Figures that do not add up are captured as
    they stand and become a case. With ``credits`` it is a credit note of that invoice, which was released or waits
    for it, and its figures are negative; refused when more would be given back than was asked for.
    """
    charged = list(charged)
    with opening(by=by, key=key):  # a repeat is answered before its number would be found taken
        invoice = Invoice(
            number=numbering.take("INV", entity.code, invoiced_on),
            supplier_number=supplier_number.strip(),
            entity=entity,
            supplier=supplier,
            invoiced_on=invoiced_on,
            due_on=due_on,
            currency=currency,
            net_amount=sum((line.amount for line in charged), Decimal(0)),
            tax_amount=tax_amount,
            total_amount=total_amount,
            received_at=at,
            captured_by=str(by),
            file=file,
            credits=credits,
        )
        if by.kind not in (SUPPLIER, CLIENT):  # neither speaks but for its own supplier
            allow(by, "capture_invoice", invoice)
        _alone(invoice)
        _new(invoice)
        with deciding(invoice, by=by, first=[credits] if credits else []) as invoice:
            if credits:
                _creditable(invoice, _fresh(credits))
            InvoiceLine.objects.bulk_create(_lines(invoice, charged))
            journal.record(_captured(invoice), at=at)
            if credits:
                crediting.book(invoice, _fresh(credits), by=by, at=at)
            run(invoice, by=by, at=at)
    return invoice


def _captured(invoice: Invoice) -> InvoiceCaptured:
    return InvoiceCaptured(
        subject=invoice.subject,
        number=invoice.number,
        supplier_number=invoice.supplier_number,
        supplier_id=invoice.supplier_id,
        total=invoice.total_amount,
        currency=invoice.currency,
    )


def _alone(invoice: Invoice) -> None:
    """Captures of one number wait for each other, so that the second finds the first and says so.

    There is no row to lock before the first is captured. The unique constraint stays as the guard behind.
    """
    number = f"{invoice.supplier_id} {invoice.supplier_number.upper()} {invoice.invoiced_on.year}"
    rows.alone(f"invoice {number}")


def _new(invoice: Invoice) -> None:
    if not invoice.supplier_number:
        raise Refused(_("Give the supplier's invoice number."))
    known = Invoice.objects.everywhere(because="a number counts once, whoever may see it").filter(
        supplier=invoice.supplier,
        supplier_number__iexact=invoice.supplier_number,
        invoiced_on__year=invoice.invoiced_on.year,
    )
    if twin := known.exclude(status__in=GONE).first():
        said = {"number": invoice.supplier_number, "ours": twin.number}
        raise Refused(_("Invoice %(number)s was captured already, as %(ours)s.") % said)


def _fresh(invoice: Invoice) -> Invoice:
    """As it is under its lock."""
    return Invoice.objects.everywhere(because="held by the turn").get(pk=invoice.pk)


def _creditable(note: Invoice, invoice: Invoice) -> None:
    said = {"number": invoice.supplier_number}
    if (invoice.supplier_id, invoice.entity_id) != (note.supplier_id, note.entity_id) or invoice.credits_id:
        raise Refused(_("There is no invoice %(number)s to be credited.") % said)
    if objection := crediting.why_not(note, invoice):
        raise Refused(objection)
    notes = Invoice.objects.everywhere(because="what was given back counts, whoever may see it").filter(credits=invoice)
    notes = notes.exclude(pk=note.pk).exclude(status__in=GONE)
    given = -sum((one.total_amount for one in notes), note.total_amount)
    if given <= 0 or given > invoice.total_amount:
        said |= {"total": f"{invoice.total_amount:.2f}", "given": f"{given:.2f}"}
        raise Refused(_("%(given)s would be given back of invoice %(number)s, which asks for %(total)s.") % said)


def _lines(invoice: Invoice, charged: list[Charged]) -> list[InvoiceLine]:
    numbers = {line.order_number for line in charged if line.order_number}
    bound = Commitment.objects.everywhere(because=commitments.BECAUSE).filter(
        order_number__in=numbers, supplier=invoice.supplier, entity=invoice.entity
    )
    known = {(row.order_number, row.line_number): row for row in bound}
    return [
        InvoiceLine(
            invoice=invoice,
            number=number,
            description=line.description,
            order_number=line.order_number,
            commitment=known.get((line.order_number, line.line_number or 0)),
            quantity=line.quantity,
            price=line.price,
            amount=line.amount,
            tax_percent=line.tax_percent,
        )
        for number, line in enumerate(charged, start=1)
    ]
