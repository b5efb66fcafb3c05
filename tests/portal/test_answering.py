"""From a press in the portal to an order that has changed: confirm, change, announce, bill; twice is once."""

import datetime as dt
import re

import pytest
from django.db import connection

from foundation.journal.chain import broken_links
from foundation.journal.queries import heads
from foundation.journal.relay import drain
from procurement.orders import portal
from tests.portal.roles import connected
from tests.portal.twins import twin

KEY = "k" * 24


def applied(place):
    """Whatever waits is delivered, by the back office's own role."""
    with connected("app", place.name):
        drain()


def submissions(place):
    return place.sql("SELECT kind, status, body, answer FROM suppliers_submission ORDER BY id")


def typed(page, **other):
    """The fields of a page's answer grid as they stand, with some typed over."""
    text = page.content.decode()
    found = dict(re.findall(r'name="((?:quantity|on|price|lot|expires)-[\d-]+)" value="([^"]*)"', text))
    return {**found, **other}


def without_tokens(answer):
    """The page without what differs by itself: the form's token, and the address that was asked for."""
    shown = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r"/orders/[0-9a-f-]{36}/", "/orders/…/", shown)


@pytest.fixture
def order(world):
    return world.own.order


@pytest.fixture
def home(order):
    return f"/orders/{order.public_id}/"


class TestConfirm:
    def test_all_lines_by_one_press(self, place, own, order, home):
        answer = own.post(f"{home}confirm/", {"revision": 1, "key": KEY})
        assert answer.status_code == 303
        applied(place)

        assert "Confirmed" in own.get(answer["Location"]).content.decode()
        assert order.number in own.get("/").content.decode(), "it is to be shipped"
        assert place.sql("SELECT confirmed FROM procurement_purchaseorder WHERE id = %s", order.pk) == [("confirmed",)]

    def test_twice_is_once(self, place, own, home):
        places = {own.post(f"{home}confirm/", {"revision": 1, "key": KEY})["Location"] for _ in range(3)}
        applied(place)

        assert len(places) == 1
        assert len(submissions(place)) == 1
        assert place.sql("SELECT count(*) FROM procurement_confirmation") == [(1,)]

    def test_leaves_chains_that_hold(self, place, own, home):
        own.post(f"{home}confirm/", {"revision": 1, "key": KEY})
        applied(place)

        with connected("app", place.name):
            assert broken_links(dict(heads())) == []

    @twin(no_trigger="DROP TRIGGER deliver ON foundation_entry")
    def test_wakes_whoever_listens(self, place, own, home):
        own.post(f"{home}confirm/", {"revision": 1, "key": KEY})

        heard = place.sql("SELECT subscriber FROM foundation_delivery WHERE lane LIKE '%suppliers.submission:%'")

        assert heard == [("suppliers.subscribers.answer_submission",)]

    def test_of_another_suppliers_order_is_like_one_that_is_not(self, world, own):
        theirs = own.post(f"/orders/{world.foreign.order.public_id}/confirm/", {"revision": 1, "key": KEY})
        never = own.post("/orders/00000000-0000-4000-8000-000000000000/confirm/", {"revision": 1, "key": KEY})

        assert (theirs.status_code, never.status_code) == (404, 404)
        assert without_tokens(theirs) == without_tokens(never)

    def test_of_an_order_without_anything_open_is_not_asked_for(self, place, own, order, home):
        assert 'name="quantity-1"' in own.get(home).content.decode()
        settled = "UPDATE procurement_purchaseorder SET open_line_count = 0 WHERE id = %s RETURNING id"
        place.sql(settled, order.pk)

        page = own.get(home).content.decode()

        assert "Nothing of this order is open any more" in page
        assert 'name="quantity-1"' not in page
        assert "Send answer" not in page


