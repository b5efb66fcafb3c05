"""Move stock by sets: one ordered upsert for balances, one insert for the ledger. Balances are the last rows locked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from receiving.stock.models import MovementKind, StockMovement, StockStatus

PUT_IN = """
insert into receiving_stockbalance as b (site_id, item_id, status, quantity, allocated)
select %s, a.item, a.status, a.quantity, 0
from unnest(%s::bigint[], %s::text[], %s::numeric[]) as a(item, status, quantity) order by a.item, a.status
on conflict (site_id, item_id, status) do update set quantity = b.quantity + excluded.quantity"""
LOCK = """
select b.item_id, b.status, b.quantity - b.allocated from receiving_stockbalance b
join unnest(%s::bigint[], %s::text[]) as a(item, status) on b.item_id = a.item and b.status = a.status
where b.site_id = %s order by b.item_id, b.status for no key update of b"""
TAKE_OUT = """
update receiving_stockbalance b set quantity = b.quantity - a.quantity
from unnest(%s::bigint[], %s::text[], %s::numeric[]) as a(item, status, quantity)
where b.site_id = %s and b.item_id = a.item and b.status = a.status"""


@dataclass(frozen=True)
class Moved:
    """So much of one item in one status, in base units; always positive."""

    item_id: int
    status: str
    quantity: Decimal
    lot: str = ""


def put_in(*, site_id: int, moved: Iterable[Moved], kind: str, reference: str, by: Actor, at: datetime) -> None:
    """Goods come to stand at a site."""
    moved = [m for m in moved if m.quantity]
    if not moved:
        return
    sums = _sums(moved)
    with connection.cursor() as cursor:
        cursor.execute(PUT_IN, [site_id, *_columns(sums)])
    _ledger(site_id, moved, 1, kind, reference, by, at)


def take_out(*, site_id: int, moved: Iterable[Moved], kind: str, reference: str, by: Actor, at: datetime) -> None:
    """Goods leave a site or a status. Refused when they are not there, or are promised to somebody."""
    moved = [m for m in moved if m.quantity]
    if not moved:
        return
    sums = _sums(moved)
    items, statuses, quantities = _columns(sums)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [items, statuses, site_id])
        free = {(item, status): quantity for item, status, quantity in cursor.fetchall()}
        for place, quantity in sums.items():
            if free.get(place, Decimal(0)) < quantity:
                raise Refused(_("Not enough of it is there and free: some was moved, shipped or promised since."))
        cursor.execute(TAKE_OUT, [items, statuses, quantities, site_id])
    _ledger(site_id, moved, -1, kind, reference, by, at)


def change_status_many(
    *, site_id: int, moved: Iterable[Moved], target: str, reference: str, by: Actor, at: datetime
) -> None:
    """Goods stay where they are and become something else (held -> available). Refused when they are not there."""
    moved = list(moved)
    places = sorted({(m.item_id, m.status) for m in moved} | {(m.item_id, target) for m in moved})
    with connection.cursor() as cursor:  # both ends in one order, or two changes could wait for each other
        cursor.execute(LOCK, [[item for item, _s in places], [status for _i, status in places], site_id])
    take_out(site_id=site_id, moved=moved, kind=MovementKind.STATUS, reference=reference, by=by, at=at)
    there = [Moved(m.item_id, target, m.quantity, m.lot) for m in moved]
    put_in(site_id=site_id, moved=there, kind=MovementKind.STATUS, reference=reference, by=by, at=at)


PROMISE = """
update receiving_stockbalance b set allocated = b.allocated + a.quantity
from unnest(%s::bigint[], %s::text[], %s::numeric[]) as a(item, status, quantity)
where b.site_id = %s and b.item_id = a.item and b.status = a.status"""


def free(*, site_id: int, item_ids: Iterable[int]) -> dict[int, Decimal]:
    """What can still be promised of these items at a site; their balances are locked until the end."""
    items = sorted(set(item_ids))
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [items, [StockStatus.AVAILABLE] * len(items), site_id])
        return {item: quantity for item, _status, quantity in cursor.fetchall()}


def promise(*, site_id: int, quantities: dict[int, Decimal]) -> None:
    """Promise available goods to somebody, by item; negative sets them free."""
    items = sorted(item for item, quantity in quantities.items() if quantity)
    with connection.cursor() as cursor:
        statuses = [str(StockStatus.AVAILABLE)] * len(items)
        cursor.execute(LOCK, [items, statuses, site_id])
        cursor.execute(PROMISE, [items, statuses, [quantities[item] for item in items], site_id])


def _sums(moved: list[Moved]) -> dict[tuple[int, str], Decimal]:
    sums: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for m in moved:
        sums[m.item_id, m.status] += m.quantity
    return sums


def _columns(sums: dict[tuple[int, str], Decimal]) -> tuple[list[int], list[str], list[Decimal]]:
    ordered = sorted(sums)
    return [item for item, _s in ordered], [status for _i, status in ordered], [sums[place] for place in ordered]


def _ledger(site_id: int, moved: list[Moved], sign: int, kind: str, reference: str, by: Actor, at: datetime) -> None:
    StockMovement.objects.bulk_create(
        StockMovement(
            site_id=site_id,
            item_id=m.item_id,
            status=m.status,
            quantity=sign * m.quantity,
            kind=kind,
            reference=reference,
            lot=m.lot,
            at=at,
            by=str(by),
        )
        for m in moved
    )
