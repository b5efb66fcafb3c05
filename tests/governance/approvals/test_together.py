"""Approving many at once: each is judged as if it were alone, and what is written costs no more for many."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.door import ProofNeeded, Stale
from foundation.journal.models import Entry
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from foundation.subjects import registry
from governance.approvals import actions as approvals
from governance.approvals.actions import together
from governance.approvals.models import ApprovalStep, Decision, Task
from organization.people.models import Person
from organization.scopes import actions as scopes
from tests.governance.scene import AT, WORLD, Company, approve_by, decide, edit, key, step

ROLE = "Branch manager"


@pytest.fixture
def house(company: Company) -> Company:
    company.matrix({"document_kind": "requisition", "steps": [approve_by(ROLE)]})
    return company


@pytest.fixture
def mia(house: Company) -> Person:
    return house.fill(ROLE, "Mia Manager")


def asked(house: Company, count: int) -> list[ApprovalStep]:
    return [step(house.asked()[1], ROLE) for _ in range(count)]


def approve(steps: list[ApprovalStep], by: Person, *, one_key: str = "", seen: int = 2) -> dict[int, Exception | None]:
    known = [(ApprovalStep.objects.select_related("request").get(pk=one.pk), seen) for one in steps]
    return approvals.approve_many(asked=known, by=by.actor, at=AT, key=one_key or key())


def states(steps: list[ApprovalStep]) -> list[str]:
    return [ApprovalStep.objects.get(pk=one.pk).status for one in steps]


class TestTogether:
    def test_all_are_held_and_then_take_effect_one_by_one(self, house: Company, mia: Person) -> None:
        steps = asked(house, 3)

        fates = approve(steps, mia)

        assert fates == {one.pk: None for one in steps}
        assert states(steps) == ["held"] * 3
        assert not Task.objects.filter(is_open=True).exists()
        drain()
        assert states(steps) == ["approved"] * 3
        entries = Entry.objects.filter(name__endswith="StepDecided", subject__in=[one.request.subject for one in steps])
        assert (entries.count(), entries.values("turn_id").distinct().count()) == (3, 1)

    def test_what_stands_against_one_stands_against_it_alone(self, house: Company, mia: Person) -> None:
        max_ = house.fill(ROLE, "Max Manager")
        sound, changed, decided, own = asked(house, 4)
        edit(document=registry.fetch(changed.request.about), amount=5000, supersedes=False, by=WORLD, at=AT, key=key())
        decide(max_, decided.request, ROLE)
        own.request.barred = [mia.pk]
        own.request.save(update_fields=["barred"])

        fates = approve([sound, changed, decided, own], mia)

        assert fates[sound.pk] is None
        assert [type(fates[one.pk]) for one in (changed, decided, own)] == [Stale, Stale, Refused]
        assert states([sound, changed, decided, own]) == ["held", "active", "approved", "active"]

    @pytest.mark.parametrize(("guard", "how"), [("check", 1), ("compare", 0)])
    def test_twin_that_does_not_judge_approves_what_it_must_not(
        self, house: Company, mia: Person, guard: str, how: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        changed, own = asked(house, 2)
        edit(document=registry.fetch(changed.request.about), amount=5000, supersedes=False, by=WORLD, at=AT, key=key())
        own.request.barred = [mia.pk]
        own.request.save(update_fields=["barred"])
        monkeypatch.setattr(together, guard, lambda *args, **kwargs: None)

        fates = approve([changed, own], mia)

        assert [fates[one.pk] is None for one in (changed, own)] == [not how, bool(how)]

    def test_nobody_decides_two_steps_of_one_document(self, company: Company) -> None:
        company.matrix({"document_kind": "requisition", "steps": [approve_by(ROLE), approve_by("Controller")]})
        mia = company.fill(ROLE, "Mia Manager")
        company.appoint(mia, "Controller")
        for name in (ROLE, "Controller"):
            company.fill(name, f"Else {name}")
        _document, request = company.asked()

        fates = approve([step(request, ROLE), step(request, "Controller")], mia)

        assert sorted(str(type(fate).__name__) for fate in fates.values()) == ["NoneType", "Refused"]
        assert Decision.objects.filter(step__request=request).count() == 1

    def test_who_lacks_the_role_approves_none(self, house: Company, mia: Person) -> None:
        stranger = house.person("Sam Stranger")

        fates = approve(steps := asked(house, 2), stranger)

        assert [type(fate) for fate in fates.values()] == [NotYours] * 2
        assert states(steps) == ["active"] * 2

    def test_a_quorum_waits_for_the_others(self, company: Company) -> None:
        company.matrix({"document_kind": "requisition", "steps": [approve_by(ROLE, mode=2)]})
        mia, max_, _third = (company.fill(ROLE, name) for name in ("Mia Manager", "Max Manager", "Moe Manager"))
        steps = asked(company, 2)

        approve(steps, mia)
        assert states(steps) == ["active"] * 2
        approve(steps, max_)
        assert states(steps) == ["held"] * 2

    def test_a_delegate_approves_for_whoever_lent_it(self, house: Company, mia: Person) -> None:
        deputy = house.person("Dora Deputy")
        house.lend(mia, deputy)

        approve(steps := asked(house, 2), deputy)

        said = Decision.objects.filter(step__in=steps).values_list("person", "on_behalf_of").distinct()
        assert list(said) == [(deputy.pk, mia.pk)]

    def test_above_the_limit_each_wants_a_fresh_proof(self, house: Company, mia: Person) -> None:
        scopes.define_role(name=ROLE, verbs=(), step_up_above=Decimal(100), by=WORLD, at=AT, key=key())

        fates = approve(steps := asked(house, 2), mia)

        assert [type(fate) for fate in fates.values()] == [ProofNeeded] * 2
        assert states(steps) == ["active"] * 2

    def test_sent_twice_it_has_one_effect_and_the_same_answer(self, house: Company, mia: Person) -> None:
        steps, once = asked(house, 2), key()

        first, second = approve(steps, mia, one_key=once), approve(steps, mia, one_key=once)

        assert first == second == {one.pk: None for one in steps}
        assert Decision.objects.count() == 2

    def test_costs_as_many_statements_for_ten_as_for_three(self, house: Company, mia: Person) -> None:
        few, many = asked(house, 3), asked(house, 10)

        assert statements(few, mia) == statements(many, mia) <= 26

    def test_twin_one_by_one_it_costs_several_for_each(self, house: Company, mia: Person, monkeypatch) -> None:
        monkeypatch.setattr(together, "asks_proof", lambda membership, amount: True)
        few, many = asked(house, 3), asked(house, 10)

        assert statements(many, mia) > statements(few, mia) + 7 * 10


def statements(steps: list[ApprovalStep], by: Person) -> int:
    known = [(one, 2) for one in ApprovalStep.objects.filter(pk__in=[s.pk for s in steps]).select_related("request")]
    with CaptureQueriesContext(connection) as said:
        approvals.approve_many(asked=known, by=by.actor, at=AT, key=key())
    return len(said)
