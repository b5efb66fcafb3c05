"""Make one of several unsent orders, or two of one. Lines move whole: quantity, price, approval and lineage stay."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.documents import sets
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.sites.queries import today
from procurement.orders.events import LinesMovedIn, LinesMovedOut, OrderCancelled, OrderDrafted
from procurement.orders.lifecycle import UNSENT, OrderState
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.regrouping import queries, rules

HEADER = (
    *("entity_id", "site_id", "supplier_id", "buyer_id", "currency", "rate"),
    *("payment_terms", "incoterm", "note", "approved_at"),
)
"""What an order that is split off has of the one it came from."""
Lines = list[PurchaseOrderLine]


@verb
def merge(
    *, into: PurchaseOrder, others: Sequence[PurchaseOrder], seen: Mapping[int, int], by: Actor, at: datetime, key: str
) -> PurchaseOrder:
    """Move every line of the others to ``into``; the emptied orders are cancelled and say where their lines are.

    ``seen``: of each order by its key, the version that was looked at. Budgets stay as they are: what the requests
    reserved hangs on their lines. Refused for orders of another supplier, entity, site or currency, for what was sent
    or is being approved, and where another rate makes the whole dearer than what was approved.
    """
    with deciding(into, by=by, seen=seen[into.pk], key=key, first=others) as into, ExitStack() as doors:
        emptied = [doors.enter_context(deciding(one, by=by, seen=seen[one.pk])) for one in others]
        for order in (into, *emptied):
            allow(by, "draft_order", order)
        if stops := list(rules.why_not_one([into, *emptied])):
            raise Refused(*stops)
        if grown := queries.why_not_grown(into, emptied, at=at):
            raise Refused(grown)
        lines = queries.lines_of([into, *emptied])
        for order in emptied:
            _move(lines[order.pk], order, into, lines[into.pk], at=at)
            _count(order, [])
            order.merged_into = into
            reason = _("merged into %(number)s") % {"number": into.number}
            move(order.cancel, reason=reason, at=at)
            said = {"number": order.number, "supplier_id": order.supplier_id, "reason": reason}
            journal.record(OrderCancelled(subject=order.subject, **said, was_issued=False), at=at)
        _head(into, lines[into.pk])
    return into


@verb
def split(
    *, order: PurchaseOrder, taken: Collection[int], by: Actor, at: datetime, seen: int, key: str
) -> PurchaseOrder:
    """Move lines, by their numbers, to a new order with the same paper and the same approval. At least one stays."""
    made = PurchaseOrder(
        number=numbering.take("PO", order.entity.code, today(order.site, at)),
        status=order.status if order.status in UNSENT else OrderState.DRAFT,
        created_at=at,
        **{name: getattr(order, name) for name in HEADER},
    )
    with (
        deciding(made, by=by, seen=seen, key=key, first=[order], of=order) as made,
        deciding(order, by=by) as order,
    ):
        allow(by, "draft_order", order)
        if why := rules.why_not_moved(order):
            raise Refused(why)
        lines = queries.lines_of([order])[order.pk]
        out = [line for line in lines if line.number in taken]
        if len(out) != len(set(taken)):
            raise Refused(_("Some of these lines do not stand on the order any more: look at it again."))
        if not 0 < len(out) < len(lines):
            raise Refused(_("Tick the lines that go to a new order; at least one line stays."))
        stay, there = [line for line in lines if line not in out], []
        _move(out, order, made, there, at=at)
        _head(order, stay)
        _head(made, there)
        asked = {source.requisition_line.requisition.number for source in queries.sources_of([made])}
        drafted = OrderDrafted(
            subject=made.subject,
            number=made.number,
            supplier_id=made.supplier_id,
            amount=made.amount,
            currency=made.currency,
            requests=sorted(asked),
        )
        journal.record(drafted, at=at)
    return made


def _move(lines: Lines, source: PurchaseOrder, target: PurchaseOrder, standing: Lines, *, at: datetime) -> None:
    """Put lines behind those that stand on the target, which then stand there too; both orders say so."""
    first = max((line.number for line in standing), default=0) + 1
    pairs, amount = [], sum((line.amount for line in lines), Decimal(0))
    for number, line in enumerate(lines, start=first):
        pairs.append((line.number, number))
        line.order, line.number = target, number
    sets.write(lines, ["order", "number"])
    standing += lines
    said = {"lines": [list(pair) for pair in pairs], "amount": amount}
    journal.record(LinesMovedOut(subject=source.subject, number=source.number, to=target.number, **said), at=at)
    journal.record(LinesMovedIn(subject=target.subject, number=target.number, came_from=source.number, **said), at=at)


def _count(order: PurchaseOrder, lines: Lines) -> None:
    order.line_count = len(lines)
    order.open_line_count = sum(1 for line in lines if line.open)
    order.amount = sum((line.amount for line in lines), Decimal(0))


def _head(order: PurchaseOrder, lines: Lines) -> None:
    """Carry in the header what follows from the lines. An emptied order keeps its own: who saw it sees it still."""
    _count(order, lines)
    order.category_ids = sorted({line.category_id for line in lines})
    order.need_by = min(line.need_by for line in lines)
    centers = {line.cost_center_id for line in lines}
    order.cost_center_id = centers.pop() if len(centers) == 1 else None
