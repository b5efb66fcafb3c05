"""An invoice held against order and receipt, line by line, as a person must see it to decide."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from finance.commitments.models import Commitment
from finance.invoices.actions.cases import ACCEPTABLE
from finance.invoices.lifecycle import UNSETTLED, InvoiceState
from finance.invoices.models import Invoice, InvoiceLine
from finance.matching.queries import Applied, tolerance_for
from finance.matching.rules import Verdict
from foundation.screens.tones import BAD, HOLD, OK, WAIT, WARN
from foundation.values.exact import leeway, percent_of

SHOWN: dict[str, tuple[str, str | Promise]] = {
    Verdict.MATCHED: (OK, gettext_lazy("Matches")),
    Verdict.WAITING_RECEIPT: (WAIT, gettext_lazy("Waits for goods")),
    Verdict.BLOCKED_BY_CASE: (HOLD, gettext_lazy("Held by a case")),
    Verdict.QUANTITY_OVER_RECEIVED: (WARN, gettext_lazy("More than received")),
    Verdict.PRICE_VARIANCE: (WARN, gettext_lazy("Price differs")),
    Verdict.QUANTITY_OVER_ORDERED: (WARN, gettext_lazy("More than ordered")),
    Verdict.CURRENCY_DIFFERS: (BAD, gettext_lazy("Other currency")),
    Verdict.NOT_ON_ORDER: (BAD, gettext_lazy("Not on the order")),
}


@dataclass(frozen=True)
class Compared:
    """One line: what was ordered, what came, what is billed. A difference is None where there is none."""

    line: InvoiceLine
    ordered: Commitment | None
    already: Decimal
    """Billed by other invoices, released before."""
    quantity_difference: Decimal | None
    quantity_allowed: Decimal
    price_difference: Decimal | None
    price_share: Decimal | None
    price_allowed: Decimal
    can_accept: bool

    @property
    def accepted(self) -> Decimal:
        """Received, and ours to pay for."""
        return self.ordered.received - self.ordered.on_hold if self.ordered else Decimal(0)

    @property
    def unit(self) -> str:
        return self.ordered.item.base_unit.code if self.ordered and self.ordered.item else ""

    @property
    def is_covered(self) -> bool:
        """Somebody pays the difference, or a credit note gives it back."""
        return self.line.is_accepted or self.line.is_credited

    @property
    def stops(self) -> bool:
        return self.line.verdict not in ("", Verdict.MATCHED) and not self.is_covered

    @property
    def tone(self) -> str:
        return OK if self.is_covered else SHOWN.get(self.line.verdict, (WAIT, ""))[0]

    @property
    def label(self) -> str:
        if self.is_covered:
            return _("Accepted") if self.line.is_accepted else _("Credited")
        return str(SHOWN.get(self.line.verdict, (WAIT, ""))[1])


@dataclass(frozen=True)
class Workbench:
    rows: list[Compared]
    tolerance: Applied

    @property
    def stopping(self) -> list[Compared]:
        return [row for row in self.rows if row.stops]

    def headline(self, invoice: Invoice) -> str:
        """``3 of 22 lines stop this invoice.``"""
        stopping = len(self.stopping)
        if not stopping:
            return ""
        text = ngettext(
            "%(stopping)s of %(count)s line stops this invoice.",
            "%(stopping)s of %(count)s lines stop this invoice.",
            len(self.rows),
        )
        return text % {"stopping": stopping, "count": len(self.rows)}


def workbench(invoice: Invoice) -> Workbench:
    """Three queries, whatever the number of lines."""
    lines = invoice.lines.order_by("number")
    known = Commitment.objects.everywhere(because="what an invoice in hand bills").select_related("item__base_unit")
    commitments = {row.pk: row for row in known.filter(billing__invoice=invoice)}
    applied = tolerance_for(invoice.entity_id, invoice.supplier_id)
    return Workbench([_compared(invoice, line, commitments, applied) for line in lines], applied)


def _compared(invoice: Invoice, line: InvoiceLine, commitments: dict[int, Commitment], applied: Applied) -> Compared:
    rules, ordered = applied.rules, commitments.get(line.commitment_id or 0)
    price = ordered.price if ordered else line.price
    mine = line.quantity if invoice.status == InvoiceState.RELEASED else Decimal(0)
    already = ordered.billed - mine if ordered else Decimal(0)
    accepted = ordered.received - ordered.on_hold if ordered else Decimal(0)
    over = already + line.quantity - accepted
    more = line.price - price
    return Compared(
        line=line,
        ordered=ordered,
        already=already,
        quantity_difference=over if ordered and over else None,
        quantity_allowed=percent_of(accepted, rules.quantity_percent),
        price_difference=more or None,
        price_share=more / price if price and more else None,
        price_allowed=leeway(price, rules.price_percent, rules.price_absolute),
        can_accept=line.verdict in ACCEPTABLE and not line.is_accepted and invoice.status in UNSETTLED,
    )
