"""Whether what stands here is what stands there, order by order and product by product."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from foundation.values.exact import plain
from world.adventureworks.rows import SITE
from world.adventureworks.source import Source

FIGURES = ("lines", "ordered", "received", "rejected", "stocked", "line totals")
OURS = """
select o.reference, count(*), sum(l.ordered), sum(l.received), sum(coalesce(r.damaged, 0)),
       sum(coalesce(r.accepted, 0)), sum(l.ordered * l.price)
from integration_origin o
join procurement_purchaseorder p on o.subject = 'procurement.purchaseorder:' || p.id
join procurement_purchaseorderline l on l.order_id = p.id
left join (select rl.order_line_id, sum(rl.accepted) accepted, sum(rl.damaged) damaged
           from receiving_receiptline rl join receiving_receipt g on g.id = rl.receipt_id
           where g.status = 'posted' group by 1) r on r.order_line_id = l.id
where o.kind = 'orders' group by 1"""
STANDING = """
select i.sku, coalesce(sum(m.quantity) filter (where m.kind = 'opening'), 0),
       coalesce(sum(m.quantity) filter (where m.kind = 'receipt' and m.status = 'available'), 0)
from receiving_stockmovement m join organization_item i on i.id = m.item_id join organization_site s on s.id = m.site_id
where s.code = %s group by 1"""
Sums = dict[str, tuple[Decimal, ...]]


@dataclass(frozen=True)
class Figure:
    """One sum here and there, and the first places where they differ."""

    name: str
    here: Decimal
    there: Decimal
    differing: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        return self.here == self.there and not self.differing

    def __str__(self) -> str:
        words = f" but for {', '.join(self.differing[:5])}" if self.differing else ""
        verdict = "equal" if self.agrees else f"NOT EQUAL{words}"
        return f"{self.name:<12} {plain(self.here):>18} {plain(self.there):>18}  {verdict}"


def compare(source: Source) -> list[Figure]:
    there, here = ordered_there(source), ordered_here()
    wanted = {name: here.get(name, ()) for name in there}
    figures = [_figure(name, place, wanted, there) for place, name in enumerate(FIGURES)]
    return [Figure("orders", Decimal(sum(map(bool, wanted.values()))), Decimal(len(there))), *figures, *_stock(source)]


def ordered_there(source: Source) -> Sums:
    names = ("OrderQty", "ReceivedQty", "RejectedQty", "StockedQty", "LineTotal")
    return {
        order["PurchaseOrderID"]: (
            Decimal(len(source.lines[order["PurchaseOrderID"]])),
            *(
                sum((Decimal(line[name]) for line in source.lines[order["PurchaseOrderID"]]), Decimal(0))
                for name in names
            ),
        )
        for order in source.orders
    }


def ordered_here() -> Sums:
    with connection.cursor() as cursor:
        cursor.execute(OURS)
        return {name: tuple(map(Decimal, figures)) for name, *figures in cursor.fetchall()}


def _stock(source: Source) -> Iterator[Figure]:
    """What was opened is the inventory; what receipts made available is what was stocked, product by product."""
    opened: dict[str, Decimal] = defaultdict(Decimal)
    stocked: dict[str, Decimal] = defaultdict(Decimal)
    for shelf in source.inventory:
        opened[source.product_numbers[shelf["ProductID"]]] += Decimal(shelf["Quantity"])
    for order in source.orders:
        for line in source.lines[order["PurchaseOrderID"]]:
            stocked[source.product_numbers[line["ProductID"]]] += Decimal(line["StockedQty"])
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [SITE])
        rows = cursor.fetchall()
    for name, place, there in (("inventory", 1, opened), ("into stock", 2, stocked)):
        here = {row[0]: (row[place],) for row in rows if row[place]}
        yield _figure(name, 0, here, {sku: (quantity,) for sku, quantity in there.items() if quantity})


def _figure(name: str, place: int, here: Sums, there: Sums) -> Figure:
    def at(sums: Sums, key: str) -> Decimal:
        return sums[key][place] if sums.get(key) else Decimal(0)

    differing = tuple(key for key in sorted(there.keys() | here.keys()) if at(here, key) != at(there, key))
    sums = [sum((at(rows, key) for key in rows), Decimal(0)) for rows in (here, there)]
    return Figure(name, *sums, differing)
