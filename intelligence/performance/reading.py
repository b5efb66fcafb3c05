"""What was recorded of one supplier, read in a handful of queries whatever it ordered."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min

from finance.invoices.events import InvoiceMatched
from finance.invoices.lifecycle import InvoiceState
from finance.invoices.models import InvoiceLine
from foundation.journal.models import Entry
from governance.cases.events import CaseResolved
from governance.cases.lifecycle import CaseState
from governance.cases.models import Case
from organization.calendars.models import Calendar
from organization.calendars.queries import week
from organization.calendars.rules import WorkingCalendar
from organization.sites.models import Site
from procurement.changes.lifecycle import ChangeState
from procurement.changes.models import ChangeField, ChangeLine, Origin
from procurement.chasing.models import Chase, Late
from procurement.confirmations.models import Confirmation, ConfirmationLine
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from receiving.receipts.lifecycle import ReceiptState
from receiving.receipts.models import ReceiptLine
from suppliers.scorecards.contesting import KIND
from suppliers.scorecards.glossary import Contest
from suppliers.supplier_items.models import SupplierItem
from suppliers.suppliers.models import Supplier
from suppliers.terms.queries import History

BECAUSE = "a supplier is judged by everything that was recorded"
STOOD = [ChangeState.APPLIED, ChangeState.ACCEPTED]
"""A change that counts."""
BEFORE = timedelta(days=366)
"""How long before the window an order may have been issued whose cases still fall into it."""


@dataclass
class Place:
    """A site with its day and its working hours."""

    site: Site
    zone: ZoneInfo
    hours: WorkingCalendar | None

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Where there is no calendar, every hour counts."""
        return self.hours.working_between(start, end) if self.hours else end - start


class Record:
    """Everything that the rules ask about one supplier, from *since* on, as it is known at *at*."""

    def __init__(self, supplier: Supplier, *, since: date, at: datetime) -> None:
        self.supplier, self.since, self.at = supplier, since, at
        self.agreed = History(supplier)
        start = datetime.combine(since, time(), at.tzinfo)
        self.places = places(range(since.year - 1, at.year + 2))
        self.orders = list(
            PurchaseOrder.objects.everywhere(because=BECAUSE)
            .filter(supplier=supplier, issued_at__gte=start - BEFORE, issued_at__lte=at)
            .order_by("pk")
        )
        by_order = {order.pk: order for order in self.orders}
        self.lines = list(
            PurchaseOrderLine.objects.everywhere(because=BECAUSE)
            .filter(order__in=by_order)
            .select_related("category")
            .order_by("pk")
        )
        for line in self.lines:
            line.order = by_order[line.order_id]
        self.offered = dict(SupplierItem.objects.filter(supplier=supplier).values_list("item_id", "lead_time_days"))
        self.answers = _first_answers(by_order)
        self.first_answered = _first_answered(by_order)
        self.spent = {pk: self._spent(chase) for pk, chase in _chases(by_order).items()}
        self.changes = _date_changes(by_order)
        self.received = _received(supplier, start - BEFORE)
        self.arrived = _grouped((line for line in self.received if line.order_line_id), "order_line_id")
        self.billed = _billed(supplier, start)
        self.of_commitment = _of_commitment({line.commitment_id for line in self.billed})
        self.runs = _runs({line.invoice_id for line in self.billed})
        self.contests = contests(supplier)

    def _spent(self, chase: Chase) -> dict[str, int]:
        """Whose working seconds went by since the answer was due: what was written down, and what runs now."""
        running = timedelta() if chase.settled_at else self.places[chase.order.site_id].worked(chase.since, self.at)
        now = running // timedelta(seconds=1)
        return {**chase.spent, chase.waits_for: chase.spent.get(chase.waits_for, 0) + now}

    def moves(self, line: PurchaseOrderLine) -> list[tuple[datetime, date]]:
        """When the buyer moved the date of a line, and to when."""
        return [
            (one.change.decided_at, date.fromisoformat(one.after))
            for one in self.changes.get(line.pk, [])
            if one.change.origin == Origin.BUYER and one.change.status in STOOD and not one.is_declined
        ]

    def wanted_on(self, line: PurchaseOrderLine) -> date:
        """The date of the first revision."""
        for one in self.changes.get(line.pk, []):
            if one.change.status in STOOD and not one.is_declined:
                return date.fromisoformat(one.before)
        return line.need_by

    def confirmed_for(self, line: PurchaseOrderLine) -> date | None:
        """The last day of the first answer, unless we did not agree to it."""
        rows = self.answers.get(line.pk, [])
        days = [row.promised_on for row in rows if row.promised_on]
        if not days:
            return None
        change = rows[0].confirmation.change
        if rows[0].verdict != "deviates" or change is None:
            return max(days)
        mine = [one for one in self.changes.get(line.pk, []) if one.change_id == change.pk]
        is_agreed = change.status in STOOD and not any(one.is_declined for one in mine)
        return max(days) if is_agreed else None


