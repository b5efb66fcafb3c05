"""Passing a task on where several must answer, or where one person could be needed twice."""

import pytest

from foundation.lifecycles import Refused
from governance.approvals import actions as approvals
from governance.approvals import queries, staffing
from governance.approvals.actions import handing, returning
from governance.approvals.models import Task
from organization.scopes import actions as scopes
from organization.scopes.models import Membership
from tests.governance.scene import AT, WORLD, Company, approve_by, decide, key, step


@pytest.fixture
def all_must(company: Company) -> Company:
    company.matrix({"document_kind": "requisition", "steps": [approve_by("Branch manager", mode="all")]})
    return company


@pytest.fixture
def two_steps(company: Company) -> Company:
    """Two questions at the same time: the branch manager's and the controller's."""
    steps = [approve_by("Branch manager"), approve_by("Controller")]
    company.matrix({"document_kind": "requisition", "steps": steps})
    return company


def pass_on(request, role, giver, to):
    return approvals.reassign(step=step(request, role), to=to, reason="Yours", by=giver.actor, at=AT, key=key())


def waits_for(request, person):
    return Task.objects.filter(step__request=request, person=person, is_open=True).exists()


class TestWhereAllMustAnswer:
    def test_nobody_passes_his_answer_on(self, all_must):
        mia, max_ = (all_must.fill("Branch manager", name) for name in ("Mia Manager", "Max Manager"))
        _document, request = all_must.asked()

        with pytest.raises(Refused, match="Everybody who is asked here must answer"):
            pass_on(request, "Branch manager", mia, max_)
        assert waits_for(request, mia)

    def test_twin_that_does_not_count_leaves_the_step_without_an_answer(self, all_must, monkeypatch):
        mia, max_ = (all_must.fill("Branch manager", name) for name in ("Mia Manager", "Max Manager"))
        _document, request = all_must.asked()
        monkeypatch.setattr(handing, "check_successor", lambda *args, **kwargs: None)
        pass_on(request, "Branch manager", mia, max_)
        decide(max_, request, "Branch manager")

        assert step(request, "Branch manager").status == "active"
        assert not Task.objects.filter(step__request=request, is_open=True).exists()


class TestWhereOneIsNeededTwice:
    def seats(self, company):
        mia, max_ = company.fill("Branch manager", "Mia Manager"), company.fill("Branch manager", "Max Manager")
        cora = company.fill("Controller", "Cora Controller")
        return mia, max_, cora

    def test_what_was_passed_comes_back_when_the_new_one_decides_elsewhere(self, two_steps):
        mia, max_, _cora = self.seats(two_steps)
        two_steps.appoint(max_, "Controller")
        _document, request = two_steps.asked()
        pass_on(request, "Branch manager", mia, max_)
        assert not waits_for(request, mia)
        decide(max_, request, "Controller")

        assert waits_for(request, mia)
        decide(mia, request, "Branch manager")
        request.refresh_from_db()
        assert request.status == "granted"

    def test_twin_that_forgets_leaves_nobody(self, two_steps, monkeypatch):
        mia, max_, _cora = self.seats(two_steps)
        two_steps.appoint(max_, "Controller")
        _document, request = two_steps.asked()
        pass_on(request, "Branch manager", mia, max_)
        with monkeypatch.context() as forgetful:
            forgetful.setattr(returning, "come_back", lambda *args, **kwargs: None)
            decide(max_, request, "Controller")

        assert not Task.objects.filter(step__request=request, is_open=True).exists()
        returning.come_back(request, [max_.pk])
        assert waits_for(request, mia)

    def test_the_only_one_for_another_step_cannot_have_it(self, two_steps):
        mia, max_ = two_steps.fill("Branch manager", "Mia Manager"), two_steps.fill("Branch manager", "Max Manager")
        two_steps.appoint(max_, "Controller")
        _document, request = two_steps.asked()

        with pytest.raises(Refused, match="needed for another step"):
            pass_on(request, "Branch manager", mia, max_)

    def test_who_spoke_already_cannot_have_it(self, two_steps):
        mia, max_, _cora = self.seats(two_steps)
        two_steps.appoint(max_, "Controller")
        _document, request = two_steps.asked()
        decide(max_, request, "Controller")

        with pytest.raises(Refused, match="decided on this request already"):
            pass_on(request, "Branch manager", mia, max_)


class TestTheAuthorityThatEnds:
    def test_is_seen_under_the_lock(self, two_steps, monkeypatch):
        mia, max_ = two_steps.fill("Branch manager", "Mia Manager"), two_steps.fill("Branch manager", "Max Manager")
        two_steps.fill("Controller", "Cora Controller")
        _document, request = two_steps.asked()
        before = staffing.holder(max_.pk, step(request, "Branch manager"))
        membership = Membership.objects.get(person=max_)
        scopes.end_role(membership=membership, by=WORLD, at=AT, key=key())
        monkeypatch.setattr(staffing, "holder", lambda person_id, step: before)  # read just before it ended

        with pytest.raises(Refused, match="does not hold this authority"):
            pass_on(request, "Branch manager", mia, max_)
        assert queries.waited_for(step(request, "Branch manager"), at=AT) >= {mia.pk}
