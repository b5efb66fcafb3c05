"""What an order hears: the supplier's answer, the ERP's answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from foundation.documents import sets
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.values.actor import Actor
from procurement.orders.events import OrderConfirmed, OrderPosted
from procurement.orders.models import Confirmed, PurchaseOrder, PurchaseOrderLine


@dataclass(frozen=True)
class Promise:
    """What the supplier now promises for a line: a quantity in base units, and the last day of it."""

    line_id: int
    quantity: Decimal
    promised_on: date | None


def note_confirmed(
    *,
    order: PurchaseOrder,
    promises: Iterable[Promise],
    reference: str,
    facet: str | None = None,
    by: Actor,
    at: datetime,
) -> PurchaseOrder:
    """Take over promises, line by line; lines that are not spoken of keep what was promised before.

    ``facet`` says the confirmation facet where it does not follow from the lines (acknowledged, changed, rejected).
    """
    wanted = {promise.line_id: promise for promise in promises}
    with deciding(order, by=by) as order:
        lines = list(order.lines.order_by("number"))
        touched = [line for line in lines if line.pk in wanted]
        for line in touched:
            promise = wanted[line.pk]
            line.confirmed_quantity, line.promised_on = promise.quantity, promise.promised_on
        sets.write(touched, ["confirmed_quantity", "promised_on"])
        order.supplier_reference = reference or order.supplier_reference
        order.confirmed = facet or confirmed(lines)
        said = [[line.number, line.confirmed_quantity, line.promised_on] for line in touched]
        event = OrderConfirmed(subject=order.subject, number=order.number, facet=order.confirmed, promises=said)
        journal.record(event, at=at)
    return order


def confirmed(lines: list[PurchaseOrderLine]) -> str:
    """The facet that follows from the lines alone."""
    answered = [line for line in lines if line.confirmed_quantity is not None]
    if not answered:
        return Confirmed.NONE
    return Confirmed.CONFIRMED if len(answered) == len(lines) else Confirmed.PARTLY


@verb
def note_posted(
    *, order: PurchaseOrder, erp_number: str, state: str, note: str = "", by: Actor, at: datetime, key: str
) -> PurchaseOrder:
    """The ERP took the order (or refused it, with its words)."""
    with deciding(order, by=by, key=key) as order:
        order.synced, order.erp_number = state, erp_number or order.erp_number
        event = OrderPosted(
            subject=order.subject, number=order.number, erp_number=order.erp_number, state=state, note=note[:300]
        )
        journal.record(event, at=at)
    return order
