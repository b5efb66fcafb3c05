"""Cancel, give up a remainder, close."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from procurement.orders import queries, revisions
from procurement.orders.actions.revise import Delta, change, revise_held, save_lines
from procurement.orders.events import LineClosedShort, OrderCancelled, OrderClosed
from procurement.orders.models import LineSource, PurchaseOrder, PurchaseOrderLine, Synced
from procurement.requisitions import ordering as requisitions
from procurement.requisitions.models import Requisition
from suppliers.contracts import actions as contracts

NOTHING_OPEN = gettext_lazy("Nothing of this order is open.")


@verb
def cancel(*, order: PurchaseOrder, reason: str, by: Actor, at: datetime, seen: int, key: str) -> PurchaseOrder:
    """Nothing of it is wanted any more: its request lines wait to be ordered again, the budget is freed.

    Refused once goods have arrived.
    """
    sources = list(LineSource.objects.filter(order_line__order_id=order.pk).select_related("requisition_line"))
    asked = Requisition.objects.everywhere(because="they stand on this order")
    first = list(asked.filter(pk__in={s.requisition_line.requisition_id for s in sources}))
    with deciding(order, by=by, seen=seen, key=key, first=first) as order:
        allow(by, "cancel_order", order)
        was_issued = bool(order.issued_at)
        move(order.cancel, reason=reason, at=at)
        lines = queries.full_lines(order)
        for line in lines:
            change(order, line, Delta(line.pk, cancel=True))
        save_lines(order, lines, lines, by=by, at=at)
        if was_issued:
            contracts.call_off({line.contract_line_id: -line.ordered for line in lines if line.contract_line_id})
            _freeze(order, lines, by=by, at=at)
        _give_back(first, sources, by=by, at=at)
        journal.record(
            OrderCancelled(
                subject=order.subject,
                number=order.number,
                supplier_id=order.supplier_id,
                reason=reason,
                was_issued=was_issued,
                revision=order.revision,
            ),
            at=at,
        )
    return order


@verb
def cancel_remainder(
    *,
    order: PurchaseOrder,
    line_number: int,
    reason: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: str | None = None,
) -> PurchaseOrder:
    """Stop waiting for what is still open of one line; the commitment falls with it."""
    with deciding(order, by=by, seen=seen, key=key) as order:
        allow(by, "change_order", order)
        lines = queries.full_lines(order)
        line = next((line for line in lines if line.number == line_number), None)
        if line is None or not line.open:
            raise Refused(_("Nothing of this line is open."))
        left = line.open
        move(order.revise)
        change(order, line, Delta(line.pk, cancel=True))
        save_lines(order, lines, [line], by=by, at=at)
        _freeze(order, lines, by=by, at=at)
        event = LineClosedShort(
            subject=order.subject,
            number=order.number,
            line=line_number,
            quantity=left,
            reason=reason,
            revision=order.revision,
        )
        journal.record(event, at=at)
    return order


@verb
def cancel_rest(*, order: PurchaseOrder, reason: str, by: Actor, at: datetime, seen: int, key: str) -> PurchaseOrder:
    """Stop waiting for all that is still open of an issued order: its next revision says so to everybody at once."""
    with deciding(order, by=by, seen=seen, key=key) as order:
        allow(by, "change_order", order)
        left = [Delta(pk, cancel=True) for pk in order.lines.filter(open__gt=0).values_list("pk", flat=True)]
        if not left:
            raise Refused(str(NOTHING_OPEN))
        revise_held(order, left, why=reason, by=by, at=at)
    return order


@verb
def close(*, order: PurchaseOrder, by: Actor, at: datetime, seen: int, key: str) -> PurchaseOrder:
    with deciding(order, by=by, seen=seen, key=key) as order:
        allow(by, "change_order", order)
        move(order.close, at=at)
        journal.record(OrderClosed(subject=order.subject, number=order.number), at=at)
    return order


def _freeze(order: PurchaseOrder, lines: list[PurchaseOrderLine], *, by: Actor, at: datetime) -> None:
    """What ends is a revision too: the supplier and the ERP hear of it as of any other."""
    order.synced = Synced.PENDING
    revisions.freeze(order, lines, by=by, at=at)


def _give_back(first: list[Requisition], sources: list[LineSource], *, by: Actor, at: datetime) -> None:
    quantities: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for source in sources:
        quantities[source.requisition_line.requisition_id][source.requisition_line_id] = source.quantity
    for requisition in first:
        requisitions.give_back(requisition=requisition, quantities=quantities[requisition.pk], by=by, at=at)
