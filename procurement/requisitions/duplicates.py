"""What was asked for already: the same thing for the same place, lately, by whomever.

Two lines are *the same* when item, quantity and day agree, *alike* when they are close. Free text is compared by its
trigrams. A request is the same as another one when each of its lines is the same as one of the other's, and there are
as many.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import IntEnum

from django.db import connection
from django.utils.translation import gettext as _

from foundation.values.days import day_text
from foundation.values.exact import plain
from procurement.requisitions.lifecycle import RequisitionState as S
from procurement.requisitions.models import Requisition, RequisitionLine
from procurement.requisitions.parameters import DUPLICATE_DAYS
from procurement.requisitions.rules import WARN, Finding

COUNTED = [S.IN_APPROVAL, S.APPROVED, S.PARTLY_ORDERED, S.ORDERED]
CLOSE_DAYS, ALIKE_DAYS = 3, 14
ALIKE_SHARE = Decimal("0.75")
"""The smaller quantity as a share of the larger one, from which on two lines are alike."""
ALIKE_TEXT, SAME_TEXT = 0.55, 0.85
"""Trigram similarity of descriptions, 0 to 1."""
SHOWN = 3
"""Requests named to the requester; one is enough to ask back, more than these is noise."""

OTHERS = """
select r.number, r.status, coalesce(p.name, ''), r.submitted_at, r.line_count, l.item_id, l.quantity, l.need_by,
       asked.line, case when l.item_id is null then similarity(lower(l.description), asked.said) else 0 end
from unnest(%(lines)s::int[], %(items)s::bigint[], %(categories)s::bigint[], %(said)s::text[], %(sites)s::bigint[])
       as asked(line, item, category, said, site)
join procurement_requisitionline l on l.site_id = asked.site
     and (l.item_id = asked.item or (asked.item is null and l.item_id is null and l.category_id = asked.category))
join procurement_requisition r on r.id = l.requisition_id
left join organization_person p on p.id = r.requester_id
where r.entity_id = %(entity)s and r.status = any(%(counted)s) and r.submitted_at > %(since)s and r.id <> %(own)s
order by r.submitted_at desc, r.id desc
"""


class Degree(IntEnum):
    NONE = 0
    ALIKE = 1
    SAME = 2


@dataclass(frozen=True)
class Asked:
    """A line of another request that may be what one of ours asks for again. Quantities in base units."""

    number: str
    status: str
    requester: str
    submitted_at: datetime
    line_count: int
    item_id: int | None
    quantity: Decimal
    need_by: date
    line: int
    """The number of our line."""
    likeness: float = 0
    """Of the descriptions, where neither names an item."""

    @property
    def merges(self) -> bool:
        """Whether it still takes lines: what is approved is not opened again for more."""
        return self.status == S.IN_APPROVAL


def degree(line: RequisitionLine, other: Asked) -> Degree:
    """How much one line asks for what another one asked for."""
    apart = abs((line.need_by - other.need_by).days)
    share = min(line.quantity, other.quantity) / max(line.quantity, other.quantity)
    if line.item_id is None and other.likeness < ALIKE_TEXT:
        return Degree.NONE
    if share == 1 and apart <= CLOSE_DAYS and (line.item_id or other.likeness >= SAME_TEXT):
        return Degree.SAME
    return Degree.ALIKE if share >= ALIKE_SHARE and apart <= ALIKE_DAYS else Degree.NONE


@dataclass(frozen=True)
class Twins:
    """What of a request was asked for already, as far as it is worth a word."""

    degree: Degree
    findings: list[Finding]

    @property
    def word(self) -> str:
        """As a fact of the question (``likeness``): none, alike or same."""
        return self.degree.name.lower()


def twins(requisition: Requisition, lines: Iterable[RequisitionLine], *, at: datetime) -> Twins:
    """One query, whatever the number of lines."""
    lines = list(lines)
    return judged(lines, asked_before(requisition, lines, at=at))


def judged(lines: list[RequisitionLine], others: Iterable[Asked]) -> Twins:
    """The same whole request is said once; else the lines, each with the latest that was alike."""
    by_number = {line.number: line for line in lines}
    close = [(other, degree(by_number[other.line], other)) for other in others]
    close = [(other, how) for other, how in close if how]
    if not close:
        return Twins(Degree.NONE, [])
    if whole := _whole(lines, close):
        return Twins(Degree.SAME, [_said_of_all(whole)])
    return Twins(Degree.ALIKE, list(_said_of_lines(by_number, close)))


def _whole(lines: list[RequisitionLine], close: list[tuple[Asked, Degree]]) -> Asked | None:
    """A request that asked for all of it and for nothing else."""
    met: dict[str, set[int]] = defaultdict(set)
    for other, how in close:
        if how == Degree.SAME and other.line_count == len(lines):
            met[other.number].add(other.line)
    return next((other for other, _how in close if len(met[other.number]) == len(lines)), None)


def _said_of_all(other: Asked) -> Finding:
    sentence = _(
        "%(number)s of %(day)s asks for exactly this (%(who)s, %(state)s). Merge the two, or say in the note why both "
        "are needed."
    )
    return Finding("duplicate", WARN, sentence % _named(other), other=other.number, merges=other.merges)


def _said_of_lines(lines: dict[int, RequisitionLine], close: list[tuple[Asked, Degree]]) -> Iterator[Finding]:
    said: Counter[int] = Counter()
    for other, how in close:
        said[other.line] += 1
        if said[other.line] > 1 or len(said) > SHOWN:
            continue
        sentence = (
            _("%(number)s of %(day)s asks for the same, for %(need_by)s (%(who)s, %(state)s).")
            if how == Degree.SAME
            else _("%(number)s of %(day)s asks for %(quantity)s of it for %(need_by)s (%(who)s, %(state)s).")
        )
        yield Finding("duplicate", WARN, sentence % _named(other), other.line, other=other.number, merges=other.merges)


def _named(other: Asked) -> dict[str, str]:
    return {
        "number": other.number,
        "day": day_text(other.submitted_at.date()),
        "who": other.requester or _("the system"),
        "state": str(S(other.status).label).lower(),
        "quantity": plain(other.quantity),
        "need_by": day_text(other.need_by),
    }


def asked_before(requisition: Requisition, lines: list[RequisitionLine], *, at: datetime) -> list[Asked]:
    """Lines of other requests for the same item, or for the same category in words, at the same site; latest first."""
    given = {
        "lines": [line.number for line in lines],
        "items": [line.item_id for line in lines],
        "categories": [line.category_id for line in lines],
        "said": [line.description.lower() for line in lines],
        "sites": [line.site_id for line in lines],
        "entity": requisition.entity_id,
        "counted": [str(state) for state in COUNTED],
        "since": at - timedelta(days=DUPLICATE_DAYS.count(site=requisition.site_id, at=at)),
        "own": requisition.pk or 0,
    }
    with connection.cursor() as cursor:
        cursor.execute(OTHERS, given)
        return [Asked(*row) for row in cursor.fetchall()]
