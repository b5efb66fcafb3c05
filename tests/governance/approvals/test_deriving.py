"""The proof of a route: derived again it is the same, and a rule that was tampered with shows."""

import pytest

from governance.approvals import deriving
from governance.approvals.models import ApprovalRequest
from governance.authority.models import MatrixRule
from tests.governance.scene import KIND, Company, approve_by


@pytest.fixture
def asked(company: Company) -> ApprovalRequest:
    company.fill("Manager", "Mary Manager")
    company.fill("Director", "Dora Director")
    company.matrix(
        {"document_kind": KIND, "steps": [approve_by("Manager")]},
        {"document_kind": KIND, "steps": [approve_by("Director", sequence=2)], "amount_from": 500},
    )
    _, request = company.asked(900)
    return ApprovalRequest.objects.select_related("matrix").get(pk=request.pk)


def test_the_kept_facts_and_rules_give_the_route_again(asked: ApprovalRequest) -> None:
    derived = deriving.derive(asked)

    assert derived.is_equal
    assert derived.rule_count == 3


def test_years_later_with_other_rules_in_force(asked: ApprovalRequest, company: Company, monkeypatch) -> None:
    monkeypatch.setattr("governance.authority.replays.objections", lambda *_args, **_given: [])
    company.matrix({"document_kind": KIND, "steps": [approve_by("Manager")]})

    assert deriving.derive(asked).is_equal


def test_a_rule_that_was_tampered_with_is_named(asked: ApprovalRequest) -> None:
    MatrixRule.objects.filter(matrix=asked.matrix, number=2).update(amount_from=1000)

    derived = deriving.derive(asked)

    assert list(derived.differences) == [
        "The rules of this version are not those that were published.",
        "Step 2, Director of the site was asked, and the rules do not ask it.",
    ]


def test_hours_approvers_and_new_steps_are_named(asked: ApprovalRequest) -> None:
    row = MatrixRule.objects.get(matrix=asked.matrix, number=1)
    row.steps = [approve_by("Manager", hours=4, mode="all"), approve_by("Clerk")]
    row.save()

    assert set(deriving.derive(asked).differences) == {
        "The rules of this version are not those that were published.",
        "Step 1, Clerk of the site follows from the rules, and was not asked.",
        "Step 1, Manager of the site: approvers needed were any, the rules say all.",
        "Step 1, Manager of the site: hours were 8, the rules say 4.",
    }


def test_tampered_facts_are_caught(asked: ApprovalRequest) -> None:
    asked.facts["amount"] = "100"

    assert not deriving.derive(asked).is_equal


def test_twin_that_reads_what_the_process_remembers_is_caught(asked: ApprovalRequest, monkeypatch) -> None:
    """Decided from the compiled matrix, and without the digest, a tampered rule would stay hidden."""
    from governance.authority import matrices

    remembered = matrices.compiled_for(asked.matrix, KIND)
    monkeypatch.setattr(deriving, "decide", lambda _rules, facts: remembered.decide(facts))
    monkeypatch.setattr(deriving, "tampered", lambda _rows, _digest: [])
    MatrixRule.objects.filter(matrix=asked.matrix, number=2).update(amount_from=1000)

    assert deriving.derive(asked).is_equal
