"""Unsent orders made one and taken apart: nothing is lost, nothing is added, and who asked for what stays known."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance.commitments.models import Commitment
from foundation.door import Stale
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from procurement.orders import actions as orders
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.regrouping import actions as regrouping
from procurement.regrouping import queries, rules
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from tests.procurement.orders.stories import drafted
from tests.scene import NOW, Scene, fresh, key


def merge(scene: Scene, *these: Any, by: Any = None) -> PurchaseOrder:
    into, *others = (fresh(one) for one in these)
    seen = {one.pk: one.version for one in (into, *others)}
    return regrouping.merge(into=into, others=others, seen=seen, by=by or scene.buyer, at=NOW, key=key())


def split(scene: Scene, order: Any, *taken: int) -> PurchaseOrder:
    order = fresh(order)
    return regrouping.split(order=order, taken=taken, by=scene.buyer, at=NOW, seen=order.version, key=key())


def standing(scene: Scene) -> dict[str, Any]:
    """What must be the same before and after: quantities and money by item, who asked, what budgets carry."""
    lines = PurchaseOrderLine._base_manager.filter(order__supplier=scene.supplier.pk).exclude(order__status="cancelled")
    items: Counter = Counter()
    for line in lines:
        items[line.item_id, "quantity"] += line.ordered
        items[line.item_id, "amount"] += line.amount
    budget = fresh(scene.budget)
    return {
        "items": items,
        "sources": sorted(lines.values_list("sources__requisition_line", "sources__quantity")),
        "headers": sum(PurchaseOrder._base_manager.exclude(status="cancelled").values_list("amount", flat=True)),
        "budget": (budget.reserved, budget.committed),
    }


class TestMerge:
    def test_lines_stand_on_one_order_and_the_other_says_where_they_are(self, scene: Scene, as_) -> None:
        kept, emptied = drafted(scene, items=2), drafted(scene)
        before = standing(scene)

        merge(scene, kept, emptied)

        assert (fresh(kept).line_count, fresh(kept).amount, fresh(emptied).status) == (3, 600, "cancelled")
        assert standing(scene) == before
        assert [line.number for line in kept.lines.order_by("number")] == [1, 2, 3]
        page = as_("buyer").get(f"/orders/{emptied.number}/").content.decode()
        assert f'href="/orders/{kept.number}/"' in page
        assert "merged into" in page

    def test_what_was_merged_binds_as_much_as_its_parts(self, scene: Scene) -> None:
        whole = merge(scene, drafted(scene), drafted(scene))

        orders.issue(order=whole, by=scene.buyer, at=NOW, seen=whole.version, key=key())

        bound = Commitment._base_manager.filter(order_number=whole.number)
        assert sum(one.quantity * one.price for one in bound) == 400
        budget = fresh(scene.budget)
        assert (budget.reserved, budget.committed) == (0, 400)

    def test_a_sent_order_is_not_merged(self, scene: Scene) -> None:
        sent, other = drafted(scene), drafted(scene)
        orders.issue(order=sent, by=scene.buyer, at=NOW, seen=sent.version, key=key())

        with pytest.raises(Refused, match="was sent: the supplier has it as it is"):
            merge(scene, other, sent)

    def test_another_site_is_another_paper(self, scene: Scene) -> None:
        one, other = drafted(scene), drafted(scene)
        PurchaseOrder._base_manager.filter(pk=other.pk).update(site=scene.other_site)

        with pytest.raises(Refused, match="one site and one currency"):
            merge(scene, one, other)

    def test_what_is_not_approved_does_not_hide_behind_what_is(self) -> None:
        said = {"number": "PO-1", "supplier_id": 1, "entity_id": 1, "site_id": 1, "currency": "EUR"}
        these = [SimpleNamespace(**said, status=status) for status in ("approved", "draft")]

        assert list(rules.why_not_one(these)) == ["Some of them are approved and some are not."]

    def test_a_rate_that_makes_it_dearer_than_approved_is_refused(self) -> None:
        assert rules.why_not_grown(Decimal(1000), Decimal(1050), Decimal(5)) is None
        assert "5.1 % more than was approved" in str(rules.why_not_grown(Decimal(1000), Decimal(1051), Decimal(5)))

    def test_whoever_saw_another_version_of_any_of_them_is_told(self, scene: Scene) -> None:
        one, other = drafted(scene), drafted(scene)
        with pytest.raises(Stale):
            regrouping.merge(
                into=one, others=[other], seen={one.pk: one.version, other.pk: 99}, by=scene.buyer, at=NOW, key=key()
            )

    def test_is_not_for_everybody(self, scene: Scene) -> None:
        with pytest.raises(NotYours):
            merge(scene, drafted(scene), drafted(scene), by=scene.requester)

    def test_a_repeat_is_answered_with_the_first(self, scene: Scene) -> None:
        one, other, again = drafted(scene), drafted(scene), key()
        said = {"into": one, "others": [other], "seen": {one.pk: one.version, other.pk: other.version}}

        first, second = (regrouping.merge(**said, by=scene.buyer, at=NOW, key=again) for _n in range(2))

        assert first.pk == second.pk == one.pk
        assert fresh(one).line_count == 2


class TestSplit:
    def test_ticked_lines_stand_on_a_new_order(self, scene: Scene) -> None:
        order = drafted(scene, items=3)
        before = standing(scene)

        made = split(scene, order, 2, 3)

        assert (fresh(order).line_count, made.line_count, made.status) == (1, 2, "approved")
        assert standing(scene) == before

    def test_at_least_one_line_stays_and_one_goes(self, scene: Scene) -> None:
        order = drafted(scene, items=2)
        for taken in ([], [1, 2]):
            with pytest.raises(Refused, match="at least one line stays"):
                split(scene, order, *taken)

    def test_a_line_that_is_gone_is_not_guessed(self, scene: Scene) -> None:
        with pytest.raises(Refused, match="do not stand on the order any more"):
            split(scene, drafted(scene, items=2), 1, 7)

    def test_the_part_can_be_sent_now(self, scene: Scene) -> None:
        order = drafted(scene, items=2)
        made = split(scene, order, 2)

        orders.issue(order=made, by=scene.buyer, at=NOW, seen=made.version, key=key())

        assert (fresh(made).status, fresh(order).status) == ("issued", "approved")
        assert (fresh(scene.budget).reserved, fresh(scene.budget).committed) == (200, 200)


STEPS = st.lists(st.tuples(st.sampled_from(["merge", "split"]), st.integers(0, 99), st.integers(1, 15)), max_size=7)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_merged_and_split_adds_up(scene: Scene, whole: None, steps: list) -> None:
    """Each example goes on from where the one before ended: nothing is lost from one to the next."""
    before, unsent = standing(scene), PurchaseOrder._base_manager.filter(status="approved").order_by("pk")
    for what, which, mask in steps:
        living = list(unsent.all())
        order = living[which % len(living)]
        if what == "merge":
            others = [one for one in living if one.pk != order.pk][: 1 + mask % 2]
            if others:
                merge(scene, order, *others)
            continue
        numbers = list(order.lines.order_by("number").values_list("number", flat=True))
        taken = [number for place, number in enumerate(numbers) if mask >> place & 1]
        if 0 < len(taken) < len(numbers):
            split(scene, order, *taken)
    assert standing(scene) == before
    for order in unsent.prefetch_related("lines"):
        lines = order.lines.all()
        assert (order.line_count, order.amount) == (len(lines), sum(line.amount for line in lines))
        assert order.need_by == min(line.need_by for line in lines)


@pytest.fixture
def whole(scene: Scene) -> None:
    for items in (4, 2, 1):
        drafted(scene, items=items)


class TestForeseen:
    def test_another_price_and_a_minimum_are_said_and_prices_stay(self, scene: Scene) -> None:
        offer = SupplierItem.objects.get(item=scene.items[0])
        PriceBreak.objects.create(
            supplier_item=offer, quantity_from=150, price=Decimal("1.80"), valid_from=dt.date(2026, 1, 1)
        )
        SupplierItem.objects.filter(pk=offer.pk).update(minimum=150)

        (one,) = queries.together([drafted(scene), drafted(scene)], at=NOW)

        assert one.notes == [
            "BOLT-6: for 200 EA the list says 1.80, EUR 40.00 less. Ask for it.",
            "BOLT-6: the least that is sold, 150 EA, is reached.",
        ]
        assert one.amount == 400

    def test_taken_apart_the_minimum_is_missed(self, scene: Scene) -> None:
        SupplierItem.objects.filter(item=scene.items[0]).update(minimum=150)
        order = merge(scene, drafted(scene), drafted(scene))

        stay, move, notes = queries.apart(order, queries.lines_of([order])[order.pk], [2], at=NOW)

        assert (len(stay), len(move)) == (1, 1)
        assert "BOLT-6: 100 is below the least that is sold, 150 EA." in notes

    def test_orders_that_go_with_no_other_say_why(self, scene: Scene) -> None:
        sent, alone = drafted(scene), drafted(scene)
        orders.issue(order=sent, by=scene.buyer, at=NOW, seen=sent.version, key=key())

        first, second = queries.together([fresh(sent), alone], at=NOW)

        assert "was sent" in first.stops[0]
        assert "No other of these orders goes with it" in second.stops[0]


class TestScreens:
    def test_merging_from_the_list_is_seen_before_it_is_done(self, scene: Scene, as_) -> None:
        kept, emptied = drafted(scene), drafted(scene)
        chosen = [f"{one.pk}:{one.version}" for one in (kept, emptied)]

        seen = as_("buyer").post("/orders/merge/", {"key": key(), "chosen": chosen}).content.decode()
        assert "1 order would stay of these" in seen
        assert fresh(emptied).status == "approved"

        said = {"key": key(), "chosen": chosen, "merge": kept.pk, f"into_{kept.pk}": emptied.pk, "do": "now"}
        told = as_("buyer").post("/orders/merge/", said).content.decode()
        assert "1</strong> done" in told
        assert (fresh(kept).status, fresh(emptied).line_count) == ("cancelled", 2)

    def test_an_order_is_split_by_date(self, scene: Scene, as_) -> None:
        order = drafted(scene, items=2)
        later = order.lines.get(number=2)
        order.lines.filter(pk=later.pk).update(need_by=later.need_by + dt.timedelta(days=30))
        page, client = f"/orders/{order.number}/split/", as_("buyer")

        said = {"seen": order.version, "key": key()}
        ticked = client.post(page, said | {"do": "date", "after": later.need_by.isoformat()}).content.decode()
        assert 'value="2" checked' in ticked
        assert "Goes to a new order" in ticked

        answer = client.post(page, said | {"do": "now", "taken": ["2"]})
        assert answer.status_code == 303
        assert fresh(order).line_count == 1

    def test_nothing_ticked_is_said(self, scene: Scene, as_) -> None:
        order = drafted(scene, items=2)

        said = {"seen": order.version, "key": key(), "do": "look"}
        answer = as_("buyer").post(f"/orders/{order.number}/split/", said)

        assert answer.status_code == 422
        assert "at least one line stays" in answer.content.decode()
