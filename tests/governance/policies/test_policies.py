"""Published policies entered as matrices, each held against a table of cases that was worked out from its text.

SA1 is a university, SA2 and SA3 are cities, SA4 is a vendor's example. Amounts are restated; what their words leave
open stays open: SA2 names nobody between 50,000.00 and 50,001.00, and two bodies for exactly 100,000.00.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from governance.approvals import actions as approvals
from governance.approvals.models import ApprovalStep, DecisionKind
from governance.authority import actions as authority
from governance.authority import exchange, queries
from governance.authority.models import AuthorityMatrix
from organization.items.models import Category
from organization.people.models import Person
from tests.governance.scene import AT, KIND, WORLD, Company, key, submit

HERE = Path(__file__).parent
POLICIES = ("SA1", "SA2", "SA3", "SA4")


@dataclass
class Policy:
    company: Company
    matrix: AuthorityMatrix
    categories: dict[str, Category]

    def route(self, case: dict[str, str]) -> queries.Routed:
        net, related = Decimal(case["net"]), Decimal(case["related"])
        return queries.route_for(
            at=AT,
            kind=KIND,
            entity_id=self.company.entity.pk,
            site_id=self.company.site.pk,
            category_ids=[self.categories[case["category"]].pk],
            amount=net,
            cumulative=net + related if related else None,
            budget=case["budget"],
            matrix=self.matrix,
        )


@pytest.fixture
def policy(db: None) -> Any:
    """``policy("SA1")``: its matrix as a draft in a company that has the categories it speaks of."""
    company = Company()
    names = ("GENERAL", "ESTATES")
    categories = {name: company.category(name, name.title()) for name in names}

    def entered(name: str) -> Policy:
        read = exchange.read(f"{name}.json", (HERE / f"{name}.json").read_bytes())
        matrix = authority.draft_matrix(name=read.name, rules=read.rules, by=WORLD, at=AT, key=key())
        return Policy(company, matrix, categories)

    return entered


def cases(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def said(routed: queries.Routed) -> str:
    """The route as the tables write it: who is asked, nobody, or the gap."""
    if routed.route.gap:
        return "gap"
    return "; ".join(step.role for step in routed.route.steps) or "nobody"


@pytest.mark.parametrize("name", POLICIES)
def test_every_case_has_its_route_or_its_named_gap(policy: Any, name: str) -> None:
    made: Policy = policy(name)
    entity, wrong = made.company.entity, []
    for case in cases(name):
        entity.tax_on_limits = Decimal(case["tax"])
        type(entity).objects.filter(pk=entity.pk).update(tax_on_limits=entity.tax_on_limits)
        routed = made.route(case)
        if said(routed) != case["expected"]:
            wrong.append((case, said(routed)))
        if case["expected"] == "gap":
            assert "No rule says who approves a requisition of" in routed.objections[0]

    assert not wrong


@pytest.mark.parametrize("name", POLICIES)
def test_the_table_looks_at_both_sides_of_every_edge(policy: Any, name: str) -> None:
    made: Policy = policy(name)
    looked_at = {Decimal(case["net"]) for case in cases(name) if not Decimal(case["tax"])}
    for row in queries.rules_of(made.matrix):
        for edge in filter(None, (row.amount_from, row.amount_to)):
            assert {edge - Decimal("0.01"), edge} <= looked_at, (name, row.number, edge)


def test_a_rule_moved_by_a_cent_is_noticed(policy: Any) -> None:
    made: Policy = policy("SA4")
    rules = [rule | {} for rule in exchange.read("SA4.json", (HERE / "SA4.json").read_bytes()).rules]
    rules[0]["auto_approve_cap"] = Decimal("499.99")
    made.matrix = authority.set_rules(matrix=made.matrix, rules=rules, by=WORLD, at=AT, key=key())

    assert any(said(made.route(case)) != case["expected"] for case in cases("SA4"))


@pytest.mark.parametrize("name", ["SA1", "SA2"])
def test_what_leaves_somebody_without_an_answer_stays_a_draft(policy: Any, name: str) -> None:
    """Categories that SA1 does not name; the cents between two bands of SA2."""
    made: Policy = policy(name)
    for role in {step["role"] for row in queries.rules_of(made.matrix) for step in row.steps}:
        made.company.fill(role, f"One {role}")
    with pytest.raises(Refused) as refused:
        authority.publish(matrix=made.matrix, by=WORLD, at=AT, key=key())

    gap = "from 50,000.01 to below 50,001." if name == "SA2" else "category other than"
    assert gap in str(refused.value)
    assert AuthorityMatrix.objects.get(pk=made.matrix.pk).status == "draft"


@pytest.mark.parametrize(("name", "role"), [("SA3", "Department head"), ("SA4", "Site supervisor")])
def test_a_delegate_decides_in_the_name_of_whom_the_policy_names(policy: Any, name: str, role: str) -> None:
    made: Policy = policy(name)
    holder, deputy = made.company.fill(role, "Hanna Holder"), made.company.person("Dora Deputy")
    made.company.lend(holder, deputy, cap=Decimal(1000))

    [decision] = decided(made, 900, by=deputy).decisions.all()
    assert (decision.person, decision.on_behalf_of) == (deputy, holder)
    with pytest.raises(NotYours):  # beyond what was lent, the deputy has no authority at all
        decided(made, 2000, by=deputy)


def test_what_was_lent_counts_related_purchases(policy: Any) -> None:
    made: Policy = policy("SA4")
    holder, deputy = made.company.fill("Site supervisor", "Hanna Holder"), made.company.person("Dora Deputy")
    made.company.lend(holder, deputy, cap=Decimal(1000))

    with pytest.raises(NotYours):
        decided(made, 900, by=deputy, related=200)


def decided(made: Policy, amount: int, *, by: Person, related: int = 0) -> ApprovalStep:
    """The first step of a request, approved by this person."""
    document = made.company.requisition(amount)
    case = {"category": "GENERAL", "net": str(amount), "related": str(related), "budget": "within"}
    step: ApprovalStep = submit(document=document, routed=made.route(case)).steps.get(sequence=1)
    seen = type(document)._base_manager.get(pk=document.pk).version
    approvals.decide(step=step, kind=DecisionKind.APPROVE, by=by.actor, at=AT, seen=seen, key=key())
    return step