class TestAnswer:
    def test_with_two_lines_changed_asks_the_buyer_about_what_is_beyond_tolerance(self, place, own, order, home):
        page = own.get(home)
        later = (order.need_by or dt.date(2026, 3, 16)) + dt.timedelta(days=400)
        form = typed(page, **{"quantity-1": "7", "on-2": later.isoformat()})

        answer = own.post(f"{home}answer/", {**form, "revision": 1, "key": KEY})
        assert answer.status_code == 303
        applied(place)

        ((kind, status, body, said),) = submissions(place)
        assert (kind, status) == ("confirmation", "applied")
        assert [sorted(line) for line in body["lines"]] == [["line", "quantity"], ["line", "on"], ["line"]]
        assert said["status"] == "in_exception"
        assert [verdict for _line, verdict, _sentence in said["lines"]] == ["deviates", "deviates", "as_ordered"]
        again = own.get(home).content.decode()
        assert again.count("You proposed:") == 2, "what waits for the buyer stands at its line"
        assert "7 instead of 10 " in again
        assert order.number not in own.get("/").content.decode(), "nobody ships what the buyer decides about"

    @pytest.mark.parametrize(
        "wrong", [{"quantity-1": "1,5"}, {"quantity-1": "0"}, {"on-1": "2024-13-45"}, {"price-1": "x"}]
    )
    def test_that_cannot_be_read_keeps_what_was_typed(self, place, own, home, wrong):
        form = typed(own.get(home), **wrong)

        answer = own.post(f"{home}answer/", {**form, "revision": 1, "key": KEY})

        assert answer.status_code == 422
        assert f'value="{next(iter(wrong.values()))}"' in answer.content.decode()
        assert submissions(place) == []

    def test_to_an_older_revision_is_not_sent(self, place, own, home):
        place.sql("UPDATE procurement_purchaseorder SET revision = 2")

        answer = own.post(f"{home}answer/", {**typed(own.get(home)), "revision": 1, "key": KEY})

        assert answer.status_code == 409
        assert submissions(place) == []


class TestShip:
    def test_announces_what_is_on_the_truck(self, place, own, home):
        own.post(f"{home}confirm/", {"revision": 1, "key": KEY})
        applied(place)
        form = typed(own.get(f"{home}ship/"))
        truck = {"reference": "DN-1", "ships_on": "2026-11-21", "arrives_on": "2026-11-23", "packages": 2}

        answer = own.post(f"{home}ship/", {**form, **truck, "key": "s" * 24})
        assert answer.status_code == 303
        applied(place)

        assert submissions(place)[-1][:2] == ("ship_notice", "applied")
        assert "DN-1" in own.get("/shipments/").content.decode()


class TestBill:
    def test_sends_an_invoice_that_waits_for_the_goods(self, place, own, home):
        form = typed(own.get(f"{home}invoice/"))

        answer = own.post(
            f"{home}invoice/",
            {**form, "number": "R-1", "date": dt.date.today().isoformat(), "tax_percent": "21", "key": "b" * 24},
        )
        assert answer.status_code == 303
        applied(place)

        assert submissions(place)[-1][:2] == ("invoice", "applied")
        assert "Waiting for our warehouse" in own.get("/invoices/").content.decode()

    def bill(self, own, orders, **more):
        chosen = [str(order.public_id) for order in orders]
        return own.post("/orders/to-bill/invoice/", {"chosen": chosen, "key": "m" * 24, **more})

    def arrived(self, place, orders):
        place.sql(
            "UPDATE finance_commitment SET received = quantity WHERE order_number = ANY(%s) RETURNING id",
            [order.number for order in orders],
        )

    def test_of_two_orders_goes_out_once(self, place, own, world):
        first, second, _third = world.own.orders
        self.arrived(place, [first, second])

        page = self.bill(own, [first, second])
        assert first.number in page.content.decode()
        assert second.number in page.content.decode()
        header = {"number": "R-2", "date": dt.date.today().isoformat(), "tax_percent": "21"}
        wrong = self.bill(own, [first, second], **typed(page, **{"quantity-2-1": "x"}), **header)
        assert (wrong.status_code, submissions(place)) == (422, [])
        answer = self.bill(own, [first, second], **typed(page, **{"quantity-2-1": ""}), **header)
        assert answer.status_code == 303
        applied(place)

        ((kind, status, body, _said),) = submissions(place)
        assert (kind, status) == ("invoice", "applied")
        assert [(line["order"], line["line"]) for line in body["lines"]] == [
            *((first.number, line) for line in "123"),
            *((second.number, line) for line in "23"),
        ]
        bound = place.sql(
            "SELECT c.order_number, count(*) FROM finance_invoiceline l JOIN finance_commitment c "
            "ON c.id = l.commitment_id GROUP BY 1 ORDER BY 1"
        )
        assert bound == [(first.number, 3), (second.number, 2)]

    def test_of_an_order_that_is_not_his_or_not_to_be_billed_is_none(self, place, own, world):
        self.arrived(place, world.foreign.orders)

        for orders in (world.foreign.orders, world.own.orders, []):
            answer = self.bill(own, orders)
            assert (answer.status_code, "Choose at least one order" in answer.content.decode()) == (400, True)

    def test_of_two_companies_is_refused(self, place, own, world):
        first, second, _third = world.own.orders
        self.arrived(place, [first, second])
        place.sql("UPDATE procurement_purchaseorder SET currency = 'USD' WHERE id = %s RETURNING id", second.pk)

        answer = self.bill(own, [first, second])

        assert answer.status_code == 400
        assert "Each gets an invoice of its own" in answer.content.decode()


