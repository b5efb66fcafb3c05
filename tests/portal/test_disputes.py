"""A dispute and a held invoice as the supplier reads them, answers them and settles them; and what he never sees."""

import datetime as dt
import re
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect
from psycopg import errors

from finance.invoices import actions as invoices
from finance.invoices.actions import Charged
from foundation.door.door import AS_IT_IS
from foundation.journal.relay import drain
from governance.cases import actions as cases
from governance.cases.models import Case
from organization.notifications.models import Mail
from suppliers.disputes import actions as disputes
from suppliers.disputes.actions import Offer
from suppliers.disputes.models import Dispute
from tests.browser import accept_everywhere, opening, serving, sign_in
from tests.pages import words
from tests.portal import world as worlds
from tests.portal.roles import connected
from tests.portal.test_fence import shown
from tests.portal.twins import open_table, twin
from tests.receiving.steps import received
from tests.scene import NOW, TODAY, fresh, key

NOTE = "Ask legal before we give in"
LATER = dt.date.today() + dt.timedelta(days=30)


def write(place, case, by, text="", **more):
    with connected("owner", place.name):
        disputes.write(case=fresh(case), text=text, by=by, at=NOW, seen=AS_IT_IS, key=key(), **more)
        drain()


def disputed(place, world, side):
    """Two of ten are broken; a note stays among us, a message goes out."""
    scene = replace(world.scene, supplier=side.supplier)
    with connected("owner", place.name):
        received(scene, side.order, 8, 10, 10, damaged=2, note="Dropped by ours")
        drain()
        case = Case._base_manager.get(kind="receipt_damaged", supplier=side.supplier.party_id)
        cases.add_note(case=case, text=NOTE, by=scene.supervisor, at=NOW, key=key())
    write(place, case, scene.supervisor, f"Two are bent, {side.mark}.")
    with connected("owner", place.name):
        return case, Dispute._base_manager.get(case=case)


@pytest.fixture
def mine(place, world):
    return disputed(place, world, world.own)


@pytest.fixture
def theirs(place, world):
    return disputed(place, world, world.foreign)


@pytest.fixture
def held(place, world):
    """An invoice that asks more than was agreed."""
    order, scene = world.own.order, world.scene
    line = {"description": "Bolt", "order_number": order.number, "line_number": 2}
    charged = [Charged(**line, quantity=Decimal(10), price=Decimal("2.1"), amount=Decimal(21))]
    bill = {"supplier_number": "R-1", "invoiced_on": TODAY, "currency": "EUR", "charged": charged}
    sums = {"tax_amount": Decimal(0), "total_amount": Decimal(21)}
    with connected("owner", place.name):
        made = invoices.capture(
            entity=scene.entity, supplier=world.own.supplier, **bill, **sums, by=scene.clerk, at=NOW, key=key()
        )
        drain()
        return fresh(made)


def post(browser, address, **said):
    return browser.post(address, {"key": uuid.uuid4().hex, **said})


def bare(response):
    """The page without what is drawn by lot for each answer."""
    return re.sub(r'value="\w{64}"|[0-9a-f]{8}-[0-9a-f-]{27}', "", response.content.decode())


def applied(place):
    with connected("app", place.name):
        drain()


