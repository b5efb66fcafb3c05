"""Requests on the screen: the list, writing one, its page."""

import datetime as dt
import re
from typing import Any

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from governance.approvals.models import AutoApproval
from governance.authority.queries import from_kept
from procurement.requisitions.models import Requisition, RequisitionLine
from tests.scene import TODAY, Scene, approve, fresh, key, ordered, requested

SOON = (TODAY + dt.timedelta(days=14)).isoformat()


def typed(scene: Scene, *rows: tuple[str, ...], do: str = "save", **header: object) -> dict:
    """A form as the browser sends it: one list a column."""
    columns = ("what", "quantity", "need_by", "description", "unit", "supplier", "price", "category", "note")
    values = {f"row_{name}": [row[n] if n < len(row) else "" for row in rows] for n, name in enumerate(columns)}
    return {
        "title": "Spring stock",
        "site": scene.site.pk,
        "cost_center": scene.cost_center.pk,
        "need_by": SOON,
        "urgency": "normal",
        "key": key(),
        "do": do,
        **values,
        **header,
    }


def only() -> Requisition:
    return Requisition._base_manager.get()


def lines(requisition: Requisition) -> list[RequisitionLine]:
    return list(requisition.lines.order_by("number"))


class TestWriting:
    def test_a_draft_is_saved_and_opened_again(self, scene: Scene, as_) -> None:
        answer = as_("requester").post("/requests/new/", typed(scene, ("BOLT-6", "50"), ("bolt-8", "12")))

        saved = only()
        assert (answer.status_code, answer["Location"]) == (303, f"/requests/{saved.number}/edit/")
        assert [(line.item.sku, line.quantity, line.price) for line in lines(saved)] == [
            ("BOLT-6", 50, 2),
            ("BOLT-8", 12, 2),
        ]
        page = as_("requester").get(answer["Location"]).content.decode()
        assert 'value="BOLT-8"' in page

    def test_sent_twice_it_has_one_effect(self, scene: Scene, as_) -> None:
        form = typed(scene, ("BOLT-6", "50"))
        first, second = (as_("requester").post("/requests/new/", form) for _n in range(2))

        assert first["Location"] == second["Location"]
        assert Requisition._base_manager.count() == 1

    def test_sending_asks_the_branch_manager(self, scene: Scene, as_) -> None:
        answer = as_("requester").post("/requests/new/", typed(scene, ("BOLT-6", "100"), do="send"))

        assert answer["Location"] == f"/requests/{only().number}/"
        assert only().status == "in_approval"
        assert "Waiting for Manager" in as_("requester").get(answer["Location"]).content.decode()

    def test_a_small_one_is_approved_by_policy(self, scene: Scene, as_) -> None:
        as_("requester").post("/requests/new/", typed(scene, ("BOLT-6", "10"), do="send"))

        kept = AutoApproval.objects.get(about=only().subject)
        assert only().status == "approved"
        assert (kept.amount, kept.url) == (only().amount, f"/requests/{only().number}/")
        assert from_kept(kept.facts).amount.amount == only().amount

    def test_rows_that_are_not_understood_stay_and_the_rest_is_saved(self, scene: Scene, as_) -> None:
        answer = as_("requester").post("/requests/new/", typed(scene, ("BOLT-6", "5"), ("BOLT-66", "7")))

        page = answer.content.decode()
        assert answer.status_code == 409
        assert [line.item.sku for line in lines(only())] == ["BOLT-6"]
        assert "No item has the code “BOLT-66”." in page
        assert re.search(r'value="use:1:\d+">BOLT-6 Hex bolt M6', page)

    def test_a_day_that_all_lack_is_asked_for_once(self, scene: Scene, as_) -> None:
        form = typed(scene, ("BOLT-6", "5"), ("BOLT-8", "7"), do="send", need_by="")

        page = as_("requester").post("/requests/new/", form).content.decode()

        assert page.count("here once for all lines, or in each line.") == 2  # in the list of errors and at the field
        assert 'aria-describedby="id_need_by_error"' in page

    def test_a_refused_sending_leaves_a_draft_and_says_why(self, scene: Scene, as_) -> None:
        answer = as_("requester").post("/requests/new/", typed(scene, ("BOLT-6", "100"), do="send", urgency="urgent"))

        assert answer.status_code == 409
        assert "Say why it is urgent" in answer.content.decode()
        assert only().status == "draft"
        assert f'action="/requests/{only().number}/edit/"' in answer.content.decode()

    def test_free_text_needs_a_category_a_unit_and_a_price(self, scene: Scene, as_) -> None:
        row = ("", "3", "", "Repair of the gate", "EA", "", "120.50", "FAS")
        answer = as_("requester").post("/requests/new/", typed(scene, row))

        assert answer.status_code == 303
        assert lines(only())[0].amount == 361.5
        refused = as_("requester").post("/requests/new/", typed(scene, (*row[:7], "")))
        assert "pick a category" in refused.content.decode()

    def test_pasted_cells_become_rows(self, scene: Scene, as_) -> None:
        block = "SKU\tQty\tDate\nBOLT-6\t20\t20.3.2026\nBOLT-8\t1,5\nbolt-10\t7\t\t1.90\tfor the ramp"
        answer = as_("requester").post("/requests/new/", typed(scene, do="paste", pasted=block))

        page = answer.content.decode()
        assert answer.status_code == 200
        assert page.count('name="row_what" value="BOLT-') == 2
        assert "Quantity: Not a number; use digits like 12.5." in page
        assert not Requisition._base_manager.exists()

    def test_rows_can_be_picked_copied_and_dropped_without_scripts(self, scene: Scene, as_) -> None:
        picked = (
            as_("requester")
            .post("/requests/new/", typed(scene, ("BOLT-6", "5"), do=f"pick:{scene.items[1].pk}"))
            .content.decode()
        )
        copied = as_("requester").post("/requests/new/", typed(scene, ("BOLT-6", "5"), do="copy:0")).content.decode()
        dropped = as_("requester").post("/requests/new/", typed(scene, ("BOLT-6", "5"), do="drop:0")).content.decode()

        assert picked.count('name="row_what" value="BOLT-') == 2
        assert copied.count('name="row_what" value="BOLT-6"') == 2
        assert 'value="BOLT-6"' not in dropped

    def test_an_unknown_button_is_refused(self, scene: Scene, as_) -> None:
        assert as_("requester").post("/requests/new/", typed(scene, do="copy:99")).status_code == 400
        assert as_("requester").post("/requests/new/", typed(scene, do="explode")).status_code == 400

    def test_whoever_saw_an_older_version_is_told_who_changed_what(self, scene: Scene, as_) -> None:
        as_("requester").post("/requests/new/", typed(scene, ("BOLT-6", "5")))
        page = f"/requests/{only().number}/edit/"
        seen = only().version
        as_("requester").post(page, typed(scene, ("BOLT-6", "6"), seen=seen, title="Newer"))

        stale = as_("requester").post(page, typed(scene, ("BOLT-6", "7"), seen=seen, title="Older"))

        assert stale.status_code == 409
        assert "Requester changed it" in stale.content.decode()
        assert "Newer" in stale.content.decode()
        assert lines(only())[0].quantity == 6

    def test_a_request_that_is_sent_cannot_be_edited(self, scene: Scene, as_) -> None:
        sent = requested(scene)

        assert as_("requester").get(f"/requests/{sent.number}/edit/").status_code == 404

    def test_costs_the_same_for_one_line_and_for_sixty(
        self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        rows = [("BOLT-6", "500")] * 60
        client = as_("requester")
        client.post("/requests/preview/", typed(scene, rows[0]))  # the matrix is compiled once a process
        with django_assert_max_num_queries(33) as counted:
            client.post("/requests/preview/", typed(scene, *rows))
        many = len(counted)
        with django_assert_max_num_queries(33) as counted:
            client.post("/requests/preview/", typed(scene, rows[0]))
        assert many == len(counted)


class TestRail:
    def test_says_who_would_be_asked_and_writes_nothing(self, scene: Scene, as_) -> None:
        answer = as_("requester").post("/requests/preview/", typed(scene, ("BOLT-6", "100")))

        said = answer.content.decode()
        assert "Manager" in said
        assert "rule 2" in said
        assert "99,800.00" in said
        assert not Requisition._base_manager.exists()

    def test_says_what_stops_it(self, scene: Scene, as_) -> None:
        said = as_("requester").post("/requests/preview/", typed(scene, ("BOLT-6", "9"), urgency="urgent"))

        assert "Say why it is urgent" in said.content.decode()

    def test_without_a_site_it_says_nothing(self, scene: Scene, as_) -> None:
        answer = as_("requester").post("/requests/preview/", typed(scene, ("BOLT-6", "9"), site=""))

        assert answer.status_code == 200


class TestItems:
    def find(self, client: Client, scene: Scene, text: str) -> str:
        return client.get("/requests/items/", {"find": text, "site": scene.site.pk}).content.decode()

    def test_finds_by_code_supplier_part_gtin_and_words(self, scene: Scene, as_) -> None:
        bolt = scene.items[0]
        bolt.gtin = "4006381333931"
        bolt.save(update_fields=["gtin"])

        for text in ("bolt-6", f"NF-{bolt.pk}", "4006381333931", "hex M6"):
            assert "BOLT-6" in self.find(as_("requester"), scene, text), text

    def test_shows_price_and_lead_time(self, scene: Scene, as_) -> None:
        said = self.find(as_("requester"), scene, "BOLT-6")

        assert "2.00" in said
        assert "7 days" in said
        assert "Nordfast" in said

    def test_says_so_when_nothing_fits(self, scene: Scene, as_) -> None:
        assert "<table" not in self.find(as_("requester"), scene, "locomotive")


class TestList:
    def test_shows_mine_first_with_whom_it_waits(self, scene: Scene, as_) -> None:
        waiting = requested(scene)

        page = as_("requester").get("/requests/").content.decode()

        assert waiting.number in page
        assert "Manager" in page

    def test_shows_the_orders_it_became(self, order: Any, as_) -> None:

        assert order.number in as_("requester").get("/requests/?view=all").content.decode()

    def test_costs_few_queries(self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        for _n in range(5):
            requested(scene)
        client = as_("requester")
        with django_assert_max_num_queries(8):
            client.get("/requests/")

    def test_out_of_scope_is_not_there(self, scene: Scene, as_) -> None:
        assert as_("stranger").get("/requests/").status_code == 403


class TestPage:
    def test_follows_each_line_to_its_order(self, order: Any, as_) -> None:

        page = as_("requester").get(f"/requests/{only().number}/").content.decode()

        assert order.number in page
        assert "Ordered, not confirmed" in page

    def test_costs_few_queries(self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        ordered(scene, items=4)
        client, address = as_("requester"), f"/requests/{only().number}/"
        with django_assert_max_num_queries(12):
            client.get(address)

    def test_withdraw_takes_it_back(self, scene: Scene, as_) -> None:
        sent = requested(scene)
        answer = as_("requester").post(f"/requests/{sent.number}/withdraw/", {"seen": sent.version, "key": key()})

        assert (answer.status_code, answer["Location"]) == (303, f"/requests/{sent.number}/")
        assert only().status == "draft"

    def test_whoever_may_only_see_cannot_withdraw(self, scene: Scene, as_) -> None:
        sent = requested(scene)
        answer = as_("manager").post(f"/requests/{sent.number}/withdraw/", {"seen": sent.version, "key": key()})

        assert answer.status_code == 403
        assert only().status == "in_approval"

    def test_a_copy_is_a_new_draft(self, scene: Scene, as_) -> None:
        sent = requested(scene)
        answer = as_("requester").post(f"/requests/{sent.number}/copy/", {"seen": sent.version, "key": key()})

        assert answer["Location"].endswith("/edit/")
        assert Requisition._base_manager.filter(status="draft").count() == 1

    def test_the_rest_of_a_line_can_be_given_up(self, scene: Scene, as_) -> None:
        sent = requested(scene)
        approve(scene, sent)
        said = {"seen": fresh(sent).version, "key": key(), "line": 1, "reason": "not needed"}

        as_("requester").post(f"/requests/{sent.number}/cancel-remainder/", said)

        assert sent.lines.get().cancelled == 100

    def test_without_a_reason_nothing_is_cancelled(self, scene: Scene, as_) -> None:
        sent = requested(scene)
        answer = as_("requester").post(f"/requests/{sent.number}/cancel/", {"seen": sent.version, "key": key()})

        assert answer.status_code == 409
        assert only().status == "in_approval"


class TestLineage:
    def test_walks_from_request_to_order(self, order: Any, as_) -> None:
        line = lines(only())[0]

        page = as_("requester").get(f"/lineage/{line.lineage}/").content.decode()

        assert only().number in page
        assert order.number in page

    def test_an_unknown_line_is_not_there(self, scene: Scene, as_) -> None:
        assert as_("requester").get("/lineage/00000000-0000-4000-8000-000000000000/").status_code == 404
