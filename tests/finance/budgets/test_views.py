"""Budgets on the screen: every figure is the sum of its movements, and the amount is set with a reason."""

from decimal import Decimal

from django.db.models import Sum

from finance.budgets.models import BudgetMovement
from organization.scopes import actions as scopes
from tests.pages import send, signed_in, words
from tests.scene import NOW, SETUP, VERBS, fresh, give, key, ordered, person


def controller(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Controller", ["see_budget", "edit_budget"])
    who = person("controller")
    give(who, "Controller", entity=scene.entity.pk)
    return signed_in(who)


def test_figures_are_sums_of_the_movements_below(scene):
    ordered(scene)
    client = signed_in(scene.people["clerk"])

    page = words(client.get(f"/budgets/{scene.budget.pk}/"))

    sums = dict(BudgetMovement.objects.values_list("stage").annotate(Sum("amount")))
    assert sums == {"reserved": Decimal(0), "committed": Decimal(200)}
    assert "Committed by an order EUR 200.00" in page
    assert "3 movements" in page


class TestSet:
    def test_the_amount_is_raised_with_a_reason(self, scene, monkeypatch):
        client = controller(scene, monkeypatch)
        budget = fresh(scene.budget)

        answer = send(client, f"/budgets/{budget.pk}/set/", seen=budget, amount="120000", reason="second shift")

        assert (answer.status_code, fresh(budget).amount) == (303, 120_000)
        assert "second shift" not in answer.content.decode()

    def test_without_a_reason_it_is_not(self, scene, monkeypatch):
        client = controller(scene, monkeypatch)
        answer = send(client, f"/budgets/{scene.budget.pk}/set/", seen=scene.budget, amount="1", reason="")
        assert (answer.status_code, fresh(scene.budget).amount) == (422, 100_000)

    def test_whoever_only_sees_it_may_not(self, scene):
        client = signed_in(scene.people["clerk"])
        assert client.get(f"/budgets/{scene.budget.pk}/set/").status_code == 403


def test_a_stranger_sees_none(scene):
    role = scopes.define_role(name="Watcher", verbs=["see_budget"], by=SETUP, at=NOW, key=key())
    who = scene.people["stranger"]
    elsewhere = scopes.scope_of(site=scene.other_site.pk)
    scopes.give_role(person=who, role=role, scope=elsewhere, by=SETUP, at=NOW, key=key())
    assert signed_in(who).get(f"/budgets/{scene.budget.pk}/").status_code == 404
