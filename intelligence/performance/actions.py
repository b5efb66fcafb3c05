"""Compute scorecards, and see whose have to be computed again."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db.models import Max

from finance.invoices.events import InvoiceMatched
from foundation.journal.models import Entry
from governance.cases.events import CaseOpened, CaseReopened, CaseResolved
from intelligence.performance.judging import cases
from intelligence.performance.reading import Record
from procurement.changes.events import ChangeApplied
from procurement.chasing.events import ChaseSettled, ChaseTurned
from procurement.confirmations.events import ConfirmationReceived
from procurement.orders.events import LineClosedShort, OrderCancelled, OrderIssued, OrderRevised
from receiving.receipts.events import GoodsReceived, ReceiptReversed
from suppliers.scorecards import actions as scorecards
from suppliers.scorecards.models import Scorecard
from suppliers.suppliers.models import Supplier

MONTHS = 12
"""The current month is the last of them."""
MARGIN = timedelta(minutes=5)
"""An entry is seen when its transaction commits, some time after it says it was recorded."""
TELLING = [
    *(OrderIssued, OrderRevised, OrderCancelled, LineClosedShort, ConfirmationReceived, ChangeApplied, ChaseTurned),
    *(ChaseSettled, GoodsReceived, ReceiptReversed, InvoiceMatched, CaseOpened, CaseResolved, CaseReopened),
]
"""What changes a figure."""
THROUGH = {
    "procurement.purchaseorder": "supplier_id",
    "procurement.confirmation": "order__supplier_id",
    "procurement.changerequest": "order__supplier_id",
    "procurement.chase": "order__supplier_id",
    "receiving.receipt": "supplier_id",
    "finance.invoice": "supplier_id",
    "governance.case": "supplier_id",
}
"""What such an event is about -> where that says whose it is."""


def first_month(at: datetime) -> date:
    """Of the twelve that a scorecard shows."""
    month = at.year * 12 + at.month - MONTHS
    return date(month // 12, month % 12 + 1, 1)


def reckon(*, supplier: Supplier, at: datetime) -> None:
    """Everything of one supplier from scratch, as it stands at *at*; what stands already is left alone."""
    since = first_month(at)
    record = Record(supplier, since=since, at=at)
    scorecards.publish(supplier_id=supplier.pk, since=since, counted=list(cases(record)), at=at)


def rank(*, at: datetime) -> None:
    scorecards.rank(since=first_month(at), at=at)


def stale(at: datetime, *, limit: int) -> list[Supplier]:
    """Those of whom something was recorded since their figures were computed, and all whose figures are of another
    day (what is late becomes so without an event), the oldest figures first.
    """
    computed = dict(Scorecard.objects.values_list("supplier_id", "computed_at"))
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    heard = _heard(midnight - MARGIN)
    never = datetime.min.replace(tzinfo=at.tzinfo)

    def is_stale(pk: int) -> bool:
        last = computed.get(pk)
        return last is None or last < midnight or (pk in heard and heard[pk] >= last - MARGIN)

    wanted = sorted(
        (pk for pk in Supplier.objects.values_list("pk", flat=True) if is_stale(pk)),
        key=lambda pk: (computed.get(pk, never), pk),
    )
    return list(Supplier.objects.filter(pk__in=wanted[:limit]).order_by("pk"))


def _heard(since: datetime) -> dict[int, datetime]:
    """Supplier -> when something was last recorded that changes its figures."""
    entries = Entry.objects.filter(name__in=[kind.name for kind in TELLING], recorded_at__gte=since)
    said: dict[str, dict[int, datetime]] = defaultdict(dict)
    for subject, last in entries.order_by().values_list("subject").annotate(last=Max("recorded_at")):
        kind, _, pk = subject.partition(":")
        said[kind][int(pk)] = last
    found: dict[int, datetime] = {}
    for kind, path in THROUGH.items():
        rows = apps.get_model(kind)._base_manager.filter(pk__in=said[kind])
        for pk, supplier in rows.values_list("pk", path):
            if supplier:
                found[supplier] = max(said[kind][pk], found.get(supplier, said[kind][pk]))
    return found
