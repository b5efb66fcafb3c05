"""From waiting lines to orders as they would be drafted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.timezone import localdate

from procurement.orders import grouping
from procurement.orders.grouping import Policy, PoolLine
from procurement.requisitions.models import RequisitionLine, Urgency
from suppliers.terms.queries import Book
from suppliers.terms.rules import Terms

NOBODY = 0
"""Stands for the supplier of lines that name none."""
RANK = {Urgency.EMERGENCY: 0, Urgency.URGENT: 1, Urgency.NORMAL: 2}
APART, LATER = "apart", "later"
"""Where a line can be sent besides one of the orders: onto its own order, or back to wait."""


@dataclass
class Group:
    """One order as it would be drafted."""

    key: str
    """Its number in the proposal, or ``apart-17`` for a line that was put on its own order."""
    lines: list[RequisitionLine]
    reasons: list[str] = field(default_factory=list)

    @property
    def supplier_id(self) -> int | None:
        return self.lines[0].supplier_id

    @property
    def first(self) -> RequisitionLine:
        return self.lines[0]

    @property
    def amount(self) -> Decimal:
        """In the entity's currency, for what is left of each line."""
        return sum((line.amount * line.remaining / line.quantity for line in self.lines), Decimal(0))

    @property
    def sites(self) -> list:
        return sorted({line.site for line in self.lines}, key=lambda site: site.code)


def groups(lines: Sequence[RequisitionLine], policy: Policy, moves: Mapping[int, str]) -> list[Group]:
    """What the policy proposes, then as the person moved lines: onto order N, apart, or later.

    A line moves only onto an order whose paper it can share; else it stays where the policy put it.
    """
    by_id = {line.pk: line for line in lines if moves.get(line.pk) != LATER}
    book = Book((line.supplier_id for line in by_id.values() if line.supplier_id), localdate())
    proposed = grouping.propose([_pool_line(line, book) for line in by_id.values()], policy)
    found = [
        Group(str(n), [by_id[pk] for pk in order.lines], [str(reason) for reason in order.reasons])
        for n, order in enumerate(proposed, start=1)
    ]
    return _moved(found, moves)


def _moved(found: list[Group], moves: Mapping[int, str]) -> list[Group]:
    alone: list[Group] = []
    for group in found:
        for line in list(group.lines):
            target = moves.get(line.pk, group.key)
            if target.startswith(APART) and len(group.lines) > 1:
                group.lines.remove(line)
                alone.append(Group(f"{APART}-{line.pk}", [line]))
            elif target != group.key and (other := _fitting(found, target, line)):
                group.lines.remove(line)
                other.lines.append(line)
    return [group for group in [*found, *alone] if group.lines]


def _fitting(found: list[Group], target: str, line: RequisitionLine) -> Group | None:
    other = next((group for group in found if group.key == target and group.lines), None)
    return other if other and _paper(other.first) == _paper(line) else None


def _paper(line: RequisitionLine) -> tuple[int | None, int, str]:
    return line.supplier_id, line.requisition.entity_id, line.currency


def _pool_line(line: RequisitionLine, book: Book) -> PoolLine:
    terms = _terms(line, book)
    return PoolLine(
        id=line.pk,
        supplier=line.supplier_id or NOBODY,
        entity=line.requisition.entity_id,
        currency=line.currency,
        site=line.site_id,
        need_by=line.need_by,
        payment_terms=terms.payment_terms if terms else "",
        delivery_terms=terms.incoterm if terms else "",
        urgency=RANK[Urgency(line.requisition.urgency)],
    )


def _terms(line: RequisitionLine, book: Book) -> Terms | None:
    if line.supplier is None:
        return None
    where = {"entity_id": line.requisition.entity_id, "site_id": line.site_id}
    return book.terms(line.supplier, **where, paths=[line.category.path])