def places(years: Iterable[int]) -> dict[int, Place]:
    """Every site. Two queries."""
    counted = list(years)
    weeks = {calendar.pk: week(calendar, counted) for calendar in Calendar.objects.all()}
    return {
        site.pk: Place(site, ZoneInfo(site.timezone), weeks.get(site.calendar_id or site.entity.calendar_id))
        for site in Site.objects.select_related("entity")
    }


def contests(supplier: Supplier) -> dict[str, tuple[str, str]]:
    """Measure and subject of what was contested -> how it stands, and why."""
    cases = Case.objects.everywhere(because=BECAUSE).filter(kind=KIND, about=supplier.subject).order_by("pk")
    rows = {case.subject: case for case in cases}
    reasons = {
        entry.subject: str(entry.facts.get("facts", {}).get("reason", ""))
        for entry in Entry.objects.filter(subject__in=rows, name=CaseResolved.name).order_by("number")
    }
    found = {}
    for subject, case in rows.items():
        if case.is_unsolved:
            found[case.cause] = (Contest.OPEN.value, "")
        elif case.status != CaseState.AUTO_RESOLVED:
            is_out = case.resolution == "exclude"
            found[case.cause] = (Contest.EXCLUDED if is_out else Contest.KEPT).value, reasons.get(subject, "")[:300]
    return found


def _first_answers(orders: dict[int, PurchaseOrder]) -> dict[int, list[ConfirmationLine]]:
    """Order line -> the rows of the first answer that speaks of it."""
    rows = ConfirmationLine.objects.filter(confirmation__order__in=orders)
    found: dict[int, list[ConfirmationLine]] = defaultdict(list)
    for row in rows.select_related("confirmation__change").order_by("confirmation__received_at", "pk"):
        mine = found[row.order_line_id]
        if not mine or mine[0].confirmation_id == row.confirmation_id:
            mine.append(row)
    return found


def _first_answered(orders: dict[int, PurchaseOrder]) -> dict[int, datetime]:
    """Order -> when it was first answered."""
    rows = Confirmation.objects.everywhere(because=BECAUSE).filter(order__in=orders)
    firsts = rows.order_by("order").values_list("order").annotate(first=Min("received_at"))
    return dict(firsts)


def _chases(orders: dict[int, PurchaseOrder]) -> dict[int, Chase]:
    """Order -> how its first answer was waited for, where it was late."""
    rows = Chase.objects.everywhere(because=BECAUSE).filter(order__in=orders, kind=Late.CONFIRMATION)
    return {chase.order_id: chase for chase in rows.select_related("order").order_by("-pk")}


def _date_changes(orders: dict[int, PurchaseOrder]) -> dict[int, list[ChangeLine]]:
    """Order line -> the moves of its date that were ever proposed, in the order in which they were decided."""
    rows = ChangeLine.objects.filter(change__order__in=orders, field=ChangeField.DATE)
    return _grouped(rows.select_related("change").order_by("change__decided_at", "pk"), "order_line_id")


def _received(supplier: Supplier, since: datetime) -> list[ReceiptLine]:
    """What was counted and stands: neither reversed nor a reversal."""
    rows = ReceiptLine.objects.everywhere(because=BECAUSE).filter(
        receipt__supplier=supplier,
        receipt__status=ReceiptState.POSTED,
        receipt__reverses=None,
        receipt__arrived_at__gte=since,
    )
    return list(rows.select_related("receipt__notice", "notice_line").order_by("pk"))


def _billed(supplier: Supplier, since: datetime) -> list[InvoiceLine]:
    """Lines that name an order line, of every invoice that was not cancelled."""
    rows = InvoiceLine.objects.everywhere(because=BECAUSE).filter(
        invoice__supplier=supplier, invoice__received_at__gte=since, commitment__isnull=False
    )
    standing = rows.exclude(invoice__status=InvoiceState.CANCELLED)
    return list(standing.select_related("invoice", "commitment").order_by("pk"))


def _of_commitment(commitments: set[int]) -> dict[int, PurchaseOrderLine]:
    rows = PurchaseOrderLine.objects.everywhere(because=BECAUSE).filter(commitment__in=commitments)
    return {row.commitment_id: row for row in rows.select_related("order")}


def _runs(invoices: set[int]) -> dict[tuple[int, int], list[str]]:
    """Invoice and line number -> what each run of the match said, first to last."""
    subjects = {f"{InvoiceLine._meta.app_label}.invoice:{pk}": pk for pk in invoices}
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for entry in Entry.objects.filter(subject__in=subjects, name=InvoiceMatched.name).order_by("number"):
        for number, verdict, _sentence in entry.facts["lines"]:
            found[subjects[entry.subject], number].append(verdict)
    return found


def _grouped(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
