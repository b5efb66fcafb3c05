"""What customers want of what stands there: shipped, promised, or waited for."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from fulfillment.demand.events import CustomerOrderTaken, DemandAllocated, DemandShipped
from fulfillment.demand.models import Allocation, CustomerOrder, DemandLine
from fulfillment.shipments.events import ShipmentPlanned, ShipmentShipped
from fulfillment.shipments.models import Shipment, ShipmentLine
from organization.sites.models import Site
from receiving.stock.models import StockMovement
from world.bulk.books import Books
from world.bulk.drawing import day_of
from world.scene import Scene, at, working_days

KINDS = [CustomerOrder, DemandLine, Allocation, Shipment, ShipmentLine, StockMovement]
STANDING = """
select site_id, item_id, sum(quantity) from receiving_stockmovement where status = 'available'
group by 1, 2 order by 1, 2"""
CARRIERS = ["DPD", "PostNL", "UPS", "own truck"]


class Wanting:
    """Each balance is drawn on by one line at most, so that nothing is promised twice."""

    def __init__(self, scene: Scene, books: Books) -> None:
        self.scene, self.books, self.random = scene, books, scene.random
        self.customers = [customer for some in scene.customers.values() for customer in some]

    def take(self) -> None:
        standing: dict[int, list[tuple[int, Decimal]]] = {}
        with connection.cursor() as cursor:
            cursor.execute(STANDING)
            for site, item, quantity in cursor.fetchall():
                standing.setdefault(site, []).append((item, quantity))
        lines = self.scene.scale.demand
        total = sum(len(some) for some in standing.values())
        sites = {site.pk: site for site in self.scene.sites.values()}
        for pk, some in standing.items():
            self.random.shuffle(some)
            some = some[: max(1, lines * len(some) // total)]
            while some:
                size = self.random.randint(1, 5)
                part, some = some[:size], some[size:]
                self._order(sites[pk], part)
                if len(self.books[DemandLine].rows) > 20_000:
                    self.books.pour()

    def _order(self, site: Site, part: list[tuple[int, Decimal]]) -> None:
        books, random, scene = self.books, self.random, self.scene
        shipped = random.random() < 0.6
        ago = random.randint(6, max(8, scene.scale.days - 1)) if shipped else random.randint(0, 9)
        taken = at(working_days(scene.today - timedelta(days=ago), -1), random.uniform(6.5, 15))
        taken = max(min(taken, scene.until - timedelta(hours=2)), at(scene.first_day, 6)).replace(microsecond=0)
        customer, clerk = random.choice(self.customers), str(scene.who("Customer service", site).actor)
        code = next(entity.code for entity in scene.entities.values() if entity.pk == site.entity_id)
        number = books.number("SO", code, taken.date())
        sheet = books[CustomerOrder]
        key = sheet.last = sheet.last + 1
        chain = books.chain(CustomerOrder, key)
        wanted = [(item, self._wanted(stands, shipped), stands) for item, stands in part]
        items = sorted(item for item, _w, _s in wanted)
        told: Any = CustomerOrderTaken(subject=chain.subject, number=number, site_id=site.pk, items=items)
        books.record(chain, told, by=clerk, at=taken, verb="demand.take")
        lines = [[n, min(w, s), max(w - s, Decimal(0))] for n, (_i, w, s) in enumerate(wanted, start=1)]
        told = DemandAllocated(subject=chain.subject, number=number, because="order", lines=lines)
        books.record(chain, told, by="system:allocation", at=taken, verb="allocations.allocate")
        left = day_of(taken, random.randint(1, 3), 15, scene.until)
        keys = []
        for n, (item, quantity, stands) in enumerate(wanted, start=1):
            given = min(quantity, stands)
            keys.append(
                books[DemandLine].add(
                    order_id=key,
                    number=n,
                    item_id=item,
                    quantity=quantity,
                    allocated=0 if shipped else given,
                    shipped=given if shipped else 0,
                    backordered_at=taken if quantity > stands else None,
                    why="Not enough of it stands there." if quantity > stands else "",
                )
            )
            books[Allocation].add(
                line_id=keys[-1], site_id=site.pk, item_id=item, quantity=0 if shipped else given, allocated_at=taken
            )
        if shipped:
            self._ship(site, code, number, key, list(zip(keys, wanted, strict=True)), left)
            told = DemandShipped(subject=chain.subject, number=number, shipment=f"of {number}", complete=True)
            books.record(
                chain, told, by=clerk, at=left, verb="shipments.ship", changes={"status": ["released", "shipped"]}
            )
        sheet.add(
            id=key,
            **chain.columns,
            number=number,
            customer_id=customer.pk,
            reference=f"{customer.number}-{random.randint(1000, 9999)}",
            site_id=site.pk,
            ordered_at=taken,
            promised_on=working_days(taken.date(), random.randint(1, 5)),
            priority=customer.priority,
            status="shipped" if shipped else "released",
            shipped_at=left if shipped else None,
        )

    def _wanted(self, stands: Decimal, shipped: bool) -> Decimal:
        """What is shipped was there; of what is open, a fifth wants more than that."""
        share = Decimal(str(round(self.random.uniform(0.05, 0.8), 2)))
        if not shipped and self.random.random() < 0.2:
            share += 1
        wanted = max(Decimal(1), (stands * share).to_integral_value())
        return min(wanted, stands) if shipped else wanted

    def _ship(self, site: Site, code: str, order: str, order_id: int, lines: list[Any], left: Any) -> None:
        books, by = self.books, str(self.scene.who("Warehouse supervisor", site).actor)
        sheet = books[Shipment]
        key = sheet.last = sheet.last + 1
        chain, number = books.chain(Shipment, key), books.number("SH", code, left.date())
        told: Any = ShipmentPlanned(subject=chain.subject, number=number, order=order, lines=len(lines))
        books.record(chain, told, by=by, at=left - timedelta(hours=2), verb="shipments.plan")
        items = [[item, quantity] for _key, (item, quantity, _s) in lines]
        told = ShipmentShipped(subject=chain.subject, number=number, order=order, site_id=site.pk, items=items)
        books.record(chain, told, by=by, at=left, verb="shipments.ship", changes={"status": ["planned", "shipped"]})
        for line, (item, quantity, _stands) in lines:
            books[ShipmentLine].add(shipment_id=key, line_id=line, quantity=quantity)
            books[StockMovement].add(
                site_id=site.pk, item_id=item, status="available", quantity=-quantity, kind="shipment",
                reference=number, at=left, by=by,
            )  # fmt: skip
        sheet.add(
            id=key,
            **chain.columns,
            number=number,
            site_id=site.pk,
            order_id=order_id,
            carrier=self.random.choice(CARRIERS),
            tracking=str(self.random.randint(10**11, 10**12 - 1)),
            created_at=left - timedelta(hours=2),
            status="shipped",
            shipped_at=left,
        )
