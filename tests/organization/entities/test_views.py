"""Legal entities on the screen: what may be changed, and the currency that stays once amounts stand in it."""

import pytest

from organization.entities.models import LegalEntity
from tests.pages import send, signed_in, words
from tests.scene import VERBS, fresh, give, person

VALUES = {"name": "Noordzee Industrial BV", "country": "nl", "vat_number": "NL1B01", "currency": "EUR"}


@pytest.fixture
def steward(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Data steward", ["edit_master_data"])
    who = person("steward")
    give(who, "Data steward", entity=scene.entity.pk)
    return signed_in(who)


@pytest.fixture
def unused(scene):
    return LegalEntity.objects.create(code="BE01", name="Noordzee Belgium", country="BE", currency="EUR")


def test_they_are_changed_by_those_who_keep_them(scene, steward):
    answer = send(steward, "/entities/NL01/", seen=0, **{**VALUES, "name": "Noordzee BV", "posts_first": "on"})

    assert (answer.status_code, answer["Location"]) == (303, "/entities/NL01/")
    assert (fresh(scene.entity).name, fresh(scene.entity).posts_first) == ("Noordzee BV", True)


class TestCurrency:
    def test_stays_once_a_budget_is_written_in_it(self, scene, steward):
        send(steward, "/entities/NL01/", seen=0, **{**VALUES, "currency": "USD"})
        assert fresh(scene.entity).currency == "EUR"
        assert "It stays: limits, budgets or documents are written in it." in words(steward.get("/entities/NL01/"))

    def test_of_an_unused_entity_is_changed(self, unused, monkeypatch):
        monkeypatch.setitem(VERBS, "Data steward", ["edit_master_data"])
        who = person("keeper")
        give(who, "Data steward")
        send(signed_in(who), "/entities/BE01/", seen=0, **{**VALUES, "currency": "usd"})
        assert fresh(unused).currency == "USD"


def test_another_entity_is_not_theirs(unused, steward):
    assert send(steward, "/entities/BE01/", seen=0, **VALUES).status_code == 403
    assert fresh(unused).name == "Noordzee Belgium"


def test_cost_centers_are_opened_once(scene, steward):
    new = {"code": "4300", "name": "Branch Breda"}
    assert send(steward, "/entities/NL01/cost-centers/", seen=0, **new).status_code == 303
    assert send(steward, "/entities/NL01/cost-centers/", seen=1, **new).status_code == 409
    assert send(steward, "/entities/NL01/cost-centers/", seen=1, code="!", name="").status_code == 422
    assert scene.entity.cost_centers.filter(code="4300").count() == 1


def test_everybody_looks_them_up_at_a_small_price(scene, django_assert_max_num_queries):
    client = signed_in(scene.people["requester"])
    with django_assert_max_num_queries(8):
        assert "1 legal entity" in words(client.get("/entities/"))
    with django_assert_max_num_queries(12):
        page = words(client.get("/entities/NL01/"))
    assert "RTM Rotterdam" in page
    assert "4100 Branch Rotterdam" in page
    assert "Change the legal entity" not in page
