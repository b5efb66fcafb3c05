"""Colleagues in the portal: who looks after the company says who may do what, and it counts from the next click."""

import pytest

from tests.portal.test_answering import applied
from tests.portal.world import PASSWORD

KEY = "k" * 23


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def clerk(place, world):
    """A colleague who only ships."""
    place.sql(
        "INSERT INTO organization_person (email, name, kind, party_id, portal_roles, is_active, is_superuser, version, "
        "chain_length, chain_head, title, theme, density, language, timezone, uses_keys) SELECT 'clerk@q.example', "
        "'Sven Ship', kind, party_id, '{shipping}', true, false, 0, 0, '', '', 'auto', 'normal', 'en', 'UTC', true "
        "FROM organization_person WHERE id = %s",
        world.own.person.pk,
    )
    place.sql(
        "INSERT INTO organization_credential (person_id, encoded) SELECT p.id, c.encoded FROM organization_person p, "
        "organization_credential c WHERE p.email = 'clerk@q.example' AND c.person_id = %s",
        world.own.person.pk,
    )
    return place.sql("SELECT id FROM organization_person WHERE email = 'clerk@q.example'")[0][0]


@pytest.fixture
def sven(clerk, anonymous):
    answer = anonymous.post("/sign-in/", {"email": "clerk@q.example", "password": PASSWORD})
    assert answer.status_code == 302
    return anonymous


def test_a_colleague_is_let_in_changed_and_shut_out(place, own, sven, clerk):
    page = text(own.get("/colleagues/"))
    assert "Sven Ship" in page
    assert "May do: <strong>Shipping</strong>" in page
    assert "May do: <strong>everything</strong>" in page

    new = {"name": "Nina", "email": "nina@q.example", "roles": ["billing"]}
    sent = own.post("/colleagues/let-in/", {**new, "key": f"{KEY}1"})
    assert sent.status_code == 303, sent.content
    applied(place)
    assert "Nina is let in" in text(own.get(sent["Location"]))
    assert "nina@q.example" in text(own.get("/colleagues/"))

    assert sven.get("/invoices/").status_code == 403
    sent = own.post(f"/colleagues/{clerk}/roles/", {"roles": ["billing"], "key": f"{KEY}2"})
    applied(place)
    assert "What Sven Ship may do is changed" in text(own.get(sent["Location"]))
    assert (sven.get("/invoices/").status_code, sven.get("/shipments/").status_code) == (200, 403)

    sent = own.post(f"/colleagues/{clerk}/shut-out/", {"key": f"{KEY}3"})
    applied(place)
    assert "Sven Ship is shut out" in text(own.get(sent["Location"]))
    assert sven.get("/invoices/").status_code == 302


@pytest.mark.shared
def test_what_is_not_ticked_comes_back_with_what_was_typed(own):
    answer = own.post("/colleagues/let-in/", {"name": "Nina", "email": "nina", "key": f"{KEY}4"})

    assert answer.status_code == 422
    assert 'value="Nina"' in text(answer)
    assert "Tick at least one" in text(answer)


@pytest.mark.shared
def test_alone_nobody_meets_a_word_of_it_and_cannot_lock_himself_out(own):
    assert "may do" not in text(own.get("/")).lower()
    page = text(own.get("/colleagues/"))
    assert "Nobody else looks after the company here" in page
    assert "shut-out" not in page


def test_a_clerk_sees_his_own_work_and_is_told_who_does_the_rest(world, sven):
    start = text(sven.get("/"))
    assert ("To ship" in start, "Orders to confirm" in start) == (True, False)
    for place in ("/shipments/", "/disputes/", "/scorecard/", "/orders/"):
        assert f'href="{place}"' in start
    for place in ("/invoices/", "/company/", "/colleagues/"):
        assert f'href="{place}"' not in start

    order = text(sven.get(f"/orders/{world.own.order.public_id}/"))
    assert "/ship/" in order
    assert "/confirm/" not in order
    assert "/answer/" not in order

    refused = sven.get("/invoices/")
    assert refused.status_code == 403
    assert "In your company it is done by Petra Quillfeather (own@quillfeather.example)" in text(refused)
    assert "ask Petra Quillfeather" in text(refused)
    assert "Zanzibar" not in text(refused)
