"""Match an invoice against what finance knows, and move it where it belongs."""

from datetime import datetime
from decimal import Decimal

from finance.commitments import actions as commitments
from finance.commitments.models import Commitment
from finance.invoices.actions import cases
from finance.invoices.actions.cases import ACCEPTABLE, CREDITABLE, TOTALS
from finance.invoices.actions.pay import release_held
from finance.invoices.events import InvoiceMatched
from finance.invoices.lifecycle import UNSETTLED, InvoiceState
from finance.invoices.models import Invoice, InvoiceLine
from finance.invoices.queries import is_early
from finance.matching import queries, totals
from finance.matching.rules import SEVERITY, Billed, Ordered, Received, Verdict
from finance.matching.totals import Invoice as Claim
from finance.matching.totals import InvoiceLine as ClaimLine
from finance.matching.totals import InvoiceMatch, Tax
from foundation.documents import sets
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from foundation.values.exact import half_up, percent_of
from foundation.values.money import minor_unit
from suppliers.banking import queries as banking

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


def rematch_supplier(*, supplier_id: int, by: Actor, at: datetime, key: str) -> None:
    """What held up its payments may be over: match again what matched, and release what goes through by itself."""
    rows = Invoice.objects.everywhere(because=BECAUSE).filter(supplier=supplier_id, status=InvoiceState.MATCHED)
    _rematch(rows.values("pk"), by=by, at=at, key=key)


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
    judged = totals.match_invoice(_said(invoice, lines, held), _known(held), tolerance.rules)
    verdict = _write(invoice, lines, judged)
    cap = tolerance.straight_through_cap
    goes_through = verdict == Verdict.MATCHED and cap is not None and invoice.total_amount <= cap
    if goes_through and not is_early(invoice) and not banking.hold(invoice.supplier, invoice.entity_id):
        release_held(invoice, lines, held, straight_through=True, by=by, at=at)
    else:
        _move(invoice, verdict, at=at)
    cases.own(invoice, verdict, by=by, at=at)
    journal.record(_matched(invoice, lines), at=at)


def _write(invoice: Invoice, lines: list[InvoiceLine], judged: InvoiceMatch) -> str:
    """Put each line's verdict on the line and the worst on the invoice.

    Differences that a person accepted, or that a credit note gives back, count as none.
    """
    worst, sentence, variance = str(Verdict.MATCHED), "", Decimal(0)
    for line in lines:
        found = judged.lines[line.number]
        line.verdict, line.difference_amount = found.verdict, found.money_difference
        line.sentence = " ".join(reason.sentence for reason in found.reasons)[:300]
        is_accepted = line.is_accepted and found.verdict in ACCEPTABLE
        if is_accepted or (line.is_credited and found.verdict in CREDITABLE):
            continue
        if SEVERITY[found.verdict] > SEVERITY[Verdict(worst)]:
            worst, sentence = found.verdict, line.sentence
            variance += found.money_difference
    if judged.reasons and SEVERITY[Verdict(worst)] < SEVERITY[Verdict.PRICE_VARIANCE]:
        worst, sentence = TOTALS, " ".join(reason.sentence for reason in judged.reasons)
    sets.write(lines, ["verdict", "sentence", "difference_amount"])
    invoice.verdict, invoice.variance_amount = sentence[:300], variance
    return worst


def _said(invoice: Invoice, lines: list[InvoiceLine], held: dict[int, Commitment]) -> Claim:
    """The invoice as the kernel reads it; earlier invoices are in ``already``."""
    billed = [
        ClaimLine(
            number=line.number,
            order_line=line.commitment_id,
            billed=Billed(
                quantity=line.quantity,
                price=line.price,
                amount=line.amount,
                currency=invoice.currency,
                already=held[line.commitment_id].billed if line.commitment_id else Decimal(0),
            ),
            tax_percent=line.tax_percent,
        )
        for line in lines
    ]
    return Claim(invoice.currency, tuple(billed), invoice.total_amount, taxes=_taxes(invoice, lines))


def _taxes(invoice: Invoice, lines: list[InvoiceLine]) -> tuple[Tax, ...]:
    """The stated tax by rate. An invoice states one sum; with several rates each is computed, and the total tells."""
    rates = {line.tax_percent for line in lines}
    if len(rates) == 1:
        return (Tax(rates.pop(), invoice.net_amount, invoice.tax_amount),)
    bases = {rate: sum((x.amount for x in lines if x.tax_percent == rate), Decimal(0)) for rate in rates}
    places = minor_unit(invoice.currency)
    return tuple(Tax(rate, base, half_up(percent_of(base, rate), places)) for rate, base in sorted(bases.items()))


def _known(held: dict[int, Commitment]) -> dict[int, tuple[Ordered, Received]]:
    return {
        pk: (
            Ordered(quantity=row.quantity, price=row.price, currency=row.currency),
            Received(
                accepted=row.received - row.on_hold,
                on_hold=row.on_hold,
                expected=max(row.quantity - row.received, Decimal(0)),
            ),
        )
        for pk, row in held.items()
    }


def _move(invoice: Invoice, verdict: str, *, at: datetime) -> None:
    if verdict == Verdict.MATCHED:
        move(invoice.match, at=at)
    elif verdict == Verdict.WAITING_RECEIPT:
        move(invoice.wait_for_receipt)
    elif verdict == Verdict.BLOCKED_BY_CASE:
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
