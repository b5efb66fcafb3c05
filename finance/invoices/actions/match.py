"""Match an invoice against what finance knows, and move it where it belongs."""

from datetime import datetime
from decimal import Decimal

from finance.commitments import actions as commitments
from finance.commitments.models import Commitment
from finance.invoices.actions import cases
from finance.invoices.actions.pay import release_held
from finance.invoices.events import InvoiceMatched
from finance.invoices.lifecycle import UNSETTLED
from finance.invoices.models import Invoice, InvoiceLine
from finance.matching import queries, rules
from finance.matching.rules import Billed, Ordered, Verdict
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor

BECAUSE = "matching looks at every invoice"


@verb
def match(*, invoice: Invoice, by: Actor, at: datetime, seen: int, key: str) -> Invoice:
    """Match again by hand."""
    with deciding(invoice, by=by, seen=seen, key=key) as invoice:
        allow(by, "capture_invoice", invoice)
        run(invoice, by=by, at=at)
    return invoice


def rematch_order(*, order_number: str, by: Actor, at: datetime, key: str) -> None:
    """Goods of this order moved: match every unsettled invoice that bills it."""
    lines = InvoiceLine.objects.everywhere(because=BECAUSE).filter(order_number=order_number)
    _rematch(lines.values("invoice_id"), by=by, at=at, key=key)


def rematch_case(*, case_id: int, by: Actor, at: datetime, key: str) -> None:
    """A case is over: match every unsettled invoice that bills what it held."""
    held = Commitment.objects.everywhere(because=BECAUSE).filter(accruals__case_id=case_id)
    lines = InvoiceLine.objects.everywhere(because=BECAUSE).filter(commitment__in=held)
    _rematch(lines.values("invoice_id"), by=by, at=at, key=key)


def _rematch(which: object, *, by: Actor, at: datetime, key: str) -> None:
    for invoice in (
        Invoice.objects.everywhere(because=BECAUSE).filter(pk__in=which, status__in=UNSETTLED).order_by("pk")
    ):
        _rematch_one(invoice=invoice, by=by, at=at, key=f"{key}:{invoice.pk}")


@verb
def _rematch_one(*, invoice: Invoice, by: Actor, at: datetime, key: str) -> Invoice:
    with deciding(invoice, by=by, key=key) as invoice:
        run(invoice, by=by, at=at)
    return invoice


def run(invoice: Invoice, *, by: Actor, at: datetime) -> None:
    """Judge every line, move the invoice, own the exception. The invoice's door is open."""
    if invoice.status not in UNSETTLED:
        journal.record(_matched(invoice, []), at=at, told=False)
        return
    lines = list(invoice.lines.order_by("number"))
    held = commitments.held(line.commitment_id for line in lines if line.commitment_id)
    tolerance = queries.tolerance_for(invoice.entity_id, invoice.supplier_id)
    verdicts = judge(lines, held, invoice.currency, tolerance.rules)
    InvoiceLine.objects.everywhere(because="lines of a held invoice").bulk_update(
        lines, ["verdict", "sentence", "difference_amount"]
    )
    worst = rules.worst(verdicts)
    invoice.verdict = worst.sentence[:300] if worst else ""
    invoice.variance_amount = sum((v.difference for v in verdicts), Decimal(0))
    code = worst.code if worst else rules.MATCHED
    cap = tolerance.straight_through_cap
    if code == rules.MATCHED and cap is not None and invoice.total_amount <= cap:
        release_held(invoice, lines, held, straight_through=True, by=by, at=at)
    else:
        _move(invoice, code, at=at)
    cases.own(invoice, code, by=by, at=at)
    journal.record(_matched(invoice, lines), at=at)


def judge(
    lines: list[InvoiceLine], held: dict[int, Commitment], currency: str, tolerance: rules.Tolerance
) -> list[Verdict]:
    """A verdict a line, written on the line; several lines on one order line count together."""
    billed: dict[int, Decimal] = {}
    verdicts = []
    for line in lines:
        row = held.get(line.commitment_id) if line.commitment_id else None
        ordered = _ordered(row, billed.get(row.pk, Decimal(0))) if row else None
        verdict = rules.match(ordered, Billed(line.quantity, line.price, line.amount, currency), tolerance)
        if line.is_accepted:
            verdict = Verdict(rules.MATCHED, verdict.sentence)
        if row:
            billed[row.pk] = billed.get(row.pk, Decimal(0)) + line.quantity
        line.verdict, line.sentence, line.difference_amount = verdict.code, verdict.sentence, verdict.difference
        verdicts.append(verdict)
    return verdicts


def _ordered(row: Commitment, before: Decimal) -> Ordered:
    return Ordered(
        quantity=row.quantity,
        price=row.price,
        currency=row.currency,
        received=row.received,
        on_hold=row.on_hold,
        billed=row.billed + before,
    )


def _move(invoice: Invoice, code: str, *, at: datetime) -> None:
    if code == rules.MATCHED:
        move(invoice.match, at=at)
    elif code == rules.WAITING:
        move(invoice.wait_for_receipt)
    elif code == rules.BLOCKED:
        move(invoice.block)
    else:
        move(invoice.differ)


def _matched(invoice: Invoice, lines: list[InvoiceLine]) -> InvoiceMatched:
    return InvoiceMatched(
        subject=invoice.subject,
        number=invoice.number,
        status=invoice.status,
        variance=invoice.variance_amount,
        lines=[[line.number, line.verdict, line.sentence] for line in lines],
    )
