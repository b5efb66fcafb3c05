"""Customers on the screen: found, entered, changed, with what each still waits for."""

import datetime as dt
from decimal import Decimal

import pytest

from foundation.lifecycles import Refused
from fulfillment.customers.models import Customer
from fulfillment.demand import actions as demand
from fulfillment.demand.actions import Ordered
from tests.pages import send, signed_in, words
from tests.scene import NOW, TODAY, VERBS, fresh, give, key, person

NEW = {
    "number": "c-77",
    "name": "Scheepswerf Breda",
    "country": "nl",
    "city": "Breda",
    "priority": "2",
    "takes_partial": "on",
    "is_active": "on",
}


@pytest.fixture
def service(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Customer service", ["see_demand", "edit_demand", "edit_customer"])
    who = person("service")
    give(who, "Customer service", entity=scene.entity.pk)
    return signed_in(who)


def wanted(scene, customer, site=None):
    return demand.take(
        customer=customer,
        site=site or scene.site,
        ordered=[Ordered(scene.items[0], Decimal(5))],
        promised_on=TODAY + dt.timedelta(days=7),
        by=scene.planner,
        at=NOW,
        key=key(),
    )


def test_one_is_entered_and_found(service):
    answer = send(service, "/customers/new/", **NEW)

    made = Customer.objects.select_related("party").get(number="C-77")
    assert (answer.status_code, answer["Location"]) == (303, "/customers/C-77/")
    assert (made.priority, made.takes_partial, made.party.country, made.version) == (2, True, "NL", 1)
    assert "/customers/C-77/" in service.get("/search/?q=Scheepswerf&list").content.decode()


def test_a_number_is_taken_once(scene, service):
    answer = send(service, "/customers/new/", **{**NEW, "number": "C-1"})
    assert (answer.status_code, "C-1 is the number of Werf Holland" in words(answer)) == (409, True)


def test_what_cannot_be_read_is_answered_in_words(service):
    answer = send(service, "/customers/new/", **{**NEW, "gln": "12", "country": "Holland"})
    assert answer.status_code == 422
    assert "A GLN has 13 digits." in words(answer)


def test_its_page_shows_what_it_waits_for_and_who_may_see_it(scene, service, monkeypatch):
    order = wanted(scene, scene.customer)
    monkeypatch.setitem(VERBS, "Elsewhere", ["see_demand"])
    elsewhere = person("elsewhere")
    give(elsewhere, "Elsewhere", site=scene.other_site.pk)

    assert order.number in words(service.get("/customers/C-1/"))
    assert order.number not in words(signed_in(elsewhere).get("/customers/C-1/"))
    assert "1 customer" in words(service.get("/customers/?view=waiting"))


def test_one_that_is_not_served_orders_no_more(scene, service):
    values = {**NEW, "name": "Werf Holland BV", "is_active": ""}
    assert send(service, "/customers/C-1/change/", seen=scene.customer, **values).status_code == 303

    customer = fresh(scene.customer)
    assert (customer.party.name, customer.priority, customer.is_active) == ("Werf Holland BV", 2, False)
    with pytest.raises(Refused, match="not served any more"):
        wanted(scene, customer)


def test_an_old_form_is_refused(scene, service):
    send(service, "/customers/C-1/change/", seen=scene.customer, **NEW)
    answer = send(service, "/customers/C-1/change/", seen=scene.customer, **{**NEW, "priority": "9"})
    assert (answer.status_code, fresh(scene.customer).priority) == (409, 2)


def test_they_are_for_those_who_see_demand(scene):
    buyer = signed_in(scene.people["buyer"])
    assert [buyer.get(one).status_code for one in ("/customers/", "/customers/C-1/", "/customers/new/")] == [403] * 3
    planner = signed_in(scene.people["planner"])
    assert planner.get("/customers/C-1/").status_code == 200
    assert send(planner, "/customers/C-1/change/", seen=scene.customer, **NEW).status_code == 403


def test_pages_cost_few_queries(scene, service, django_assert_max_num_queries):
    wanted(scene, scene.customer)
    for address in ("/customers/", "/customers/C-1/"):
        with django_assert_max_num_queries(9):
            assert service.get(address).status_code == 200


def test_over_the_api(service):
    said = {"number": "C-88", "name": "Api Bouw", "country": "NL", "priority": 3}
    how = {"content_type": "application/json"}
    made = service.post("/api/v1/customers/", said, headers={"Idempotency-Key": key()}, **how)
    assert (made.status_code, made.json()["priority"]) == (201, 3)
    changed = service.post(
        "/api/v1/customers/C-88/change/",
        {"version": made.json()["version"], "is_active": False},
        headers={"Idempotency-Key": key()},
        **how,
    )
    assert (changed.status_code, changed.json()["is_active"]) == (200, False)
