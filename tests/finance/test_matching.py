"""Matching through the database: whatever comes and is billed in whatever order, no more is paid than is owed.

The oracle below knows nothing of the kernel: it keeps three numbers.
"""

import sys
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.accruals import actions as accruals
from finance.accruals.actions import Arrived
from finance.commitments import actions as commitments
from finance.commitments.actions import Bound
from finance.commitments.models import Commitment
from finance.invoices import actions as invoices
from finance.invoices.actions import Charged
from finance.matching.models import MatchTolerance
from tests.scene import NOW, SETUP, TODAY, key

ORDERED, PRICE = 10, Decimal(2)
STEPS = st.lists(
    st.tuples(st.sampled_from(["receive", "bill"]), st.integers(1, 8), st.sampled_from(["2", "2.01", "2.5"])),
    min_size=1,
    max_size=7,
)
matching = sys.modules["finance.invoices.actions.match"]  # the package has an action of the same name
COUNTER = iter(range(10_000_000))


def bound(scene):
    line = Bound(
        line_number=1,
        item_id=scene.items[0].pk,
        description="Hex bolt",
        cost_center_id=None,
        quantity=Decimal(ORDERED),
        price=PRICE,
        due_on=TODAY,
    )
    number = f"PO-T-{next(COUNTER)}"
    commitments.commit(
        order_number=number,
        entity_id=scene.entity.pk,
        supplier_id=scene.supplier.pk,
        currency="EUR",
        rate=Decimal(1),
        lines=[line],
        on=TODAY,
        by=SETUP,
        at=NOW,
    )
    return Commitment.objects.everywhere(because="test").get(order_number=number)


def arrive(row, quantity):
    arrived = [Arrived(row.pk, Decimal(quantity))]
    accruals.accrue(receipt_number="GR", received_on=TODAY, arrived=arrived, by=SETUP, at=NOW)


def bill(scene, row, quantity, price):
    amount = quantity * Decimal(price)
    return invoices.capture(
        entity=scene.entity,
        supplier=scene.supplier,
        supplier_number=f"N-{next(COUNTER)}",
        invoiced_on=TODAY,
        currency="EUR",
        charged=[
            Charged(
                description="Hex bolt",
                quantity=Decimal(quantity),
                price=Decimal(price),
                amount=amount,
                order_number=row.order_number,
                line_number=1,
            )
        ],
        tax_amount=Decimal(0),
        total_amount=amount,
        by=scene.clerk,
        at=NOW,
        key=key(),
    )


def oracle(received, billed, quantity, price, *, price_percent, quantity_percent):
    """What becomes of one invoice: paid, or the state in which it waits."""
    if Decimal(price) > PRICE * (1 + Decimal(price_percent) / 100):
        return "variance"
    ceiling, asked = max(ORDERED, received), billed + quantity
    if asked > ceiling * (1 + Decimal(quantity_percent) / 100):
        return "variance"
    if min(asked, ceiling) > received * (1 + Decimal(quantity_percent) / 100):
        return "waiting_receipt"
    return "released"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, price_percent=st.sampled_from([0, 1]), quantity_percent=st.sampled_from([0, 10]))
def test_no_more_is_paid_than_is_owed_and_the_verdict_is_the_oracles(scene, steps, price_percent, quantity_percent):
    MatchTolerance.objects.update(price_percent=price_percent, quantity_percent=quantity_percent)
    row, received, billed = bound(scene), 0, 0
    for what, quantity, price in steps:
        if what == "receive":
            arrive(row, quantity)
            received += quantity
            continue
        said = oracle(received, billed, quantity, price, price_percent=price_percent, quantity_percent=quantity_percent)
        assert bill(scene, row, quantity, price).status == said
        billed += quantity * (said == "released")
        row.refresh_from_db()
        assert row.billed == billed
        assert row.billed <= max(ORDERED, received) * (1 + Decimal(quantity_percent) / 100)


def test_its_twin_that_forgets_what_was_billed_pays_twice(scene, monkeypatch):
    """Two invoices are each right, and both together wrong."""
    row = bound(scene)
    arrive(row, ORDERED)
    bill(scene, row, ORDERED, "2")
    assert bill(scene, row, ORDERED, "2").status == "variance"

    said = matching._said

    def forgetful(invoice, lines, held):
        for one in held.values():
            one.billed = Decimal(0)
        return said(invoice, lines, held)

    monkeypatch.setattr(matching, "_said", forgetful)
    assert bill(scene, row, ORDERED, "2").status == "released"
