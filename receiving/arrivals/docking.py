"""What a change of dates does at the dock: what arrives on which day, whether somebody receives, whether it fits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils.translation import gettext as _

from organization.calendars.queries import public_holidays, week
from organization.sites.queries import calendar_of
from procurement.changes.models import ChangeField, ChangeLine, ChangeRequest
from procurement.orders.models import PurchaseOrderLine
from receiving.arrivals.models import Expected
from receiving.arrivals.parameters import DOCK_LINES

BECAUSE = "a dock is as full as it is, whoever may see with what"


@dataclass(frozen=True)
class DockDay:
    """One day that the change touches: lines that arrive as it stands, and with the change."""

    on: date
    before: int
    after: int
    most: int
    closed: str
    """Why nobody receives on that day; empty on a working day."""

    @property
    def is_over(self) -> bool:
        return self.after > max(self.most, self.before)

    @property
    def is_missed(self) -> bool:
        """Goods would stand before a closed door."""
        return bool(self.closed) and self.after > self.before


def days(change: ChangeRequest, *, at: datetime) -> list[DockDay]:
    """Every day that goods leave or come to. Five queries, whatever the change."""
    site, moves = change.order.site_id, _moves(change)
    touched = {day for pair in moves for day in pair if day}
    if not touched:
        return []
    rows = Expected.objects.everywhere(because=BECAUSE).filter(site=site, expected_on__in=touched, quantity__gt=0)
    counted = dict(rows.order_by().values_list("expected_on").annotate(Count("pk")))
    shifted = Counter(to for _from, to in moves if to)
    shifted.subtract(Counter(day for day, _to in moves))
    closed, most = _closed(site, touched), DOCK_LINES.count(site=site, at=at)
    return [
        DockDay(on, before := counted.get(on, 0), max(before + shifted[on], 0), most, closed.get(on, ""))
        for on in sorted(touched)
    ]


def _moves(change: ChangeRequest) -> list[tuple[date, date | None]]:
    """For each line of the change: the day on which it is expected, and the day it would come instead, if at all."""
    rows = list(change.lines.filter(is_declined=False, field__in=[ChangeField.DATE, ChangeField.CANCEL]))
    label = PurchaseOrderLine._meta.label_lower
    sources = {f"{label}:{row.order_line_id}": row for row in rows}
    coming = Expected.objects.everywhere(because=BECAUSE).filter(source__in=sources, quantity__gt=0)
    found = []
    for one in coming.order_by("pk"):
        to = _then(sources[one.source])
        if to != one.expected_on:
            found.append((one.expected_on, to))
    return found


def _then(row: ChangeLine) -> date | None:
    return date.fromisoformat(row.after) if row.field == ChangeField.DATE else None


def _closed(site: int, on: Iterable[date]) -> dict[date, str]:
    """Days on which nobody works there, and why."""
    calendar = calendar_of(site)
    if calendar is None:
        return {}
    years = sorted({day.year for day in on})
    counted = week(calendar, years)
    return {
        day: public_holidays(calendar.country, day.year).get(day) or _("closed")
        for day in on
        if not counted.is_working_day(day)
    }
