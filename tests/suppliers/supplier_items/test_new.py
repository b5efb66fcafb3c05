"""A new offer: one item from one supplier, its pack and its prices; what is wrong is said where it is."""

from decimal import Decimal

import pytest

from organization.items.models import Item, Unit
from suppliers.supplier_items.models import SupplierItem
from tests.pages import send, signed_in, words
from tests.scene import key


@pytest.fixture
def buyer(scene):
    return signed_in(scene.people["buyer"])


@pytest.fixture
def nut(scene):
    return Item.objects.create(sku="NUT-6", description="Hex nut M6", category=scene.category, base_unit=scene.each)


@pytest.fixture
def box(scene):
    return Unit.objects.create(code="BX", name="box")


def new(box, *breaks, **more):
    form = {"form-TOTAL_FORMS": str(len(breaks)), "form-INITIAL_FORMS": "0"}
    for place, (quantity, price) in enumerate(breaks):
        form |= {f"form-{place}-quantity_from": quantity, f"form-{place}-price": price}
    usual = {"supplier": "s-100", "sku": "nut-6", "supplier_sku": "NF-77", "unit": box.pk, "currency": ""}
    pack = {"numerator": "100", "denominator": "1", "minimum": "2", "multiple": "2", "lead_time_days": "9"}
    return {**form, **usual, **pack, "valid_from": "2026-03-01", **more}


def test_is_entered_with_its_prices(buyer, nut, box):
    answer = send(buyer, "/suppliers/offers/new/", **new(box, ("", "8.50"), ("10", "7.90"), is_preferred="on"))

    offer = SupplierItem.objects.get(item=nut)
    assert (answer.status_code, answer["Location"]) == (303, f"/suppliers/offers/{offer.pk}/")
    assert (offer.numerator, offer.minimum, offer.multiple, offer.currency) == (100, 2, 2, "EUR")
    assert offer.is_preferred
    prices = offer.prices.order_by("quantity_from").values_list("quantity_from", "price")
    assert list(prices) == [(0, Decimal("8.5")), (10, Decimal("7.9"))]
    assert "8.50" in words(buyer.get(f"/suppliers/offers/{offer.pk}/"))


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ({"supplier": "S-999"}, 422, "No supplier has this number."),
        ({"sku": "NUT-7"}, 422, "No item has this number."),
        ({"multiple": "0"}, 422, "A step is more than nothing"),
        ({"minimum": "2.5"}, 422, "box is counted in whole numbers."),
        ({"form-0-price": ""}, 422, "Say what it costs from this quantity on."),
        ({"sku": "BOLT-6"}, 409, "Nordfast AG sells BOLT-6 already: change that offer."),
    ],
)
def test_what_is_wrong_is_said(buyer, nut, box, wrong, status, said):
    answer = send(buyer, "/suppliers/offers/new/", **{**new(box, ("5", "8.50")), **wrong})
    assert (answer.status_code, said in words(answer)) == (status, True)
    assert not SupplierItem.objects.filter(item=nut).exists()


def test_the_base_unit_is_one_of_itself(scene, buyer, nut, box):
    answer = send(buyer, "/suppliers/offers/new/", **new(box, ("", "1"), unit=scene.each.pk))
    assert (answer.status_code, "one of it is one" in words(answer)) == (422, True)


def test_two_prices_for_one_quantity_are_refused(buyer, nut, box):
    answer = send(buyer, "/suppliers/offers/new/", **new(box, ("5", "2"), ("5", "1")))
    assert (answer.status_code, SupplierItem.objects.filter(item=nut).count()) == (409, 0)


def test_begins_with_the_supplier_one_comes_from(buyer, scene):
    assert 'value="S-100"' in buyer.get("/suppliers/offers/new/?supplier=S-100").content.decode()


def test_is_for_those_who_edit_suppliers(scene):
    assert signed_in(scene.people["requester"]).get("/suppliers/offers/new/").status_code == 403


def test_the_lists_keep_their_price(buyer, django_assert_max_num_queries):
    for address in ("/suppliers/", "/suppliers/offers/", "/suppliers/offers/new/"):
        with django_assert_max_num_queries(8):
            assert buyer.get(address).status_code == 200


def test_over_the_api(buyer, nut, box):
    said = {"supplier": "S-100", "item": "NUT-6", "unit": "BX", "numerator": 100}
    prices = {"prices": [{"quantity_from": "0", "price": "8.5"}], "valid_from": "2026-03-01"}
    headers = {"Idempotency-Key": key()}

    made = buyer.post("/api/v1/offers/", {**said, **prices}, content_type="application/json", headers=headers)
    wrong = buyer.post(
        "/api/v1/offers/",
        {**said, "item": "NUT-9"},
        content_type="application/json",
        headers={"Idempotency-Key": key()},
    )

    assert (made.status_code, made.json()["price_today"]) == (201, "8.500000")
    assert wrong.status_code == 400
    changed = buyer.post(
        f"/api/v1/offers/{made.json()['id']}/change/",
        {"version": made.json()["version"], "lead_time_days": 3},
        content_type="application/json",
        headers={"Idempotency-Key": key()},
    )
    assert (changed.status_code, changed.json()["lead_time_days"]) == (200, 3)
