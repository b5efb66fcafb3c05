"""What a step's clock does: remind, bring in the role above, send back; once each, by the database's clock."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from governance import tasks
from governance.approvals import actions as approvals
from governance.approvals import clocks, queries, telling
from governance.approvals.actions import escalating
from governance.approvals.models import ApprovalStep, Escalated, MailLink, Task
from organization.notifications.models import Notice
from organization.scopes import actions as scopes
from organization.scopes.models import Membership
from tests.governance.scene import AT, WORLD, Company, approve_by, decide, key, names_of, step

BRANCH = "Branch manager"
FAR = 100_000


@pytest.fixture
def house(company: Company) -> Company:
    """Branch managers up to 5,000 and above; the controller from 5,000 on, and when time is over."""
    first = approve_by(BRANCH, then="Controller", back=16)
    company.matrix(
        {"document_kind": "requisition", "amount_to": 5000, "steps": [first]},
        {
            "document_kind": "requisition",
            "amount_from": 5000,
            "steps": [approve_by(BRANCH, then="Controller"), approve_by("Controller", sequence=2, at="entity")],
        },
    )
    company.mia = company.fill(BRANCH, "Mia Manager")
    company.cora = company.fill("Controller", "Cora Controller", company.at_entity)
    return company


def run_out(request, role=BRANCH, **ago):
    """The step's hours are over by the database's clock."""
    over = datetime.now(UTC) - timedelta(**ago or {"hours": 1})
    row = step(request, role)
    ApprovalStep.objects.filter(pk=row.pk).update(due_at=over, remind_at=over - timedelta(hours=4), reminded_at=over)
    return step(request, role)


def asked_of(request, role=BRANCH):
    return set(Task.objects.filter(step=step(request, role), is_open=True).values_list("person__name", flat=True))


class TestEscalate:
    def test_adds_the_role_above_and_takes_nothing_from_anybody(self, house):
        _document, request = house.asked()
        run_out(request)

        assert tasks.clock_approvals() == 1

        assert asked_of(request) == {"Mia Manager", "Cora Controller"}
        assert step(request, BRANCH).escalation == Escalated.ADDED
        decide(house.cora, request, BRANCH)
        request.refresh_from_db()
        assert request.status == "granted"

    def test_whoever_was_asked_first_still_may(self, house):
        _document, request = house.asked()
        run_out(request)
        tasks.clock_approvals()

        decide(house.mia, request, BRANCH)

        request.refresh_from_db()
        assert request.status == "granted"

    def test_before_the_time_nobody_else_may_decide(self, house):
        _document, request = house.asked()

        with pytest.raises(NotYours):
            decide(house.cora, request, BRANCH)

    def test_a_role_without_authority_of_its_own_is_only_told(self, company):
        company.matrix(
            {"document_kind": "requisition", "amount_to": 500, "steps": [approve_by("Clerk", at="entity")]},
            {"document_kind": "requisition", "amount_from": 500, "steps": [approve_by(BRANCH, then="Clerk")]},
        )
        company.fill(BRANCH, "Mia Manager")
        clara = company.fill("Clerk", "Clara Clerk", company.at_entity)
        _document, request = company.asked(900)
        run_out(request)
        tasks.clock_approvals()

        assert step(request, BRANCH).escalation == Escalated.TOLD
        assert asked_of(request) == {"Mia Manager"}
        with pytest.raises(NotYours):
            decide(clara, request, BRANCH)

    def test_twin_that_does_not_ask_for_authority_lets_the_clerk_decide(self, company, monkeypatch):
        monkeypatch.setattr(escalating, "_has_authority", lambda request, step: True)
        with pytest.raises(AssertionError):
            self.test_a_role_without_authority_of_its_own_is_only_told(company)

    def test_duties_stay_apart(self, house):
        house.appoint(house.requester, "Controller", house.at_entity)
        _document, request = house.asked()
        run_out(request)
        tasks.clock_approvals()

        assert asked_of(request) == {"Mia Manager", "Cora Controller"}
        with pytest.raises(Refused, match="Who asks does not approve"):
            decide(house.requester, request, BRANCH)

    def test_whom_a_later_step_needs_is_not_used_up(self, house):
        _document, request = house.asked(9000)
        run_out(request)
        tasks.clock_approvals()

        assert asked_of(request) == {"Mia Manager"}, "the only controller is needed for the second step"

    def test_at_once_when_nobody_is_there(self, house):
        scopes.end_role(membership=Membership.objects.get(person=house.mia), by=WORLD, at=AT, key=key())
        _document, request = house.asked()
        assert asked_of(request) == set()

        tasks.clock_approvals()

        assert asked_of(request) == {"Cora Controller"}
        assert "ApproverFound" in names_of(request.subject)

    def test_who_comes_into_the_role_later_may_too(self, house):
        _document, request = house.asked()
        run_out(request)
        tasks.clock_approvals()
        house.fill("Controller", "Carl Controller", house.at_entity)

        for one in queries.undecided_of(roles=["Controller"]):
            approvals.restaff(request=one, by=WORLD, at=AT, key=key())

        assert asked_of(request) == {"Mia Manager", "Cora Controller", "Carl Controller"}

    def test_new_ones_get_a_link_of_their_own(self, house):
        _document, request = house.asked()
        row = run_out(request)
        tasks.clock_approvals()
        ApprovalStep.objects.filter(pk=row.pk).update(activated_at=datetime.now(UTC))

        telling.tell_waited_for(row.pk, key=key(), at=AT)

        assert MailLink.objects.filter(step=row, person=house.cora).exists()

    def test_who_is_only_told_reads_why(self, house):
        _document, request = house.asked()
        row = step(request, BRANCH)
        ApprovalStep.objects.filter(pk=row.pk).update(activated_at=datetime.now(UTC))

        telling.tell_above(row.pk, [house.cora.pk], key=key(), at=AT)

        assert "Waits too long" in Notice.objects.get(person=house.cora).text


class TestRemind:
    def test_at_half_of_the_working_hours_once(self, house):
        _document, request = house.asked()
        row = step(request, BRANCH)
        assert row.remind_at == AT + timedelta(hours=4)
        past = datetime.now(UTC) - timedelta(minutes=1)
        ApprovalStep.objects.filter(pk=row.pk).update(remind_at=past)

        assert tasks.clock_approvals() == 1
        assert tasks.clock_approvals() == 0
        assert names_of(request.subject).count("StepNudged") == 1

    def test_not_before(self, house):
        _document, request = house.asked()

        with pytest.raises(Refused):
            approvals.remind(step=step(request, BRANCH), by=tasks.STEPS, at=AT, key=key())


class TestReturn:
    def test_goes_back_to_the_requester_when_nobody_answers_at_all(self, house):
        document, request = house.asked()
        run_out(request)
        tasks.clock_approvals()
        assert step(request, BRANCH).returns_at > datetime.now(UTC)
        ApprovalStep.objects.filter(request=request).update(returns_at=datetime.now(UTC) - timedelta(minutes=1))

        tasks.clock_approvals()

        request.refresh_from_db()
        document.refresh_from_db()
        assert (request.status, document.status) == ("returned", "returned")
        assert not Task.objects.filter(step__request=request, is_open=True).exists()

    def test_waits_on_where_no_rule_says_so(self, company):
        company.matrix({"document_kind": "requisition", "steps": [approve_by(BRANCH)]})
        company.fill(BRANCH, "Mia Manager")
        _document, request = company.asked()
        run_out(request, days=400)

        assert tasks.clock_approvals() == 0


class TestWords:
    def test_say_what_will_happen_and_what_has(self, house):
        _document, request = house.asked()
        assert clocks.runs_out(step(request, BRANCH)).startswith("When time is over it also goes to Controller.")
        run_out(request)
        tasks.clock_approvals()

        [shown] = queries.route_strip(request)
        assert shown.runs_out.startswith("Time is over: Controller may decide too.")


class TestTimeIsBoring:
    """P21: whatever the machine's clock says, a step escalates once and never before the database's clock agrees."""

    JUMPS = some.lists(
        some.sampled_from([timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(minutes=-10)])
        | some.integers(-FAR, FAR).map(lambda minutes: timedelta(minutes=minutes)),
        max_size=6,
    )

    @given(jumps=JUMPS, is_over=some.booleans())
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_no_double_and_no_early_escalation(self, jumps, is_over, house):
        self.check(jumps, is_over, house)

    def check(self, jumps, is_over, house):
        _document, request = house.asked()
        if is_over:
            run_out(request)
        wrong = datetime.now(UTC)
        for jump in [timedelta(0), *jumps]:
            wrong += jump
            with time_machine.travel(wrong, tick=False):
                tasks.clock_approvals()
        said = names_of(request.subject)
        assert said.count("StepEscalated") <= is_over
        assert said.count("StepUnanswered") == 0
        assert said.count("StepNudged") == 0
        if is_over and all(jump >= timedelta(0) for jump in jumps):
            assert said.count("StepEscalated") == 1

    def test_twin_that_believes_the_machine_escalates_early(self, house, monkeypatch):
        monkeypatch.setattr(escalating, "_now", timezone.now)
        with pytest.raises(AssertionError):
            self.check([timedelta(days=400)], False, house)
