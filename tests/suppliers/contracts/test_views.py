"""Contracts on the screen: drafted, put in force, burnt down by orders, ended with a reason."""

import datetime as dt

import pytest

from suppliers.contracts.models import Contract
from suppliers.supplier_items.queries import Catalog
from tests.pages import send, signed_in, words
from tests.scene import TODAY, VERBS, fresh, give, ordered, person


@pytest.fixture
def manager(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Category manager", ["see_supplier", "edit_contract"])
    who = person("category")
    give(who, "Category manager", entity=scene.entity.pk)
    return signed_in(who)


def form(scene, **more):
    return {
        "supplier": "S-100",
        "title": "Bolts 2026",
        "kind": "prices",
        "entity": scene.entity.pk,
        "currency": "EUR",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "ceiling_amount": "1000",
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-sku": "BOLT-6",
        "form-0-price": "1.5",
        "form-0-ceiling_quantity": "80",
        **more,
    }


def drafted(scene, manager):
    answer = send(manager, "/suppliers/contracts/new/", **form(scene))
    assert answer.status_code == 303, words(answer)
    return Contract.objects.everywhere(because="test").latest("id")


class TestLife:
    def test_its_price_counts_once_it_is_in_force_and_orders_burn_it_down(self, scene, manager):
        contract = drafted(scene, manager)
        send(manager, f"/suppliers/contracts/{contract.number}/activate/", seen=contract)

        ordered(scene)

        page = words(manager.get(f"/suppliers/contracts/{contract.number}/"))
        assert "Called EUR 150.00" in page
        assert "100 EA Over" in page

    def test_two_prices_at_once_are_refused(self, scene, manager):
        first, second = drafted(scene, manager), drafted(scene, manager)
        send(manager, f"/suppliers/contracts/{first.number}/activate/", seen=first)
        answer = send(manager, f"/suppliers/contracts/{second.number}/activate/", seen=second)
        assert (answer.status_code, fresh(second).status) == (409, "draft")

    def test_it_ends_with_a_reason_and_the_list_price_counts_again(self, scene, manager):
        contract = drafted(scene, manager)
        send(manager, f"/suppliers/contracts/{contract.number}/activate/", seen=contract)
        url = f"/suppliers/contracts/{contract.number}/end/"
        assert send(manager, url, seen=fresh(contract), reason="").status_code == 409

        assert send(manager, url, seen=fresh(contract), reason="renegotiated").status_code == 303

        catalog = Catalog([scene.items[0].pk], entity_id=scene.entity.pk, on=TODAY + dt.timedelta(days=1))
        assert catalog.offer(catalog.best(scene.items[0].pk), 1).price_source == "list"


class TestDraft:
    def test_unknown_numbers_are_named(self, scene, manager):
        answer = send(manager, "/suppliers/contracts/new/", **form(scene, supplier="S-9", **{"form-0-sku": "NUT"}))
        assert answer.status_code == 422
        assert "There is no item NUT." in words(answer)

    def test_another_entitys_contracts_are_not_there(self, scene, manager, monkeypatch):
        contract = drafted(scene, manager)
        monkeypatch.setitem(VERBS, "Watcher", ["see_supplier"])
        who = person("watcher")
        give(who, "Watcher", site=scene.other_site.pk)
        assert signed_in(who).get(f"/suppliers/contracts/{contract.number}/").status_code == 404
