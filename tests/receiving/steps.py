"""What happens at the dock, in one call each, for tests."""

from decimal import Decimal
from typing import Any

from django.db import connection

from governance.cases import actions as cases
from governance.cases.models import Case
from receiving.receipts import actions as receipts
from receiving.stock.models import StockBalance
from tests.scene import NOW, Scene, fresh, key

TEST = "a test looks at everything"


def started(scene: Scene, *orders: Any, **more: Any) -> Any:
    return receipts.start(
        site=scene.site, supplier=scene.supplier, orders=orders, by=scene.receiver, at=NOW, key=key(), **more
    )


def count(scene: Scene, receipt: Any, line: int, accepted: Any, **more: Any) -> Any:
    more = {name: Decimal(value) if isinstance(value, int) else value for name, value in more.items()}
    return receipts.count(
        receipt=receipt,
        line_number=line,
        accepted=Decimal(accepted),
        by=scene.receiver,
        at=NOW,
        key=key(),
        **more,
    )


def post(scene: Scene, receipt: Any) -> Any:
    receipt = fresh(receipt)
    return receipts.post(receipt=receipt, by=scene.receiver, at=NOW, seen=receipt.version, key=key())


def received(scene: Scene, order: Any, *counts: Any, **more: Any) -> Any:
    """Started from the order, each line counted, posted. ``more`` goes to the first line's count."""
    receipt = started(scene, order)
    for number, accepted in enumerate(counts, start=1):
        receipt = count(scene, receipt, number, accepted, **(more if number == 1 else {}))
    return post(scene, receipt)


def reverse(scene: Scene, receipt: Any) -> Any:
    receipt = fresh(receipt)
    return receipts.reverse(
        receipt=receipt, reason="counted wrong", by=scene.supervisor, at=NOW, seen=receipt.version, key=key()
    )


def settle(scene: Scene, kind: str, how: str, by: Any = None) -> Any:
    case = Case.objects.everywhere(because=TEST).filter(kind=kind, resolved_at=None).latest("pk")
    return cases.resolve(
        case=case, how=how, root_cause="transport", by=by or scene.supervisor, at=NOW, seen=case.version, key=key()
    )


def stock(scene: Scene, item: Any = None) -> dict[str, Decimal]:
    rows = StockBalance.objects.everywhere(because=TEST).filter(item=item or scene.items[0], site=scene.site)
    return {row.status: row.quantity for row in rows if row.quantity}


LINES = """
select l.id from procurement_purchaseorderline l join finance_commitment c on c.id = l.commitment_id
left join lateral (select sum(quantity) as quantity, sum(greatest(held_quantity, 0)) as held from finance_accrual
                   where commitment_id = c.id) a on true
where (%s is null or l.order_id = %s) and not (
      l.ordered + l.over = l.open + l.received - l.reopened + l.cancelled
  and c.received = l.received - l.reopened and c.quantity = l.ordered - l.cancelled
  and c.received = coalesce(a.quantity, 0) and c.on_hold = coalesce(a.held, 0)
  and c.budget_open = greatest(c.quantity - c.received, 0) * c.price)"""
BUDGET = """
select b.committed - (select coalesce(sum(budget_open), 0) from finance_commitment),
       b.accrued - (select coalesce(sum(amount), 0) from finance_accrual) from finance_budget b"""
STOCK = """
select i.id, b.quantity, m.quantity, o.quantity from organization_item i
left join lateral (select coalesce(sum(quantity), 0) as quantity from receiving_stockbalance
                   where item_id = i.id) b on true
left join lateral (select coalesce(sum(quantity), 0) as quantity from receiving_stockmovement
                   where item_id = i.id) m on true
left join lateral (select coalesce(sum(received - reopened), 0) as quantity from procurement_purchaseorderline
                   where item_id = i.id) o on true
where b.quantity != m.quantity or b.quantity != o.quantity"""


def assert_everything_agrees(scene: Scene, order: Any = None) -> None:
    """Order counters = commitments = accruals = budget, and balances = movements = what the orders received.

    With an order only its lines are looked at (and the budget and the floor as a whole).
    """
    with connection.cursor() as cursor:
        cursor.execute(LINES, [order and order.pk] * 2)
        assert not cursor.fetchall(), "An order line and its commitment disagree."
        cursor.execute(BUDGET)
        assert cursor.fetchall() == [(0, 0)]
        cursor.execute(STOCK)
        assert not cursor.fetchall(), "Item, balances, movements, received by orders."
