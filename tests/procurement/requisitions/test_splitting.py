"""Some lines approved, others not: what goes on, what stays, and that nothing is ordered without its approval."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from finance.budgets import actions as budgets
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from governance.approvals import actions as approvals
from governance.approvals.models import Task
from governance.approvals.queries import request_of
from governance.authority import actions as authority
from organization.items.models import Category
from organization.scopes.models import Membership
from procurement import subjects
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.requisitions import actions as requisitions
from procurement.requisitions.models import POOL, Requisition, RequisitionLine
from tests.procurement.conftest import as_, on_the_day  # noqa: F401  fixtures
from tests.scene import NOW, SETUP, Scene, fresh, give, key, person, requested
from world import invariants


def step_of(document, role="Branch manager"):
    return request_of(document.subject).steps.filter(role=role).order_by("id").first()


def decide(scene, document, who="manager", step=None, kind="approve", **said):
    approvals.decide(
        step=step or step_of(document), kind=kind, by=getattr(scene, who), at=NOW, seen=fresh(document).version,
        key=key(), **said,
    )  # fmt: skip
    return fresh(document)


def lines(document):
    return {line.number: line for line in document.lines.order_by("number")}


def pool():
    return RequisitionLine.objects.everywhere(because="a test").filter(POOL)


def order_all(scene):
    taken = [Taken(line.pk) for line in pool()]
    return orders.draft(supplier=scene.supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())


def broken_laws():
    with connection.cursor() as cursor:
        [law] = [law for law in invariants.LAWS if law.name == "nothing is ordered without its approval"]
        cursor.execute(law.offenders)
        return cursor.fetchall()


class TestLeavingLinesOut:
    def test_the_others_go_on_with_their_amounts(self, scene: Scene) -> None:
        document = decide(scene, requested(scene, items=3), out=[2], out_returned=True, comment="Too early")

        assert document.status == "approved"
        assert document.amount == Decimal(400)
        assert {n: line.outcome for n, line in lines(document).items()} == {1: "", 2: "returned", 3: ""}
        assert sorted(line.number for line in pool()) == [1, 3]
        assert lines(document)[2].outcome_reason == "Too early"

    def test_the_budget_gets_theirs_back(self, scene: Scene) -> None:
        document = decide(scene, requested(scene, items=3), out=[2, 3], comment="No")

        standing = budgets.standing([f"{document.number}/{n}" for n in (1, 2, 3)], "reserved")
        assert set(standing) == {f"{document.number}/1"}

    @pytest.mark.parametrize(
        ("out", "comment", "sentence"),
        [([2], " ", "Say why"), ([1, 2, 3], "No", "Nothing would be left"), ([9], "No", "not part of the document")],
    )
    def test_is_refused(self, scene: Scene, out, comment, sentence) -> None:
        document = requested(scene, items=3)

        with pytest.raises(Refused, match=sentence):
            decide(scene, document, out=out, comment=comment)
        assert fresh(document).status == "in_approval"

    def test_takes_effect_with_the_decision_and_not_before(self, scene: Scene, settings) -> None:
        settings.APPROVAL_HOLD_SECONDS = 10
        document = decide(scene, requested(scene, items=2), out=[2], comment="No")
        assert lines(document)[2].outcome == ""

        approvals.take_back(step=step_of(document), by=scene.manager, at=NOW, key=key())
        assert fresh(document).amount == Decimal(400)

    def test_withdrawn_and_sent_again_every_line_is_asked_about_anew(self, scene: Scene) -> None:
        two_steps(scene)
        document = decide(scene, requested(scene, items=2), out=[2], comment="No")
        assert document.status == "in_approval"

        document = requisitions.withdraw(
            requisition=document, by=scene.requester, at=NOW, seen=document.version, key=key()
        )
        assert (document.amount, lines(document)[2].outcome) == (Decimal(400), "")


class TestWhoComesNext:
    def test_is_asked_about_what_is_left(self, scene: Scene) -> None:
        two_steps(scene)
        document = decide(scene, requested(scene, items=2), out=[1], comment="No")

        request = request_of(document.subject)
        assert (request.amount, request.about_version) == (Decimal(200), document.version)
        decide(scene, document, who="lead", step=step_of(document, "AP lead"))
        assert [line.number for line in pool()] == [2]

    def test_whoever_decided_beside_on_more_is_asked_again(self, scene: Scene, settings) -> None:
        two_steps(scene, beside=True)
        settings.APPROVAL_HOLD_SECONDS = 0.001
        document = requested(scene, items=2)
        decide(scene, document, who="lead", step=step_of(document, "AP lead"))
        decide(scene, document, out=[1], comment="No")
        said = [step_of(document, role).decisions.get() for role in ("Branch manager", "AP lead")]
        for decision in said:
            approvals.apply_decision(decision=decision, by=SETUP, at=NOW, key=key())

        assert step_of(document, "AP lead").status == "active", "he approved more than there is now"
        assert Task.objects.filter(step__role="AP lead", is_open=True).exists()


def two_steps(scene: Scene, *, beside: bool = False) -> None:
    publish([{"steps": [step(1, "Branch manager"), step(1 if beside else 2, "AP lead")]}])


def step(sequence, role, at="entity"):
    return {"sequence": sequence, "role": role, "at": at, "mode": "any", "sla_hours": 8}


def publish(rules, at=NOW):
    draft = authority.draft_matrix(name="Another", by=SETUP, at=NOW, key=key())
    draft = authority.set_rules(matrix=draft, rules=rules, by=SETUP, at=NOW, seen=draft.version, key=key())
    authority.publish(matrix=draft, by=SETUP, at=at, seen=draft.version, key=key())


@pytest.fixture
def owned(scene: Scene) -> Scene:
    """Bolts of 6 and 8 are of one category, those of 10 of another; each category has its owner."""
    other = Category.objects.create(code="LONG", name="Long bolts", path="2.")
    other.path = f"{other.pk}."
    other.save()
    Category.objects.filter(pk=scene.category.pk).update(path=f"{scene.category.pk}.")
    scene.items[2].category = other
    scene.items[2].save()
    scene.people["short"], scene.people["long"] = person("short"), person("long")
    give(scene.people["short"], "Branch manager", category=scene.category.pk)
    give(scene.people["long"], "Branch manager", category=other.pk)
    Membership.objects.filter(person=scene.people["manager"]).update(ended_at=NOW)
    publish([{"steps": [step(1, "Branch manager", "lines"), step(2, "AP lead")]}], at=NOW - dt.timedelta(hours=1))
    return scene


def owners(document):
    steps = request_of(document.subject).steps.filter(role="Branch manager").order_by("id")
    return {one.tasks.get().person.name: one for one in steps}


class TestOwnersOfLines:
    def test_each_is_asked_about_his(self, owned: Scene) -> None:
        document = requested(owned, items=3)

        assert {name: one.lines for name, one in owners(document).items()} == {"Short": [1, 2], "Long": [3]}
        assert "lines 1, 2" in owners(document)["Short"].place

    def test_who_gets_a_category_owns_its_lines(self, owned: Scene) -> None:
        give(person("both"), "Branch manager", entity=owned.entity.pk)
        document = requested(owned, items=3)

        asked = request_of(document.subject).steps.filter(role="Branch manager")
        assert [sorted(one.tasks.values_list("person__name", flat=True)) for one in asked.order_by("id")] == [
            ["Both", "Short"],
            ["Both", "Long"],
        ]

    def test_who_owns_both_categories_by_two_roles_decides_once(self, owned: Scene) -> None:
        Membership.objects.filter(person=owned.people["short"]).update(ended_at=NOW)
        give(owned.people["long"], "Branch manager", category=owned.category.pk)
        document = requested(owned, items=3)
        [asked] = owners(document).values()
        assert asked.lines == [1, 2, 3]
        last = Membership.objects.filter(person=owned.people["long"], ended_at=None).latest("pk")

        Membership.objects.filter(pk=last.pk).update(ended_at=NOW)
        with pytest.raises(NotYours):
            decide(owned, document, "long", asked)
        Membership.objects.filter(pk=last.pk).update(ended_at=None)
        decide(owned, document, "long", asked)
        assert step_of(document, "AP lead").status == "active"

    def test_goes_on_when_every_line_is_approved_by_its_owner(self, owned: Scene) -> None:
        document = requested(owned, items=3)
        asked = owners(document)
        decide(owned, document, "short", asked["Short"])
        assert step_of(document, "AP lead").status == "waiting"
        decide(owned, document, "long", asked["Long"])
        assert step_of(document, "AP lead").status == "active"

    def test_nobody_decides_on_the_lines_of_others(self, owned: Scene) -> None:
        document = requested(owned, items=3)

        with pytest.raises(Refused, match="not yours to decide on"):
            decide(owned, document, "short", owners(document)["Short"], out=[3], comment="No")
        with pytest.raises(Exception, match="may not decide"):
            decide(owned, document, "short", owners(document)["Long"])

    def test_a_no_is_about_his_lines_only(self, owned: Scene) -> None:
        document = requested(owned, items=3)
        asked = owners(document)
        document = decide(owned, document, "short", asked["Short"], kind="reject", comment="Not these")
        assert document.status == "in_approval"
        decide(owned, document, "long", asked["Long"])
        document = decide(owned, document, "lead", step_of(document, "AP lead"))

        assert document.status == "approved"
        assert [line.number for line in pool()] == [3]

    def test_a_no_to_all_that_is_left_ends_it(self, owned: Scene) -> None:
        document = requested(owned, items=3)
        asked = owners(document)
        decide(owned, document, "short", asked["Short"], kind="reject", comment="Not these")
        document = decide(owned, document, "long", asked["Long"], kind="send_back", comment="Nor this")

        assert document.status == "returned"

    def test_who_has_no_line_left_is_not_asked(self, owned: Scene) -> None:
        publish([{"steps": [step(1, "AP lead"), step(2, "Branch manager", "lines")]}])
        document = requested(owned, items=3)
        decide(owned, document, "lead", step_of(document, "AP lead"), out=[3], comment="No")

        assert {name: one.status for name, one in owners(document).items()} == {"Short": "active", "Long": "skipped"}


class TestNothingIsOrderedWithoutItsApproval:
    def test_holds(self, scene: Scene) -> None:
        document = decide(scene, requested(scene, items=3), out=[2], comment="No")
        order_all(scene)

        assert {n: bool(line.ordered) for n, line in lines(fresh(document)).items()} == {1: True, 2: False, 3: True}
        assert broken_laws() == []

    def test_twin_that_forgets_to_take_them_out_orders_them(self, scene: Scene, monkeypatch) -> None:
        monkeypatch.setattr(subjects.RequisitionSubject, "take_out", lambda self, document, **said: None)
        decide(scene, requested(scene, items=3), out=[2], comment="No")
        order_all(scene)

        assert broken_laws()

    def test_the_database_refuses_it_too(self, scene: Scene) -> None:
        document = decide(scene, requested(scene, items=3), out=[2], comment="No")

        with pytest.raises(IntegrityError), transaction.atomic():
            RequisitionLine.objects.everywhere(because="a test").filter(pk=lines(document)[2].pk).update(ordered=1)


class TestOnTheScreen:
    def test_untick_say_why_and_copy_what_was_left_out(self, scene: Scene, as_) -> None:
        document = requested(scene, items=3)
        address = f"/inbox/{step_of(document).pk}/split/"
        manager, asker = as_("manager"), as_("requester")
        assert "Hex bolt M8" in manager.get(address).content.decode()
        posted = {"seen": fresh(document).version, "key": key(), "keep": ["1", "3"], "others": "returned"}
        assert manager.post(address, posted).status_code == 422
        assert manager.post(address, {**posted, "comment": "Too early"}).status_code == 303

        page = asker.get(f"/requests/{document.number}/").content.decode()
        assert "Too early" in page
        assert "Copy these as draft" in page
        asker.post(f"/requests/{document.number}/copy/", {"key": key(), "only": "out"})
        again = Requisition.objects.everywhere(because="a test").latest("pk")
        assert [line.description for line in again.lines.all()] == ["Hex bolt M8"]

    def test_an_owner_sees_his_lines(self, owned: Scene, as_) -> None:
        document = requested(owned, items=3)
        step_pk = owners(document)["Long"].pk

        shown = as_("long").get(f"/requests/asked/{step_pk}/").content.decode()
        assert "BOLT-10" in shown
        assert "BOLT-6" not in shown
        assert "2 lines are somebody else" in shown
