"""Typed deltas: proposed on a line, summed up in money, turned into what a revision applies."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from foundation.values.exact import plain
from procurement.changes.models import ChangeField, ChangeLine
from procurement.orders.actions import Delta
from procurement.orders.actions.listen import Promise
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine


@dataclass(frozen=True)
class Proposed:
    """One field of one line: what it becomes, and why that is beyond tolerance."""

    line: PurchaseOrderLine
    field: str
    after: str
    sentence: str = ""

    @property
    def before(self) -> str:
        values = {
            ChangeField.QUANTITY: plain(self.line.ordered).replace(",", ""),
            ChangeField.PRICE: f"{self.line.price:f}",
            ChangeField.DATE: self.line.need_by.isoformat(),
            ChangeField.CANCEL: plain(self.line.open).replace(",", ""),
        }
        return values[ChangeField(self.field)]


def amount_change(proposed: list[Proposed]) -> Decimal:
    """What the deltas do to the order's amount."""
    by_line: dict[int, dict[str, str]] = {}
    lines = {p.line.pk: p.line for p in proposed}
    for p in proposed:
        by_line.setdefault(p.line.pk, {})[p.field] = p.after
    change = Decimal(0)
    for pk, deltas in by_line.items():
        line = lines[pk]
        price = Decimal(deltas.get(ChangeField.PRICE, line.price))
        quantity = Decimal(deltas.get(ChangeField.QUANTITY, line.ordered)) - line.cancelled
        if ChangeField.CANCEL in deltas:
            quantity -= line.open
        change += price * quantity - line.price * (line.ordered - line.cancelled)
    return change


def to_apply(rows: list[ChangeLine]) -> list[Delta]:
    by_line: dict[int, dict] = {}
    for row in rows:
        wanted = by_line.setdefault(row.order_line_id, {})
        if row.field == ChangeField.QUANTITY:
            wanted["quantity"] = Decimal(row.after)
        elif row.field == ChangeField.PRICE:
            wanted["price"] = Decimal(row.after)
        elif row.field == ChangeField.DATE:
            wanted["need_by"] = date.fromisoformat(row.after)
        else:
            wanted["cancel"] = True
    return [Delta(line_id, **wanted) for line_id, wanted in by_line.items()]


def promises(order: PurchaseOrder, rows: list[ChangeLine]) -> list[Promise]:
    """What the supplier proposed and we accepted is now promised."""
    touched = {row.order_line_id for row in rows}
    lines = order.lines.filter(pk__in=touched)
    return [Promise(line.pk, line.ordered - line.cancelled, line.need_by) for line in lines]
