"""Orders on the screen: the list, the page, its verbs, its revisions."""

import datetime as dt
from typing import Any

from pytest_django import DjangoAssertNumQueries

from foundation.screens.lists import filters
from procurement.changes.models import ChangeRequest
from procurement.orders.models import PurchaseOrder
from tests.procurement.orders.stories import answered, drafted
from tests.scene import TODAY, Scene, fresh, key, ordered

LATER = (TODAY + dt.timedelta(days=44)).isoformat()


def verb(order: PurchaseOrder, **more: object) -> dict:
    return {"seen": fresh(order).version, "key": key(), **more}


class TestList:
    def test_shows_each_order_with_its_three_bars(self, scene: Scene, order: Any, as_) -> None:
        answered(scene, order, [{"line": 1}])

        page = as_("buyer").get("/orders/?view=all").content.decode()

        assert order.number in page
        assert "confirmed 100 %, received 0 %, invoiced 0 %" in page

    def test_views_tell_orders_apart(self, scene: Scene, order: Any, as_) -> None:
        to_send, sent = drafted(scene), order

        page = as_("buyer").get("/orders/?status=approved").content.decode()

        assert to_send.number in page
        assert sent.number not in page

    def test_is_searched_by_parts_of_number_and_supplier(self, scene: Scene, order: Any, as_, monkeypatch) -> None:
        first, second = order, ordered(scene)
        client = as_("buyer")
        for most in (filters.RARE, 0):  # a rare word is looked up first, a frequent one is not: the answer is the same
            monkeypatch.setattr(filters, "RARE", most)
            by_supplier = client.get("/orders/?view=all&q=nordfast").content.decode()
            by_both = client.get(f"/orders/?view=all&q=NORD+{first.number[-6:]}").content.decode()
            nothing = client.get("/orders/?view=all&q=nobody-of-that-name").content.decode()

            assert first.number in by_supplier
            assert second.number in by_supplier
            assert first.number in by_both
            assert second.number not in by_both
            assert first.number not in nothing

    def test_shows_a_rare_word_only_to_whoever_may_see_its_rows(self, order: Any, as_) -> None:

        assert order.number not in as_("stranger").get(f"/orders/?view=all&q={order.number}").content.decode()

    def test_late_is_what_should_be_here(self, order: Any, as_) -> None:
        assert order.number not in as_("buyer").get("/orders/?late=1").content.decode()
        order.lines.update(need_by=TODAY - dt.timedelta(days=1))

        assert order.number in as_("buyer").get("/orders/?late=1").content.decode()

    def test_costs_few_queries(self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        for _n in range(4):
            ordered(scene)
        client = as_("buyer")
        with django_assert_max_num_queries(7):
            client.get("/orders/?view=all")

    def test_many_are_issued_each_in_its_own_turn(self, scene: Scene, as_) -> None:
        good, stale = drafted(scene), drafted(scene)
        chosen = [f"{good.pk}:{good.version}", f"{stale.pk}:{stale.version + 7}"]

        said = {"key": key(), "chosen": chosen, "do": "now"}
        page = as_("buyer").post("/orders/issue/", said).content.decode()

        assert (fresh(good).status, fresh(stale).status) == ("issued", "approved")
        assert "Not done" in page


class TestPage:
    def test_says_the_truth_in_one_sentence(self, order: Any, as_) -> None:
        page = as_("buyer").get(f"/orders/{order.number}/").content.decode()

        assert "0 of 1 line confirmed" in page

    def test_is_not_there_for_whoever_is_out_of_scope(self, order: Any, as_) -> None:
        assert as_("stranger").get(f"/orders/{order.number}/").status_code == 403
        assert as_("buyer").get("/orders/PO-NL01-2026-999999/").status_code == 404

    def test_costs_few_queries(self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        order = ordered(scene, items=4)
        answered(scene, order, [{"line": 1, "on": LATER}])
        client = as_("buyer")
        with django_assert_max_num_queries(12):
            client.get(f"/orders/{order.number}/")

    def test_shows_what_the_supplier_wants_to_change(self, scene: Scene, order: Any, as_) -> None:
        answered(scene, order, [{"line": 1, "on": LATER, "reason": "no steel"}])

        assert "no steel" in as_("buyer").get(f"/orders/{order.number}/").content.decode()


class TestIssue:
    def test_sends_it_and_comes_back(self, scene: Scene, as_) -> None:
        order = drafted(scene)

        answer = as_("buyer").post(f"/orders/{order.number}/issue/", verb(order))

        assert (answer.status_code, answer["Location"]) == (303, f"/orders/{order.number}/")
        assert fresh(order).status == "issued"

    def test_whoever_lacks_the_verb_is_told_who_can_grant_it(self, scene: Scene, as_) -> None:
        order = drafted(scene)

        answer = as_("requester").post(f"/orders/{order.number}/issue/", verb(order))

        assert answer.status_code == 403
        assert fresh(order).status == "approved"

    def test_a_stale_screen_shows_who_did_what(self, scene: Scene, as_) -> None:
        order = drafted(scene)
        old = verb(order)
        as_("buyer").post(f"/orders/{order.number}/issue/", verb(order))

        answer = as_("buyer").post(f"/orders/{order.number}/issue/", old)

        assert answer.status_code == 409
        assert "Buyer changed it" in answer.content.decode()


class TestEnds:
    def test_cancelled_lines_wait_again(self, order: Any, as_) -> None:

        as_("buyer").post(f"/orders/{order.number}/cancel/", verb(order, reason="wrong supplier"))

        assert fresh(order).status == "cancelled"
        assert order.lines.get().sources.get().requisition_line.remaining == 100

    def test_a_line_is_closed_short_with_a_reason(self, order: Any, as_) -> None:
        page = f"/orders/{order.number}/cancel-remainder/"

        refused = as_("buyer").post(page, verb(order, line=1, reason=" "))
        as_("buyer").post(page, verb(order, line=1, reason="discontinued"))

        assert refused.status_code == 409
        assert order.lines.get().closed_short


class TestChange:
    def form(self, order: PurchaseOrder, **changed: object) -> dict:
        line = {"quantity_1": "100", "price_1": "2", "need_by_1": (TODAY + dt.timedelta(days=14)).isoformat()}
        return verb(order, reason="more is needed", **{**line, **changed})

    def test_a_small_change_is_the_next_revision(self, order: Any, as_) -> None:

        answer = as_("buyer").post(f"/orders/{order.number}/change/", self.form(order, quantity_1="102"))

        change = ChangeRequest._base_manager.get()
        assert answer["Location"] == f"/changes/{change.number}/"
        assert (fresh(order).revision, order.lines.get().ordered) == (2, 102)

    def test_nothing_changed_is_said(self, order: Any, as_) -> None:

        answer = as_("buyer").post(f"/orders/{order.number}/change/", self.form(order))

        assert answer.status_code == 409
        assert "Nothing was changed." in answer.content.decode()

    def test_what_cannot_be_read_is_said_beside_its_field(self, order: Any, as_) -> None:

        answer = as_("buyer").post(f"/orders/{order.number}/change/", self.form(order, quantity_1="many"))

        assert answer.status_code == 422


class TestRevisions:
    def test_two_revisions_differ_by_what_was_changed(self, order: Any, as_) -> None:
        as_("buyer").post(f"/orders/{order.number}/change/", TestChange().form(order, quantity_1="103"))

        page = as_("buyer").get(f"/orders/{order.number}/revisions/").content.decode()

        assert "<del>100 EA</del>" in page
        assert "<ins>103 EA</ins>" in page

    def test_each_is_a_pdf_that_never_changes(self, order: Any, as_) -> None:
        address = f"/orders/{order.number}/revisions/1/pdf/"
        first, second = as_("buyer").get(address), as_("buyer").get(address)

        assert first.content.startswith(b"%PDF")
        assert first.content == second.content

    def test_one_that_is_not_there_is_not_found(self, order: Any, as_) -> None:
        number = order.number
        assert as_("buyer").get(f"/orders/{number}/revisions/?to=9").status_code == 404
        assert as_("buyer").get(f"/orders/{number}/revisions/9/pdf/").status_code == 404
