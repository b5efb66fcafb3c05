"""Items on the screen: everybody may look them up, those who keep the master change them."""

import pytest

from tests.pages import send, signed_in, words
from tests.scene import VERBS, fresh, give, person


@pytest.fixture
def steward(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Data steward", ["edit_master_data"])
    who = person("steward")
    give(who, "Data steward")
    return signed_in(who)


VALUES = {
    "description": "Hex bolt M6 A2",
    "gtin": "4006381333931",
    "standard_price": "2.5",
    "reorder_point": "100",
    "safety_stock": "20",
    "is_active": "on",
}


def test_they_are_changed_by_those_who_keep_them(scene, steward):
    item = scene.items[0]
    answer = send(steward, "/items/BOLT-6/change/", seen=item.version or 0, **VALUES)
    assert (answer.status_code, answer["Location"]) == (303, "/items/BOLT-6/")
    assert (fresh(item).gtin, fresh(item).needs_inspection) == ("4006381333931", False)


def test_others_look_them_up(scene):
    client = signed_in(scene.people["requester"])
    assert "4 items" in words(client.get("/items/"))
    assert "Hex bolt M6" in words(client.get("/items/BOLT-6/"))
    assert client.get("/items/BOLT-6/change/").status_code == 403


def test_a_gtin_of_letters_is_refused_in_words(scene, steward):
    answer = send(steward, "/items/BOLT-6/change/", seen=0, **{**VALUES, "gtin": "abc"})
    assert answer.status_code == 422


def test_a_unit_is_an_exact_fraction(scene, steward):
    answer = send(steward, "/items/BOLT-6/units/", seen=0, unit=scene.each.pk, numerator="1", denominator="1")
    assert "This is the base unit itself." in words(answer)


def test_a_site_is_changed_only_by_who_may_there(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Data steward", ["edit_master_data"])
    who = person("local")
    give(who, "Data steward", site=scene.site.pk)
    values = {"name": "Rotterdam", "over_percent": "5", "under_percent": "0"}
    assert send(signed_in(who), "/sites/RTM/", seen=0, **values).status_code == 303
    assert fresh(scene.site).over_percent == 5
    assert send(signed_in(who), "/sites/UTR/", seen=0, **values).status_code in (403, 409)
    assert fresh(scene.other_site).over_percent == 0
