"""A year of trade, loaded."""

from collections.abc import Callable
from decimal import Decimal

from django.db import connection, transaction

from finance.accruals.models import Accrual
from finance.budgets.models import BudgetMovement
from finance.commitments.models import Commitment
from integration.erp.models import ErpDocument
from procurement.orders.models import LineSource, PurchaseOrderLine
from receiving.arrivals.models import Expected
from receiving.stock.models import StockBalance, StockMovement
from world.bulk import arriving, asking, following, ordering, wanting
from world.bulk.arriving import Arriving
from world.bulk.asking import Asking
from world.bulk.books import Books
from world.bulk.drawing import Drawing
from world.bulk.ordering import Ordering
from world.bulk.pouring import unhindered
from world.bulk.wanting import Wanting
from world.scene import Scene, at

DERIVED = [LineSource, Commitment, Accrual, Expected, StockBalance, BudgetMovement, ErpDocument]
DRAWN = [*asking.KINDS, *ordering.KINDS, *arriving.KINDS, *wanting.KINDS]
BATCH = 20_000
"""So many order lines are poured at a time."""


def load(scene: Scene, say: Callable[[str], object]) -> None:
    """Everything in one transaction: an interrupted load leaves the masters and nothing else."""
    with transaction.atomic():
        books = Books([*DRAWN, *DERIVED])
        with unhindered(books.sheets):
            _trade(scene, books)
            books.pour()
            say("requests, orders, receipts and invoices are poured")
            following.follow()
            _open_stock(scene)
            books.look_again(Commitment, Accrual, StockMovement)
            Wanting(scene, books).take()
            books.pour()
            following.balance()
            say("what follows from them is worked out")
        books.look_again(*DERIVED)
        books.settle()
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _trade(scene: Scene, books: Books) -> None:
    asks, orders = Asking(scene, books), Ordering(scene, books)
    arrivals = Arriving(scene, books, orders)
    for need in Drawing(scene).needs():
        asked = asks.ask(need)
        if need.is_ordered:
            order = orders.place(need, asked)
            asks.order(need, asked, order.number, order.columns["approved_at"])
            if any(ask.arrived for ask in need.asks):
                arrivals.receive(need, order)
            orders.close(order)
        asks.close(asked)
        if len(books[PurchaseOrderLine].rows) > BATCH:
            books.pour()


def _open_stock(scene: Scene) -> None:
    """Distribution centers keep most of the range, branches a fifth of it; but no more than they have room for."""
    for site in scene.sites.values():
        center = site.name.startswith("Distribution")
        kept = min(0.75, 100_000 / len(scene.items)) if center else min(0.2, 20_000 / len(scene.items))
        items, quantities = [], []
        for item in scene.items:
            if scene.chance(kept):
                share = Decimal(str(round(scene.random.uniform(0.4, 2.6) * (1 if center else 0.3), 2)))
                items.append(item.pk)
                quantities.append(max(Decimal(1), (item.reorder_point * share).to_integral_value()))
        with connection.cursor() as cursor:
            cursor.execute(following.OPENING, [site.pk, at(scene.first_day, 5), items, quantities])
