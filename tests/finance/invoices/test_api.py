"""Invoices over HTTP: strict in what is read, the same refusals as the buttons."""

import uuid

from finance.matching.models import MatchTolerance
from tests.finance.invoices.test_views import received
from tests.pages import signed_in
from tests.scene import TODAY


def ask(client, url, body, **headers):
    return client.post(
        url, body, content_type="application/json", headers={"Idempotency-Key": uuid.uuid4().hex, **headers}
    )


def body(order, **more):
    return {
        "supplier": "S-100",
        "entity": "NL01",
        "number": "N-7",
        "date": TODAY.isoformat(),
        "currency": "EUR",
        "tax": "42",
        "total": "242",
        "lines": [
            {"order": order.number, "line": 1, "quantity": "100", "price": "2", "amount": "200", "tax_percent": "21"}
        ],
        **more,
    }


def test_an_invoice_is_captured_and_released_by_somebody_else(scene):
    MatchTolerance.objects.update(straight_through_cap=None)
    order = received(scene)
    clerk, lead = signed_in(scene.people["clerk"]), signed_in(scene.people["lead"])

    made = ask(clerk, "/api/v1/invoices/", body(order))

    assert made.status_code == 201, made.content
    assert (made.json()["status"], made.json()["lines"][0]["verdict"]) == ("matched", "matched")
    url = f"/api/v1/invoices/{made.json()['number']}/release/"
    assert ask(clerk, url, {"version": 1}).status_code == 403
    assert ask(lead, url, {}).status_code == 400
    released = ask(lead, url, {"version": made.json()["version"]})
    assert (released.status_code, released.json()["status"]) == (200, "released")


def test_the_same_key_has_one_effect(scene):
    order = received(scene)
    clerk, key = signed_in(scene.people["clerk"]), uuid.uuid4().hex
    first, second = (ask(clerk, "/api/v1/invoices/", body(order), **{"Idempotency-Key": key}) for _ in range(2))
    assert first.json()["number"] == second.json()["number"]


def test_what_is_not_known_is_named(scene):
    order = received(scene)
    answer = ask(signed_in(scene.people["clerk"]), "/api/v1/invoices/", body(order, supplier="S-9", colour="red"))
    assert answer.status_code == 400
    assert "colour" in str(answer.json())


def test_master_data_and_deliveries_have_lists(scene):
    buyer = signed_in(scene.people["buyer"])
    assert buyer.get("/api/v1/suppliers/S-100/").json()["name"] == "Nordfast AG"
    assert buyer.get("/api/v1/items/?sort=sku").json()["count"] == 4
    assert buyer.get("/api/v1/deliveries/").status_code == 403
