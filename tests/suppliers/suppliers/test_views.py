"""Suppliers on the screen: terms, contacts, and a life that is changed with a reason."""

import pytest

from suppliers.supplier_items.models import SupplierItem
from tests.pages import send, signed_in, words
from tests.scene import VERBS, fresh, give, person


@pytest.fixture
def buyer(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Category manager", ["see_supplier", "edit_supplier", "block_supplier"])
    who = person("category")
    give(who, "Category manager")
    return signed_in(who)


def terms(**more):
    return {
        "currency": "eur",
        "payment_terms": "60 days net",
        "incoterm": "dap",
        "channel": "link",
        "risk": "medium",
        "lead_time_days": "10",
        "confirms_within_hours": "24",
        "deemed_accepted_after_days": "",
        "quantity_percent": "0",
        "price_percent": "1",
        "days_early": "3",
        "days_late": "2",
        **more,
    }


class TestList:
    def test_a_scope_that_names_suppliers_narrows_the_list(self, scene, monkeypatch):
        monkeypatch.setitem(VERBS, "Category manager", ["see_supplier"])
        everybody, other = person("everybody"), person("other")
        give(everybody, "Category manager", site=scene.site.pk)
        give(other, "Category manager", supplier=scene.customer.pk)
        assert "1 supplier" in words(signed_in(everybody).get("/suppliers/"))
        assert "1 supplier" not in words(signed_in(other).get("/suppliers/"))
        assert signed_in(other).get("/suppliers/S-100/").status_code == 404

    def test_the_page_costs_at_most_twelve_queries(self, buyer, django_assert_max_num_queries):
        buyer.get("/suppliers/")
        with django_assert_max_num_queries(12):
            assert "Nordfast AG" in words(buyer.get("/suppliers/S-100/"))


class TestTerms:
    def test_they_are_changed(self, scene, buyer):
        supplier = fresh(scene.supplier)
        answer = send(buyer, "/suppliers/S-100/terms/", seen=supplier, **terms())
        assert (answer.status_code, answer["Location"]) == (303, "/suppliers/S-100/")
        assert (fresh(supplier).payment_terms, fresh(supplier).currency) == ("60 days net", "EUR")

    def test_an_old_form_is_refused_and_shows_what_changed(self, scene, buyer):
        supplier = fresh(scene.supplier)
        send(buyer, "/suppliers/S-100/terms/", seen=supplier, **terms())
        answer = send(buyer, "/suppliers/S-100/terms/", seen=supplier, **terms(payment_terms="10 days"))
        assert (answer.status_code, fresh(supplier).payment_terms) == (409, "60 days net")

    def test_nonsense_is_answered_in_words(self, scene, buyer):
        answer = send(buyer, "/suppliers/S-100/terms/", seen=scene.supplier, **terms(price_percent="much"))
        assert answer.status_code == 422


class TestLife:
    def test_a_block_needs_a_reason(self, scene, buyer):
        supplier = fresh(scene.supplier)
        assert send(buyer, "/suppliers/S-100/block/", seen=supplier, reason="").status_code == 409
        assert send(buyer, "/suppliers/S-100/block/", seen=supplier, reason="insolvent").status_code == 303
        assert fresh(supplier).status == "blocked"
        assert "insolvent" in str(list(entries(supplier)))

    def test_there_is_no_other_verb(self, scene, buyer):
        assert send(buyer, "/suppliers/S-100/explode/", seen=scene.supplier).status_code == 404

    def test_whoever_only_sees_suppliers_may_not(self, scene, monkeypatch):
        monkeypatch.setitem(VERBS, "Watcher", ["see_supplier"])
        who = person("watcher")
        give(who, "Watcher")
        assert send(signed_in(who), "/suppliers/S-100/block/", seen=scene.supplier, reason="x").status_code == 403


def entries(document):
    from foundation.journal.models import Entry

    return Entry.objects.filter(subject=document.subject).values_list("facts", flat=True)


def test_contacts_come_and_go(scene, buyer):
    supplier = fresh(scene.supplier)
    new = {"name": "Petra Nord", "email": "petra@nordfast.example", "phone": "", "purpose": "orders"}
    assert send(buyer, "/suppliers/S-100/contacts/", seen=supplier, **new).status_code == 303
    assert send(buyer, "/suppliers/S-100/contacts/", seen=fresh(supplier), **new).status_code == 409

    contact = fresh(supplier).contacts.get()
    url = f"/suppliers/S-100/contacts/{contact.pk}/remove/"
    assert send(buyer, url, seen=fresh(supplier)).status_code == 303
    assert not fresh(supplier).contacts.exists()


class TestPrices:
    def breaks(self, *pairs):
        form = {"form-TOTAL_FORMS": str(len(pairs)), "form-INITIAL_FORMS": "0", "valid_from": "2026-11-01"}
        for place, (quantity, price) in enumerate(pairs):
            form |= {f"form-{place}-quantity_from": quantity, f"form-{place}-price": price}
        return form

    def test_new_prices_end_the_old_ones(self, scene, buyer):
        offer = SupplierItem.objects.filter(item=scene.items[0]).get()
        answer = send(
            buyer, f"/suppliers/offers/{offer.pk}/prices/", seen=offer, **self.breaks(("0", "2.10"), ("100", "1.95"))
        )
        assert answer.status_code == 303
        old, *new = offer.prices.order_by("valid_from", "quantity_from")
        assert old.valid_to.isoformat() == "2026-10-31"
        assert [(one.quantity_from, str(one.price)) for one in new] == [(0, "2.100000"), (100, "1.950000")]

    def test_two_prices_for_one_quantity_are_refused(self, scene, buyer):
        offer = SupplierItem.objects.filter(item=scene.items[0]).get()
        answer = send(buyer, f"/suppliers/offers/{offer.pk}/prices/", seen=offer, **self.breaks(("5", "2"), ("5", "1")))
        assert (answer.status_code, offer.prices.count()) == (409, 1)

    def test_the_list_shows_the_price_of_today(self, scene, buyer):
        assert "EUR 2.00" in words(buyer.get("/suppliers/offers/"))


class TestPeople:
    def test_what_somebody_may_do_in_the_portal_is_ticked(self, scene, buyer):
        page = words(buyer.get("/suppliers/S-100/"))
        assert "May do: everything" in page

        address = f"/suppliers/S-100/people/{scene.supplier_person.pk}/roles/"
        answer = send(buyer, address, seen=fresh(scene.supplier), roles=["orders", "company"])

        assert answer.status_code == 303
        assert "May do: Orders, Company" in words(buyer.get("/suppliers/S-100/"))

    def test_what_is_refused_comes_back_with_the_sentence(self, scene, buyer):
        address = f"/suppliers/S-100/people/{scene.supplier_person.pk}/roles/"
        answer = send(buyer, address, seen=fresh(scene.supplier), roles=["orders"])
        assert answer.status_code == 409
        assert "last who looks after the company" in words(answer)
        assert "Tick at least one" in words(send(buyer, address, seen=fresh(scene.supplier)))