class TestThread:
    def test_is_listed_linked_answered_and_agreed(self, place, world, own, mine):
        case, row = mine
        address = f"/disputes/{row.public_id}/"
        with CaptureQueriesContext(connection) as asked:
            page = words(own.get("/disputes/"))
        assert len(asked) <= 14
        assert "Waits for you" in page
        assert f'href="{address}"' in own.get(f"/orders/{world.own.order.public_id}/").content.decode()
        with CaptureQueriesContext(connection) as asked:
            page = words(own.get(address))
        assert len(asked) <= 16, "the thread in four, the rest is session and person"
        assert "Two are bent, Quillfeather." in page
        assert "Counted damaged 2 EA" in page
        assert post(own, f"{address}reply/", seen=1, text="").status_code == 422

        assert post(own, f"{address}reply/", seen=1, text="Send photos?").status_code == 303
        assert "On its way" in words(own.get(address))
        applied(place)
        assert "Waits for the buyer" in words(own.get(address))
        write(place, case, world.scene.supervisor, offer=Offer(settlement="deliver", day=LATER))
        agreed = post(own, f"{address}agree/", seen=3, number=3)
        assert agreed.status_code == 303
        applied(place)

        page = words(own.get(address))
        assert "Settled Replaced:" in page
        assert "Reply" not in page

    def test_keeps_what_was_typed_when_the_buyer_spoke_meanwhile(self, place, world, own, mine):
        case, row = mine
        write(place, case, world.scene.supervisor, offer=Offer(settlement="credit", amount=Decimal(4)))

        late = post(own, f"/disputes/{row.public_id}/reply/", seen=1, text="I typed this before")

        page = late.content.decode()
        assert late.status_code == 409
        assert "The buyer wrote meanwhile" in page
        assert "I typed this before" in page
        assert "is-new" in page
        assert place.sql("SELECT count(*) FROM suppliers_submission WHERE kind = 'dispute'") == [(0,)]

    def test_keeps_the_words_when_the_file_is_not_taken(self, own, mine):
        page = SimpleUploadedFile("photo.pdf", b"<html>", content_type="application/pdf")
        back = post(own, f"/disputes/{mine[1].public_id}/reply/", seen=1, text="See the photo", file=page)
        assert back.status_code == 409
        assert "See the photo" in back.content.decode()
        assert "can be taken" in words(back)
        assert "wrote meanwhile" not in words(back)

    def test_of_another_supplier_is_as_if_it_never_was(self, place, own, mine, theirs):
        nothing = uuid.UUID(int=7)
        with connected("owner", place.name):
            theirs = theirs[1].public_id
        for path in ("/disputes/{}/", "/disputes/{}/reply/", "/disputes/{}/agree/", "/disputes/files/{}/"):
            ask = own.get if path.endswith("{}/") else lambda address: post(own, address, seen=9, number=1, text="Hi")
            foreign, never = ask(path.format(theirs)), ask(path.format(nothing))
            assert (foreign.status_code, never.status_code) == (404, 404)
            assert bare(foreign) == bare(never)
        assert "Zanzibar" not in words(own.get("/disputes/"))

    def test_the_mail_leads_to_it(self, place, own, mine):
        with connected("owner", place.name):
            text = Mail.objects.filter(thread__startswith="dispute:").latest("pk").text
        token = re.search(r"/l/([^/]+)/", text)[1]
        gone = own.get(f"/l/{token}/")
        assert gone["Location"] == f"/disputes/{mine[1].public_id}/"


