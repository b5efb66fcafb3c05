"""Answers by spreadsheet: away with the lines, back with the answers; what is stale or unclear is named and not sent."""

import datetime as dt
import html
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from procurement.orders import portal_sheet
from tests.portal.test_answering import KEY, applied, submissions

LIST = "/orders/lines.xlsx?view=to-confirm&to_confirm=1"


def lines(browser, path=LIST):
    """The downloaded file as rows by heading."""
    sheet = load_workbook(io.BytesIO(browser.get(path).content)).worksheets[0]
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def book(rows):
    made = Workbook()
    made.active.append(list(rows[0]))
    for row in rows:
        made.active.append(list(row.values()))
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile("answers.xlsx", out.getvalue())


def upload(browser, rows):
    return browser.post("/orders/upload/", {"file": book(rows)})


def field(page, name, within="/orders/upload/send/"):
    """A hidden field of one form of the page."""
    form = page.content.decode().split(f'action="{within}"')[1]
    return html.unescape(re.search(rf'name="{name}" value="([^"]*)"', form)[1])


def send(browser, page):
    return browser.post("/orders/upload/send/", {"rows": field(page, "rows"), "key": KEY})


class TestThereAndBack:
    def test_untouched_it_confirms_every_line_of_every_order(self, place, own, world):
        page = upload(own, lines(own))
        assert "Send the answers to 3 orders: confirm 9" in page.content.decode()
        assert submissions(place) == []

        answer = send(own, page)
        assert answer.status_code == 303
        applied(place)

        confirmed = place.sql(
            "SELECT confirmed FROM procurement_purchaseorder WHERE supplier_id = %s AND issued_at IS NOT NULL",
            world.own.supplier.pk,
        )
        assert confirmed == [("confirmed",)] * 3
        assert {len(body["lines"]) for _kind, _status, body, _answer in submissions(place)} == {3}
        assert "Confirmed" in own.get(answer["Location"]).content.decode()

    def test_what_is_typed_over_is_what_the_grid_would_say(self, place, own):
        rows = lines(own)
        first = [row for row in rows if row["Order"] == rows[0]["Order"]]
        first[0]["Your quantity"] = 7
        first[1] |= {"Your answer": "Cannot supply", "Reason": "not made any more"}
        again = first[2] | {"Your quantity": 4, "Your date": first[2]["Your date"] + dt.timedelta(days=400)}
        first[2]["Your quantity"] = 6

        page = upload(own, [*first, again])
        assert "Send the answer to 1 order: change 2, refuse 1" in page.content.decode()
        answer = send(own, page)
        applied(place)

        assert "The buyer must agree" in own.get(answer["Location"]).content.decode()
        ((_kind, status, body, said),) = submissions(place)
        assert status == "applied"
        assert [sorted(line) for line in body["lines"]] == [
            ["line", "quantity"],
            ["line", "reason", "rejected"],
            ["line", "split"],
        ]
        assert [part["quantity"] for part in body["lines"][2]["split"]] == ["6", "4"]
        assert said["status"] == "in_exception"

    def test_a_line_without_its_row_is_left_for_later(self, place, own):
        send(own, upload(own, lines(own)[:1]))
        applied(place)

        ((_kind, _status, body, _said),) = submissions(place)
        assert [line["line"] for line in body["lines"]] == [1]

    def test_of_one_order_as_csv(self, own, world):
        text = own.get(f"/orders/{world.own.order.public_id}/lines.csv").content.decode("utf-8-sig")

        page = own.post("/orders/upload/", {"file": SimpleUploadedFile("answers.csv", text.encode())})

        assert "confirm 3" in page.content.decode()

    @pytest.mark.shared
    def test_holds_nothing_of_anybody_else(self, own, world):
        assert world.foreign.mark not in json.dumps(lines(own, "/orders/lines.xlsx?view=all"), default=str)
        assert own.get(f"/orders/{world.foreign.order.public_id}/lines.xlsx").status_code == 404


class TestSetAside:
    def test_what_cannot_be_read_is_named_and_the_rest_can_be_sent(self, place, own, world):
        rows = lines(own)
        sound = len(rows)
        rows[0]["Your quantity"] = "1,5"
        rows[1]["Your date"] = "next week"
        rows[2]["Your answer"] = "perhaps"
        rows[3]["Row (leave as it is)"] = "x"
        rows[4]["Row (leave as it is)"] = f"{world.foreign.order.public_id}:1:1"
        rows[5]["Your price"] = "=1+1"

        page = upload(own, rows)

        said = page.content.decode()
        assert f"confirm {sound - 6}" in said
        for why in ("2026-12-04", "cannot supply", "The last column was changed", "no such order", "computes"):
            assert why in said
        fix = field(page, "rows", within="/orders/to-put-right.xlsx")
        again = own.post("/orders/to-put-right.xlsx", {"rows": fix})
        sheet = load_workbook(io.BytesIO(again.content)).worksheets[0]
        assert (sheet.max_row, sheet.cell(1, sheet.max_column).value) == (7, "To put right")
        assert all(sheet.cell(row, sheet.max_column).value for row in range(2, 8))

    def test_what_the_buyer_changed_since_is_set_aside_and_the_rest_is_not(self, place, own, world):
        rows = [row for row in lines(own) if row["Order"] == world.own.order.number]
        revised(place, world.own.order)

        page = upload(own, rows)

        said = page.content.decode()
        assert "The buyer changed this line since you downloaded it" in said
        assert "Send the answer to 1 order: confirm 2" in said

    def test_twin_that_does_not_compare_answers_what_was_not_seen(self, place, own, world, monkeypatch):
        monkeypatch.setattr(portal_sheet, "_changed_since", lambda row, order, then: False)
        rows = [row for row in lines(own) if row["Order"] == world.own.order.number]
        revised(place, world.own.order)

        assert "set aside" not in upload(own, rows).content.decode()

    def test_what_changes_between_the_look_and_the_press_is_shown_again(self, place, own, world):
        page = upload(own, lines(own))
        revised(place, world.own.order)

        answer = send(own, page)

        assert answer.status_code == 409
        assert "Something changed while you were looking" in answer.content.decode()
        assert submissions(place) == []

    @pytest.mark.shared
    @pytest.mark.parametrize(
        ("name", "content", "why"),
        [
            ("a.xlsx", b"no workbook", "no workbook that can be read"),
            ("a.csv", b"a,b\n1,2\n", "no column"),
            ("a.csv", b"", "empty"),
        ],
    )
    def test_a_file_of_another_kind_says_what_to_do(self, own, name, content, why):
        answer = own.post("/orders/upload/", {"file": SimpleUploadedFile(name, content)})

        assert answer.status_code == 422
        assert why in answer.content.decode()

    @pytest.mark.shared
    @pytest.mark.parametrize("rows", ["", "[]]", "[1]", '[["x", {}]]', "[]", '[[1, {"row": "x"}]]'])
    def test_rows_that_did_not_come_from_the_page_are_no_answer(self, own, rows):
        assert own.post("/orders/upload/send/", {"rows": rows, "key": KEY}).status_code in (400, 409)


def revised(place, order):
    """The buyer asks for less of the first line: revision 2 stands."""
    place.sql(
        "INSERT INTO procurement_orderrevision (order_id, number, content, digest, issued_at, by)"
        " SELECT order_id, 2, jsonb_set(content, '{lines,0,quantity}', '\"5.000000\"'), digest, issued_at, by"
        " FROM procurement_orderrevision WHERE order_id = %s",
        order.pk,
    )
    place.sql("UPDATE procurement_purchaseorder SET revision = 2 WHERE id = %s RETURNING id", order.pk)
