"""The screens of invoices, as plain forms: what is shown, what is refused, what it costs."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from finance.invoices import actions
from finance.invoices.actions import settle
from finance.invoices.models import Invoice
from finance.matching.models import MatchTolerance
from foundation.files.queries import files_about
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.resolutions import registry as resolutions
from governance.cases import actions as cases
from governance.cases.models import Case
from receiving.receipts import actions as receipts
from tests.flows.test_requisition_to_stock import billed, counted
from tests.pages import send, signed_in, words
from tests.scene import NOW, TODAY, fresh, give, key, ordered, person


@pytest.fixture
def slow(scene):
    """Nothing is released without a look."""
    MatchTolerance.objects.update(straight_through_cap=None)
    return scene


def received(scene, quantity=100, **how):
    order = ordered(scene, **how)
    started = receipts.start(
        site=scene.site, supplier=scene.supplier, orders=[order], by=scene.receiver, at=NOW, key=key()
    )
    counted(scene, started, quantity)
    return fresh(order)


def clerk(scene):
    return signed_in(scene.people["clerk"])


def lead(scene):
    return signed_in(scene.people["lead"])


class TestList:
    def test_each_invoice_stands_under_its_view(self, slow):
        billed(slow, received(slow), quantity=100, price="3")
        client = clerk(slow)

        assert "1 invoice" in words(client.get("/invoices/"))
        assert "1 invoice" not in words(client.get("/invoices/?status=released"))

    def test_whoever_holds_no_verb_is_told_which(self, scene):
        answer = signed_in(scene.people["requester"]).get("/invoices/")
        assert (answer.status_code, "See invoices" in words(answer)) == (403, True)

    def test_two_for_the_same_sum_are_pointed_out(self, slow):
        order = received(slow)
        first = billed(slow, order, quantity=50)
        Invoice._base_manager.filter(pk=first.pk).update(supplier_number="INV-5O-2")
        billed(slow, order, quantity=50)

        page = words(clerk(slow).get(f"/invoices/{first.number}/"))

        assert "Possibly the same invoice twice" in page
        assert "2 invoices" in words(clerk(slow).get("/invoices/?twice=1&view=all"))

    def test_the_list_costs_few_queries(self, slow, django_assert_max_num_queries):
        billed(slow, received(slow), quantity=100)
        client = clerk(slow)
        client.get("/invoices/")
        with django_assert_max_num_queries(8):
            client.get("/invoices/?view=all")


class TestPage:
    def test_it_says_what_differs_and_how_much_was_allowed(self, slow):
        invoice = billed(slow, received(slow), quantity=100, price="3")

        page = words(clerk(slow).get(f"/invoices/{invoice.number}/"))

        assert "1 of 1 line stops this invoice." in page
        assert "EUR 1.00 ( 50" in page

    def test_another_entitys_invoice_does_not_exist(self, slow):
        invoice = billed(slow, received(slow), quantity=100)
        elsewhere = person("elsewhere")
        give(elsewhere, "Accounts payable", site=slow.other_site.pk)
        assert signed_in(elsewhere).get(f"/invoices/{invoice.number}/").status_code == 404

    def test_the_page_costs_at_most_twelve_queries(self, slow, django_assert_max_num_queries):
        invoice = billed(slow, received(slow), quantity=100, price="3")
        client = clerk(slow)
        client.get("/invoices/")
        with django_assert_max_num_queries(12):
            client.get(f"/invoices/{invoice.number}/")


class TestRelease:
    def test_somebody_else_releases_it(self, slow):
        invoice = billed(slow, received(slow), quantity=100)

        answer = send(lead(slow), f"/invoices/{invoice.number}/release/", seen=invoice)

        assert (answer.status_code, answer["Location"]) == (303, f"/invoices/{invoice.number}/")
        assert fresh(invoice).status == "released"

    def test_the_one_who_captured_it_does_not(self, slow):
        invoice = self.captured_by_the_lead(slow)

        assert "somebody else releases it" in words(lead(slow).get(f"/invoices/{invoice.number}/"))
        assert send(lead(slow), f"/invoices/{invoice.number}/release/", seen=invoice).status_code == 409
        assert fresh(invoice).status == "matched"

    def test_its_twin_without_the_guard_would_let_him(self, slow, monkeypatch):
        monkeypatch.setattr(settle, "why_not_release", lambda invoice, by: [])
        invoice = self.captured_by_the_lead(slow)
        send(lead(slow), f"/invoices/{invoice.number}/release/", seen=invoice)
        assert fresh(invoice).status == "released"

    def test_a_page_that_is_old_is_refused(self, slow):
        invoice = billed(slow, received(slow), quantity=100)
        actions.match(invoice=invoice, by=slow.clerk, at=NOW, seen=invoice.version, key=key())
        answer = send(lead(slow), f"/invoices/{invoice.number}/release/", seen=invoice)
        assert (answer.status_code, fresh(invoice).status) == (409, "matched")

    def test_whoever_may_not_release_is_refused(self, slow):
        invoice = billed(slow, received(slow), quantity=100)
        assert send(clerk(slow), f"/invoices/{invoice.number}/release/", seen=invoice).status_code == 403

    def captured_by_the_lead(self, scene):
        give(scene.people["lead"], "Accounts payable", entity=scene.entity.pk)
        order = received(scene)
        scene.people["clerk"] = scene.people["lead"]
        return billed(scene, order, quantity=100)


class TestAccept:
    def test_a_difference_is_accepted_with_a_reason(self, slow):
        invoice = billed(slow, received(slow), quantity=100, price="3")
        url = f"/invoices/{invoice.number}/lines/1/accept/"
        assert send(lead(slow), url, seen=invoice, reason=" ").status_code == 409

        assert send(lead(slow), url, seen=invoice, reason="steel surcharge agreed").status_code == 303

        assert fresh(invoice).status == "matched"
        assert "steel surcharge" not in fresh(invoice).verdict

    def test_goods_that_did_not_come_are_not_accepted_away(self, slow):
        invoice = billed(slow, received(slow, 70), quantity=100)
        answer = send(lead(slow), f"/invoices/{invoice.number}/lines/1/accept/", seen=invoice, reason="trust")
        assert (answer.status_code, fresh(invoice).status) == (409, "waiting_receipt")


def test_a_rejected_number_may_be_used_again(slow):
    order = received(slow)
    invoice = billed(slow, order, quantity=100, price="3")

    answer = send(lead(slow), f"/invoices/{invoice.number}/reject/", seen=invoice, reason="wrong price")

    assert (answer.status_code, fresh(invoice).status) == (303, "rejected")
    Invoice._base_manager.filter(pk=invoice.pk).update(supplier_number="INV-100-2")
    assert billed(slow, order, quantity=100).status == "matched"


class TestCapture:
    def form(self, order, **more):
        return {
            "entity": order.entity_id,
            "supplier_number": "N-1",
            "invoiced_on": TODAY.isoformat(),
            "currency": "EUR",
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "0",
            "form-0-order_number": order.number,
            "form-0-line_number": "1",
            "form-0-quantity": "100",
            "form-0-price": "2",
            "form-0-tax_percent": "21",
            **more,
        }

    def test_two_steps_from_received_goods_to_a_matched_invoice(self, slow):
        order = received(slow)
        client = clerk(slow)
        assert order.number in words(client.get("/invoices/new/"))
        prefilled = client.get(f"/invoices/new/?orders={order.number}").content.decode()
        assert 'name="form-0-quantity" value="100"' in prefilled

        answer = send(client, "/invoices/new/S-100/", **self.form(order))

        invoice = Invoice.objects.everywhere(because="test").get()
        assert (answer.status_code, answer["Location"]) == (303, f"/invoices/{invoice.number}/")
        assert (invoice.status, invoice.total_amount, invoice.due_on.isoformat()) == ("matched", 242, "2026-04-01")

    def test_the_file_is_kept_about_the_invoice(self, slow, settings, tmp_path):
        settings.FILE_STORE = tmp_path
        order = received(slow)
        paper = SimpleUploadedFile("n-1.pdf", b"%PDF-1.7 invoice")
        send(clerk(slow), "/invoices/new/S-100/", **self.form(order, file=paper))
        invoice = Invoice.objects.everywhere(because="test").get()
        assert [file.name for file in files_about(invoice.subject)] == ["n-1.pdf"]

    def test_a_number_that_was_used_is_refused_and_what_was_typed_stays(self, slow):
        order = received(slow)
        send(clerk(slow), "/invoices/new/S-100/", **self.form(order))
        answer = send(clerk(slow), "/invoices/new/S-100/", **self.form(order))
        assert answer.status_code == 409
        assert "was captured already" in words(answer)
        assert 'value="N-1"' in answer.content.decode()

    def test_what_is_in_hand_is_not_offered_again(self, slow):
        order = received(slow)
        send(clerk(slow), "/invoices/new/S-100/", **self.form(order))
        assert "Nothing of this order waits" in words(clerk(slow).get(f"/invoices/new/?orders={order.number}"))

    def test_nonsense_is_answered_in_words(self, slow):
        order = received(slow)
        answer = send(clerk(slow), "/invoices/new/S-100/", **self.form(order, invoiced_on="soon", currency="E"))
        assert answer.status_code == 422


class TestResolutions:
    def case(self, scene, **how):
        invoice = billed(scene, received(scene), quantity=100, **how)
        return invoice, Case.objects.everywhere(because="test").get(about=invoice.subject)

    def settle(self, scene, case, how, by=None):
        return cases.resolve(
            case=case,
            how=how,
            facts={"reason": "agreed"},
            by=by or scene.lead,
            at=NOW,
            seen=fresh(case).version,
            key=key(),
        )

    def test_the_difference_is_accepted(self, slow):
        invoice, case = self.case(slow, price="3")
        offered = [one.name for one in resolutions.resolutions_for(case.kind) if not one.why_not(case)]
        assert offered == ["accept_difference", "ask_exception", "reject_invoice", "wait_for_credit"]

        self.settle(slow, case, "accept_difference")

        assert (fresh(invoice).status, fresh(case).status) == ("matched", "resolved")

    def test_the_invoice_is_rejected(self, slow):
        invoice, case = self.case(slow, price="3")
        self.settle(slow, case, "reject_invoice")
        assert (fresh(invoice).status, fresh(case).status) == ("rejected", "resolved")

    def test_a_credit_note_is_waited_for_under_one_case(self, slow):
        invoice, case = self.case(slow, price="3")
        self.settle(slow, case, "wait_for_credit")
        actions.match(invoice=fresh(invoice), by=slow.clerk, at=NOW, seen=fresh(invoice).version, key=key())

        unsolved = Case.objects.everywhere(because="test").filter(about=invoice.subject, status="open")
        assert [one.kind for one in unsolved] == ["invoice_credit"]

        self.settle(slow, unsolved.get(), "accept_difference")
        assert fresh(invoice).status == "matched"

    def test_a_settled_invoice_leaves_nothing_to_decide(self, slow):
        invoice, case = self.case(slow, price="3")
        actions.reject(invoice=invoice, reason="no", by=slow.lead, at=NOW, seen=invoice.version, key=key())
        drain()
        with pytest.raises(Refused):
            self.settle(slow, case, "accept_difference")


def test_work_of_accounts_payable_counts_what_differs(slow):
    billed(slow, received(slow), quantity=100, price=str(Decimal(3)))
    assert "Invoices that differ" in words(clerk(slow).get("/"))
