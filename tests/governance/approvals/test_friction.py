"""What each rule costs and catches, counted from decisions, and what that speaks for."""

from datetime import timedelta
from decimal import Decimal

import pytest

from governance.approvals import friction
from governance.approvals.friction import ENOUGH, Proposal, Worn
from governance.approvals.models import ApprovalRequest
from governance.authority.models import MatrixRule
from governance.authority.queries import active_matrix
from tests.governance.scene import AT, WORLD, approve_by, decide, edit, key

SINCE = AT - timedelta(days=90)


@pytest.fixture
def people(company):
    company.matrix(
        {"document_kind": "requisition", "steps": [approve_by("Branch manager")]},
        {"document_kind": "requisition", "amount_from": 5000, "steps": [approve_by("Controller", at="entity")]},
        {"document_kind": "requisition", "amount_from": 90_000, "steps": [approve_by("Owner", at="entity")]},
    )
    company.fill("Owner", "Olga Owner", company.at_entity)
    manager = company.fill("Branch manager", "Mia Manager")
    return manager, company.fill("Controller", "Cora Controller", company.at_entity)


@pytest.fixture
def worn(company):
    return lambda: {one.rule: one for one in friction.worn(active_matrix(), since=SINCE)}


class TestFigures:
    def test_count_what_was_asked_and_let_through(self, company, people, worn) -> None:
        manager, _controller = people
        _, request = company.asked(900)
        decide(manager, request, "Branch manager", at=AT + timedelta(hours=3))

        one = worn()[1]

        assert (one.fired, one.decided, one.unchanged, one.share) == (1, 1, 1, 1)
        assert one.caught == {}
        assert float(one.hours) == pytest.approx(3)

    def test_what_is_rejected_is_caught_by_whoever_rejected(self, company, people, worn) -> None:
        manager, controller = people
        _, request = company.asked(6000)
        decide(manager, request, "Branch manager")
        decide(controller, request, "Controller", "reject")

        found = worn()

        assert (found[1].caught, found[1].share) == ({}, 0)
        assert found[2].caught == {"EUR": Decimal(6000)}
        assert found[2].least_stopped == {"EUR": Decimal(6000)}

    def test_what_comes_back_for_less_is_caught_by_the_difference(self, company, people, worn) -> None:
        manager, _controller = people
        document, request = company.asked(900)
        decide(manager, request, "Branch manager", "send_back")
        document.refresh_from_db()
        edit(document=document, amount=700, supersedes=False, by=WORLD, at=AT, key=key())
        document.refresh_from_db()
        again = company.ask_again(document)
        decide(manager, again, "Branch manager")

        one = worn()[1]

        assert (one.fired, one.decided, one.unchanged, one.caught) == (2, 2, 1, {"EUR": Decimal(200)})

    def test_hours_of_a_step_that_two_rules_ask_for_are_saved_by_dropping_neither(self, company, worn) -> None:
        company.matrix(
            {"document_kind": "requisition", "steps": [approve_by("Branch manager")]},
            {"document_kind": "requisition", "amount_from": 500, "steps": [approve_by("Branch manager")]},
        )
        manager = company.fill("Branch manager", "Mia Manager")
        _, request = company.asked(900)
        decide(manager, request, "Branch manager", at=AT + timedelta(hours=3))

        assert [one.hours for one in worn().values()] == [0, 0]
        assert [one.decided for one in worn().values()] == [1, 1]

    def test_days_before_are_left_out(self, company, people) -> None:
        company.asked(900)

        [first, *_rest] = friction.worn(active_matrix(), since=AT + timedelta(days=1))

        assert first.fired == 0
        assert first.proposal == Proposal.NEVER_ASKED

    def test_a_rule_keeps_its_past_while_it_says_the_same(self, company, people, worn) -> None:
        manager, _controller = people
        before = active_matrix()
        company.matrix(
            {"document_kind": "requisition", "steps": [approve_by("Branch manager")]},
            {"document_kind": "requisition", "amount_from": 800, "steps": [approve_by("Controller", at="entity")]},
        )
        _, request = company.asked(900)
        decide(manager, request, "Branch manager")
        ApprovalRequest.objects.update(matrix=before)

        found = worn()

        assert (found[1].fired, found[2].fired) == (1, 0)

    def test_the_documents_are_those_that_were_counted(self, company, people, worn) -> None:
        manager, _controller = people
        _, request = company.asked(900)
        decide(manager, request, "Branch manager")
        row = MatrixRule.objects.get(matrix__status="active", number=1)

        [step] = friction.documents(row.matrix, row)

        assert step.request == request


def rule(number: int, steps: str = "a") -> MatrixRule:
    return MatrixRule(number=number, steps=[steps])


def judged(*rules: Worn, steps: str = "ab") -> list[Proposal | None]:
    friction.propose(rules, {one.rule: rule(one.rule, steps[place]) for place, one in enumerate(rules)})
    return [one.proposal for one in rules]


class TestProposals:
    def test_drop_what_never_caught_anything(self) -> None:
        assert judged(Worn(1, fired=ENOUGH, decided=ENOUGH, unchanged=ENOUGH)) == [Proposal.DROP]

    def test_too_few_decisions_speak_for_nothing(self) -> None:
        assert judged(Worn(1, fired=ENOUGH, decided=ENOUGH - 1, unchanged=ENOUGH - 1)) == [None]

    def test_what_caught_something_is_not_dropped(self) -> None:
        caught = Worn(1, fired=100, decided=100, unchanged=99, caught={"EUR": Decimal(5)})

        assert judged(caught) == [None]

    def test_begin_where_something_was_stopped(self) -> None:
        least = {"EUR": Decimal(4000)}
        one = Worn(1, fired=40, decided=40, unchanged=30, caught=least, least_stopped=least, below=20)

        assert judged(one) == [Proposal.START_HIGHER]

    def test_merge_what_asked_the_same_of_the_same(self) -> None:
        one, other = (Worn(n, fired=ENOUGH, decided=ENOUGH, unchanged=1, requests={1, 2}) for n in (4, 7))

        assert judged(one, other, steps="aa") == [None, Proposal.MERGE]
        assert other.other == 4

    def test_what_asked_somebody_else_is_no_twin(self) -> None:
        one, other = (Worn(n, fired=ENOUGH, decided=ENOUGH, unchanged=1, requests={1, 2}) for n in (4, 7))

        assert judged(one, other, steps="ab") == [None, None]
