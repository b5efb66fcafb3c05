"""Write the next revision of an issued order. Only applied change requests come here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from finance.commitments import actions as commitments
from finance.commitments.actions import Rebound
from foundation.documents import sets
from foundation.door import deciding
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.values.actor import Actor
from foundation.values.money import line_amount
from procurement.orders import queries, revisions, rules
from procurement.orders.events import OrderRevised
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine, Synced
from procurement.orders.rules import Counters, Impossible

COUNTERS = ["ordered", "over", "open", "received", "reopened", "cancelled"]
CHANGED = [*COUNTERS, "price", "amount", "need_by", "promised_on", "confirmed_quantity", "closed_short"]


@dataclass(frozen=True)
class Delta:
    """What becomes of one order line; None leaves it as it is. ``cancel`` gives up what is still open."""

    line_id: int
    quantity: Decimal | None = None
    price: Decimal | None = None
    need_by: date | None = None
    cancel: bool = False


def revise(*, order: PurchaseOrder, deltas: Iterable[Delta], why: str, by: Actor, at: datetime) -> PurchaseOrder:
    """Apply typed deltas under the quantity law, freeze the next revision, move the commitments.

    Refused when a quantity would fall below what has arrived.
    """
    with deciding(order, by=by) as order:
        revise_held(order, deltas, why=why, by=by, at=at)
    return order


def revise_held(order: PurchaseOrder, deltas: Iterable[Delta], *, why: str, by: Actor, at: datetime) -> None:
    """``revise`` for an order whose door is open."""
    wanted = {delta.line_id: delta for delta in deltas}
    move(order.revise)
    lines = queries.full_lines(order)
    touched = [line for line in lines if line.pk in wanted]
    said = [entry for line in touched for entry in change(order, line, wanted[line.pk])]
    save_lines(order, lines, touched, by=by, at=at)
    order.synced = Synced.PENDING
    revisions.freeze(order, lines, by=by, at=at)
    journal.record(
        OrderRevised(
            subject=order.subject,
            number=order.number,
            revision=order.revision,
            supplier_id=order.supplier_id,
            amount=order.amount,
            currency=order.currency,
            changes=said,
            why=why,
        ),
        at=at,
    )


def save_lines(
    order: PurchaseOrder, lines: list[PurchaseOrderLine], touched: list[PurchaseOrderLine], *, by: Actor, at: datetime
) -> None:
    """Write changed lines and everything that follows from them: header sums, commitments, budget."""
    sets.write(touched, CHANGED)
    order.amount = sum((line.amount for line in lines), Decimal(0))
    order.open_line_count = sum(1 for line in lines if line.open)
    commitments.rebind(
        [
            Rebound(line.commitment_id, line.ordered - line.cancelled, line.price, line.need_by)
            for line in touched
            if line.commitment_id
        ],
        by=by,
        at=at,
    )


def change(order: PurchaseOrder, line: PurchaseOrderLine, delta: Delta) -> list[list]:
    """Change one line in memory; answers [[line number, field, before, after], ...]."""
    said = []
    if delta.quantity is not None and delta.quantity != line.ordered:
        said.append([line.number, "quantity", line.ordered, delta.quantity])
        count(line, lambda counters: rules.change_ordered(counters, delta.quantity))
    if delta.cancel and line.open:
        said.append([line.number, "cancel", line.open, Decimal(0)])
        count(line, rules.short_close)
        line.closed_short = True
    if delta.price is not None and delta.price != line.price:
        said.append([line.number, "price", line.price, delta.price])
        line.price = delta.price
    if delta.need_by is not None and delta.need_by != line.need_by:
        said.append([line.number, "date", line.need_by, delta.need_by])
        line.need_by = delta.need_by
    line.amount = line_amount(line.ordered - line.cancelled, line.price, order.currency).amount
    return said


def count(line: PurchaseOrderLine, step: object) -> None:
    """Take one step of the quantity law on a line's counters."""
    before = Counters(**{name: getattr(line, name) for name in COUNTERS})
    try:
        after = step(before)  # type: ignore[operator]
    except Impossible as impossible:
        raise Refused(f"{line.number}: {impossible}") from impossible
    for name in COUNTERS:
        setattr(line, name, getattr(after, name))
