"""The walk of the tour: a need becomes an approved request, an order, a receipt, stock, a matched invoice."""

import datetime as dt
from decimal import Decimal

from finance.budgets.models import Budget
from finance.invoices import actions as invoices
from finance.invoices.actions import Charged
from foundation.journal.chain import broken_links
from foundation.journal.queries import heads
from foundation.journal.relay import drain
from procurement.orders.models import PurchaseOrder
from receiving.arrivals.models import Expected
from receiving.notices.models import ShipNotice
from receiving.receipts import actions as receipts
from receiving.stock.models import StockBalance
from suppliers.submissions import actions as submissions
from tests.scene import NOW, TODAY, Scene, approve, fresh, key, ordered, requested


def figures(scene: Scene) -> tuple[Decimal, ...]:
    budget = Budget._base_manager.get(pk=scene.budget.pk)
    return budget.reserved, budget.committed, budget.accrued, budget.actual


def say(scene: Scene, order: PurchaseOrder, kind: str, **body: object) -> object:
    said = submissions.submit(
        supplier=scene.supplier,
        kind=kind,
        about=order.public_id,
        channel="portal",
        body=body,
        by=scene.supplier_actor,
        at=NOW,
        key=key(),
    )
    drain()
    return fresh(said)


def counted(scene: Scene, receipt: object, *quantities: int, damaged: int = 0) -> object:
    for number, quantity in enumerate(quantities, start=1):
        receipt = receipts.count(
            receipt=receipt,
            line_number=number,
            accepted=Decimal(quantity),
            damaged=Decimal(damaged),
            by=scene.receiver,
            at=NOW,
            key=key(),
        )
    receipt = receipts.post(receipt=receipt, by=scene.receiver, at=NOW, seen=receipt.version, key=key())
    drain()
    return fresh(receipt)


def billed(scene: Scene, order: PurchaseOrder, *, quantity: int, price: str = "2") -> object:
    amount = Decimal(quantity) * Decimal(price)
    line = Charged(
        description="Hex bolt",
        quantity=Decimal(quantity),
        price=Decimal(price),
        amount=amount,
        order_number=order.number,
        line_number=1,
        tax_percent=Decimal(21),
    )
    tax = (amount * Decimal("0.21")).quantize(Decimal("0.01"))
    invoice = invoices.capture(
        entity=scene.entity,
        supplier=scene.supplier,
        supplier_number=f"INV-{quantity}-{price}",
        invoiced_on=TODAY,
        currency="EUR",
        charged=[line],
        tax_amount=tax,
        total_amount=amount + tax,
        by=scene.clerk,
        at=NOW,
        key=key(),
    )
    drain()
    return fresh(invoice)


def test_a_need_becomes_stock_and_a_paid_invoice(scene: Scene) -> None:
    # The clerk asks for 100 bolts at 2.00: the branch manager is asked, the budget is reserved.
    request = requested(scene)
    assert request.status == "in_approval"
    assert figures(scene) == (200, 0, 0, 0)

    # She says yes; the line waits to be ordered.
    approve(scene, request)
    assert fresh(request).status == "approved"

    # The buyer orders; reserved becomes committed, goods are expected.
    order = ordered(scene)
    assert order.status == "issued"
    assert figures(scene) == (200, 200, 0, 0)  # the first request still waits
    assert Expected.objects.everywhere(because="test").get(number=order.number).quantity == 100

    # The supplier confirms as ordered and announces the truck.
    answer = say(scene, order, "confirmation", revision=1, reference="AB-1", lines=[{"line": 1}])
    assert answer.status == "applied", answer.answer
    assert fresh(order).confirmed == "confirmed"
    notice = say(
        scene,
        order,
        "ship_notice",
        reference="DN-1",
        ships_on="2026-03-10",
        arrives_on="2026-03-16",
        lines=[{"line": 1, "quantity": "100"}],
    )
    assert notice.status == "applied", notice.answer
    announced = ShipNotice.objects.everywhere(because="test").get(reference="DN-1")
    assert announced.flags == []

    # The truck comes; the receiver counts 100 and posts: stock exists, finance owes.
    receipt = receipts.start(
        site=scene.site, supplier=scene.supplier, notice=announced, by=scene.receiver, at=NOW, key=key()
    )
    receipt = counted(scene, receipt, 100)
    assert receipt.status == "posted"
    balance = StockBalance.objects.everywhere(because="test").get(item=scene.items[0])
    assert (balance.quantity, balance.status) == (100, "available")
    line = fresh(order).lines.get()
    assert (line.open, line.received) == (0, 100)
    assert figures(scene) == (200, 0, 200, 0)

    # The invoice agrees and is released without anybody touching it.
    invoice = billed(scene, order, quantity=100)
    assert (invoice.status, invoice.verdict) == ("released", "")
    assert figures(scene) == (200, 0, 0, 200)

    # Everything that happened is in the chains, and they hold.
    assert broken_links(dict(heads())) == []


def test_a_short_delivery_holds_nothing_but_what_did_not_come(scene: Scene) -> None:
    order = ordered(scene)
    receipt = receipts.start(
        site=scene.site, supplier=scene.supplier, orders=[order], by=scene.receiver, at=NOW, key=key()
    )

    receipt = counted(scene, receipt, 70)

    assert [found["kind"] for found in receipt.lines.get().discrepancies] == ["receipt_short"]
    assert fresh(order).lines.get().open == 30
    assert billed(scene, order, quantity=100).status == "waiting_receipt"


def test_a_damaged_delivery_is_payable_once_somebody_decides(scene: Scene) -> None:
    from governance.cases import actions as cases
    from governance.cases.models import Case

    order = ordered(scene)
    receipt = receipts.start(
        site=scene.site, supplier=scene.supplier, orders=[order], by=scene.receiver, at=NOW, key=key()
    )
    counted(scene, receipt, 90, damaged=10)
    invoice = billed(scene, order, quantity=100)
    assert invoice.status == "blocked"

    case = Case.objects.everywhere(because="test").get(kind="receipt_damaged")
    cases.resolve(
        case=case,
        how="take_in",
        facts={},
        root_cause="scratched in transport",
        by=scene.supervisor,
        at=NOW,
        seen=case.version,
        key=key(),
    )
    drain()

    assert fresh(invoice).status == "released"


def test_a_later_date_is_the_buyers_to_decide(scene: Scene) -> None:
    from procurement.changes import actions as changes
    from procurement.changes.models import ChangeRequest

    order = ordered(scene)
    late = (TODAY + dt.timedelta(days=30)).isoformat()
    said = say(scene, order, "confirmation", revision=1, lines=[{"line": 1, "on": late, "reason": "no steel"}])
    assert said.answer["lines"][0][1] == "deviates"
    change = ChangeRequest.objects.everywhere(because="test").get()
    assert (change.status, fresh(order).confirmed) == ("proposed", "changed")

    changes.accept(change=change, by=scene.buyer, at=NOW, seen=change.version, key=key())
    drain()

    assert fresh(order).revision == 2
    assert fresh(order).lines.get().need_by.isoformat() == late
    assert fresh(change.case).status == "auto_resolved"