class TestWhatTakesLong:
    def late(self, place):
        with connected("owner", place.name), connection.cursor() as cursor:
            cursor.execute("update suppliers_submission set received_at = now() - interval '10 minutes'")

    def test_is_said_to_who_sent_it_and_to_nobody_else(self, place, own, foreign, home):
        own.post(f"{home}confirm/", {"revision": 1, "key": KEY})
        assert "later than usual" not in own.get("/").content.decode()

        self.late(place)

        page = own.get("/").content.decode()
        assert "What you sent us is worked on later than usual" in page
        assert "You need not send it again." in page
        assert "ERP" not in page
        assert "later than usual" not in foreign.get("/").content.decode()


class TestAnsweredTwice:
    def test_a_page_from_before_the_first_answer_names_it_and_sends_nothing(self, place, own, home):
        old = own.get(home).content.decode()
        assert 'name="answers" value="0"' in old
        own.post(f"{home}confirm/", {"revision": 1, "answers": 0, "key": KEY})

        for path, form in (("confirm/", {}), ("answer/", {**typed(own.get(home)), "quantity-1": "7"})):
            answer = own.post(home + path, {**form, "revision": 1, "answers": 0, "key": path[0] * 24})
            assert answer.status_code == 409
            assert "Petra Quillfeather answered it" in answer.content.decode()
        assert 'value="7"' in answer.content.decode()
        assert len(submissions(place)) == 1

    def test_twin_that_does_not_count_sends_both(self, place, own, home, monkeypatch):
        monkeypatch.setattr(portal, "overtaken", lambda request, order: False)
        for sign in "ab":
            own.post(f"{home}confirm/", {"revision": 1, "answers": 0, "key": sign * 24})

        assert len(submissions(place)) == 2

    def test_meant_it_replaces_the_first(self, place, own, home):
        own.post(f"{home}confirm/", {"revision": 1, "answers": 0, "key": KEY})
        form = typed(own.get(home), **{"quantity-1": "7"})

        own.post(f"{home}answer/", {**form, "revision": 1, "answers": 1, "key": "c" * 24})
        applied(place)

        assert [status for _kind, status, *_rest in submissions(place)] == ["applied", "applied"]

    def test_line_seven_today_and_nine_tomorrow_neither_wipes_the_other(self, place, own, order, home):
        for day, line in enumerate((1, 3)):
            form = typed(own.get(home)) | {f"choice-{n}": "later" for n in (1, 2, 3) if n != line}
            own.post(f"{home}answer/", {**form, "revision": 1, "answers": day, "key": f"{day}" * 24})
            applied(place)

        said = place.sql(
            "SELECT number, confirmed_quantity IS NOT NULL FROM procurement_purchaseorderline WHERE order_id = %s ORDER BY 1",
            order.pk,
        )
        assert said == [(1, True), (2, False), (3, True)]