class TestFence:
    @twin(
        notes_granted="GRANT SELECT ON governance_casenote TO countersign_portal",
        cases_granted="GRANT SELECT ON governance_case TO countersign_portal",
        key_granted="GRANT SELECT ON suppliers_dispute TO countersign_portal",
    )
    def test_neither_notes_nor_cases_exist_for_the_portal(self, place, own, mine):
        for asked in (
            "SELECT text FROM governance_casenote",
            "SELECT summary FROM governance_case",
            "SELECT case_id FROM suppliers_dispute",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                place.raw(asked, shown=shown(own))
        read = [own.get(path).content.decode() for path in ("/", "/disputes/", f"/disputes/{mine[1].public_id}/")]
        assert not [page for page in read if NOTE in page or "Dropped by ours" in page]

    @twin(threads_open=open_table("suppliers_dispute"), words_open=open_table("suppliers_said"))
    def test_a_thread_is_seen_by_its_own_supplier_only(self, place, own, mine, theirs):
        for asked in ("SELECT count(*) FROM suppliers_dispute", "SELECT count(*) FROM suppliers_said"):
            assert place.raw(asked, shown=shown(own)) == [(1,)]

    def test_nothing_is_said_but_by_a_submission(self, place, own, mine):
        for asked in ("UPDATE suppliers_dispute SET turn = ''", "DELETE FROM suppliers_said"):
            with pytest.raises(errors.InsufficientPrivilege):
                place.raw(asked, shown=shown(own))


class TestInvoices:
    def test_say_why_they_are_held_and_lead_to_the_dispute(self, place, world, own, mine, held):
        page = words(own.get("/invoices/"))
        assert "Line 1: price 2.1 instead of 2. Please credit it, or tell us why." in page
        assert "Ready to bill: 1 order" in page
        assert world.own.order.number in words(own.get("/orders/to-bill/"))
        with CaptureQueriesContext(connection) as asked:
            page = words(own.get(f"/invoices/{held.public_id}/"))
        assert len(asked) <= 16
        assert "Tell us about it" in page

        sent = post(own, f"/invoices/{held.public_id}/ask/", text="Your buyer agreed to 2.10.")
        applied(place)

        assert "Somebody of ours answers about invoice R-1" in words(own.get(sent["Location"]))
        assert "To the dispute" in words(own.get(f"/invoices/{held.public_id}/"))

    def test_one_whose_goods_are_looked_at_is_not_asked_about(self, place, own, mine, held):
        place.sql("UPDATE finance_invoice SET status = 'blocked' RETURNING id")
        place.sql("UPDATE finance_invoiceline SET verdict = 'blocked_by_case' RETURNING id")

        page = words(own.get(f"/invoices/{held.public_id}/"))

        assert "the goods are being looked at" in page
        assert "Tell us about it" not in page

    def test_a_sum_that_is_wrong_is_told_as_a_sum(self, place, own, mine, held):
        place.sql("UPDATE finance_invoiceline SET price = 2 RETURNING id")

        assert "Line 1: 10 at 2 is 20.00 EUR, not 21.00 EUR." in words(own.get("/invoices/"))

    def test_an_agreed_credit_is_sent_as_a_note_that_is_filled_in(self, place, world, own, mine, held):
        with connected("owner", place.name):
            case = Case._base_manager.get(kind="invoice_price")
        address = f"/invoices/{held.public_id}/credit/"
        assert "It cannot be credited yet" in words(own.get(address))
        write(place, case, world.scene.clerk, offer=Offer(settlement="credit", amount=Decimal(1)))
        with connected("owner", place.name):
            row = Dispute._base_manager.get(case=case)
        post(own, f"/disputes/{row.public_id}/agree/", seen=1, number=1)
        applied(place)
        assert "Credits that you agreed to" in words(own.get("/invoices/"))
        assert 'name="price-1" value="2"' in own.get(address).content.decode(), "the price that was agreed"
        said = {"number": "C-1", "date": TODAY.isoformat(), "tax_percent": "0", "quantity-1": "10"}
        assert post(own, address, **said, **{"price-1": "2.1"}).status_code == 422
        assert post(own, address, **said, **{"price-1": "3"}).status_code == 422

        sent = post(own, address, **said, **{"price-1": "2"})
        applied(place)

        assert "Your credit note C-1 of invoice R-1 has arrived." in words(own.get(sent["Location"]))
        assert "To be paid" in words(own.get(f"/invoices/{held.public_id}/"))
        assert place.sql("SELECT status FROM finance_invoice ORDER BY id") == [("released",), ("released",)]


@pytest.mark.browser
def test_a_dispute_is_read_answered_and_settled(place, world, mine, held, chromium):
    case, _row = mine
    with serving() as address:
        for eyes in opening(chromium, address):
            page = eyes(None, "/sign-in/")
            sign_in(page, world.own.person.email, worlds.PASSWORD)
            page.goto(f"{address}/disputes/")
            accept_everywhere(page, "portal-disputes")
            page.get_by_role("link", name=re.compile("Delivery|Receipt|RC")).first.click()
            page.get_by_label("Message").fill("We send two new ones.")
            page.get_by_role("button", name="Reply").click()
            expect(page.locator("#thread")).to_contain_text("On its way")
            applied(place)
            expect(page.locator("#thread .ours")).to_contain_text("We send two new ones.")
            page.get_by_text("Propose a settlement").click()
            page.get_by_text("Replaced. The", exact=False).first.click()
            page.get_by_label("Day of the delivery").fill(LATER.isoformat())
            page.get_by_role("button", name="Send the proposal").click()
            applied(place)
            expect(page.locator("#thread")).to_contain_text("Your proposal")
            write(place, case, world.scene.supervisor, offer=Offer(settlement="credit", amount=Decimal(4)))
            page.reload()
            accept_everywhere(page, "portal-dispute")
            page.get_by_role("button", name="Agree", exact=True).click()
            applied(place)
            expect(page.locator("#thread")).to_contain_text("Settled")
            accept_everywhere(page, "portal-dispute-settled")
            page.goto(f"{address}/invoices/{held.public_id}/")
            accept_everywhere(page, "portal-invoice")
            page.goto(f"{address}/invoices/")
            accept_everywhere(page, "portal-invoices")
