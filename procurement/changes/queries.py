"""What can be asked about changes to orders."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.screens import shown
from foundation.values.actor import Actor
from foundation.values.exact import percent_of, plain
from foundation.values.quantity import Factor
from procurement.changes.lifecycle import UNDECIDED
from procurement.changes.models import ChangeField, ChangeLine, ChangeRequest, Origin
from procurement.changes.parameters import REAPPROVAL
from procurement.orders.models import PurchaseOrder


def change_rows(actor: Actor) -> QuerySet[ChangeRequest]:
    related = ["order__supplier__party", "order__site", "order__entity", "case"]
    return ChangeRequest.objects.visible_to(actor).select_related(*related)


def undecided(actor: Actor) -> QuerySet[ChangeRequest]:
    """What suppliers propose and nobody has answered."""
    return change_rows(actor).filter(origin=Origin.SUPPLIER, status__in=UNDECIDED)


def full_rows(change: ChangeRequest) -> list[ChangeLine]:
    related = ["order_line__item__base_unit", "order_line__unit"]
    return list(change.lines.select_related(*related).order_by("order_line__number", "pk"))


def offered(order: PurchaseOrder, number: str, actor: Actor) -> dict[int, dict[str, str]]:
    """What a proposal of the supplier would make of the order's lines, as a counter-offer begins."""
    if not number:
        return {}
    rows = ChangeLine.objects.filter(change__in=undecided(actor).filter(order=order, number=number))
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in rows.exclude(field=ChangeField.CANCEL):
        found[row.order_line_id][row.field] = row.after
    return found


@dataclass(frozen=True)
class Effect:
    """What a change does to the order as a whole."""

    amount: Decimal
    lines: int
    days: int
    """How many days later the worst line comes; negative when all come earlier."""
    verdicts: list[str]
    is_reapproved: bool
    growth: Decimal
    """Percent by which an order of this entity may grow before it is approved again."""


def allowed_growth(order: PurchaseOrder, *, at: datetime) -> Decimal:
    """Percent by which it may grow before it is approved again."""
    return REAPPROVAL.value(entity=order.entity_id, at=at)


def is_reapproved(change: ChangeRequest, *, at: datetime) -> bool:
    """Whether the order grows so much that it is approved again (docs/decisions/0005)."""
    return change.amount_change > percent_of(change.order.amount, allowed_growth(change.order, at=at))


def effect(change: ChangeRequest, rows: Iterable[ChangeLine], *, at: datetime) -> Effect:
    rows = [row for row in rows if not row.is_declined]
    moved = [
        (date.fromisoformat(row.after) - date.fromisoformat(row.before)).days
        for row in rows
        if row.field == ChangeField.DATE
    ]
    judged_at = change.decided_at or at
    return Effect(
        amount=change.amount_change,
        lines=len({row.order_line_id for row in rows}),
        days=max(moved, key=abs, default=0),
        verdicts=[row.sentence for row in rows if row.sentence],
        is_reapproved=is_reapproved(change, at=judged_at),
        growth=allowed_growth(change.order, at=judged_at),
    )


@dataclass(frozen=True)
class Difference:
    """One changed field as the page shows it."""

    line: int
    what: str
    field: str
    before: str
    after: str
    kind: str
    sentence: str
    is_declined: bool


def differences(rows: Iterable[ChangeLine]) -> list[Difference]:
    return [_difference(row) for row in rows]


def _difference(row: ChangeLine) -> Difference:
    line = row.order_line
    is_cancel = row.field == ChangeField.CANCEL
    return Difference(
        line=line.number,
        what=f"{line.item.sku} {line.description}" if line.item else line.description,
        field=str(row.get_field_display()),
        before=_said(row, row.before),
        after=_("nothing") if is_cancel else _said(row, row.after),
        kind="removed" if is_cancel else "changed",
        sentence=row.sentence,
        is_declined=row.is_declined,
    )


def _said(row: ChangeLine, value: str) -> str:
    line = row.order_line
    if row.field == ChangeField.DATE:
        return shown.day_text(date.fromisoformat(value))
    factor = Factor(line.numerator, line.denominator)
    if row.field == ChangeField.PRICE:
        return plain(factor.to_base(Decimal(value), rounding=True), 2)
    return f"{plain(factor.from_base(Decimal(value), rounding=True))} {line.unit.code}"
