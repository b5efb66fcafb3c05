from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given

from foundation.values.money import Money
from foundation.values.reason import BadValue
from governance.authority import rules as authority
from governance.authority.facts import (
    Contract,
    Facts,
    Level,
    Risk,
    Rule,
    StepSpec,
    Urgency,
)
from governance.authority.rules import Plan, ask, decide, together, why_not
from tests.governance.authority import matrices

MANAGER = StepSpec(1, "branch manager", Level.SITE, sla_hours=8)
DIRECTOR = StepSpec(2, "finance director", Level.ENTITY, "all", 24)


def eur(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


FASTENERS = Facts(kind="requisition", entity=1, site=3, amount=eur("1200"), categories=((31, (7, 1)),))
SMALL = Rule(number=11, kind="requisition", amount_to=Decimal(1000), steps=(MANAGER,))
MIDDLE = Rule(number=12, kind="requisition", amount_from=Decimal(1000), amount_to=Decimal(10_000), steps=(MANAGER,))
LARGE = Rule(number=15, kind="requisition", amount_from=Decimal(10_000), steps=(MANAGER, DIRECTOR))
BANDS = (SMALL, MIDDLE, LARGE)


def numbers(rules, facts) -> list[int]:
    return [rule.number for rule in decide(rules, facts).rules]


class TestFacts:
    def test_let_the_larger_amount_decide(self):
        assert replace(FASTENERS, cumulative=eur("2700")).decisive == eur("2700")
        assert replace(FASTENERS, cumulative=eur("300")).decisive == eur("1200")

    def test_list_every_subtree_once(self):
        assert FASTENERS.subtrees == (31, 7, 1)
        assert replace(FASTENERS, categories=((31, (7,)), (32, (7,)))).subtrees == (31, 7, 32)


class TestRule:
    def test_refuses_a_band_that_ends_where_it_begins(self):
        with pytest.raises(BadValue, match="Rule 11 ends where it begins"):
            replace(SMALL, amount_from=Decimal(1000))

    def test_refuses_to_say_nothing(self):
        with pytest.raises(BadValue, match="Rule 11 says nothing"):
            replace(SMALL, steps=())

    def test_refuses_a_step_for_nobody(self):
        with pytest.raises(BadValue, match="at least one approver"):
            replace(MANAGER, mode=0)


class TestDecide:
    @pytest.mark.parametrize(
        ("amount", "rule"), [("0", 11), ("999.99", 11), ("1000", 12), ("9999.99", 12), ("10000", 15), ("1000000", 15)]
    )
    def test_counts_a_limit_into_the_band_above(self, amount, rule):
        assert numbers(BANDS, replace(FASTENERS, amount=eur(amount))) == [rule]

    def test_routes_split_orders_by_what_they_come_to(self):
        part = replace(FASTENERS, amount=eur("900"), cumulative=eur("10800"))

        assert numbers(BANDS, part) == [15]

    @pytest.mark.parametrize(
        "condition",
        [
            {"entity": 2},
            {"site": 4},
            {"category": 8},
            {"kind": "order"},
            {"urgency": frozenset([Urgency.URGENT])},
            {"supplier_risk": frozenset([Risk.HIGH, Risk.UNRATED])},
            {"cost_center": frozenset([5])},
        ],
    )
    def test_leaves_out_rules_that_ask_for_something_else(self, condition):
        assert numbers([replace(MIDDLE, **condition)], FASTENERS) == []

    @pytest.mark.parametrize(
        "condition",
        [
            {"entity": 1, "site": 3},
            {"category": 31},
            {"category": 1},
            {"urgency": frozenset([Urgency.URGENT, Urgency.NORMAL])},
            {"contract": frozenset([Contract.COVERED])},
        ],
    )
    def test_takes_rules_that_ask_for_this(self, condition):
        assert numbers([replace(MIDDLE, **condition)], FASTENERS) == [12]

    def test_gathers_the_steps_of_all_rules_that_match(self):
        buyers = replace(MIDDLE, number=20, category=7, steps=(StepSpec(2, "category manager", Level.CATEGORY),))
        steps = decide([buyers, MIDDLE], FASTENERS).steps

        assert [(step.role, step.rules) for step in steps] == [("branch manager", (12,)), ("category manager", (20,))]

    def test_makes_one_step_of_one_slot_and_takes_the_stricter(self):
        hasty = replace(MIDDLE, number=20, steps=(replace(MANAGER, mode="all", sla_hours=4),))
        unhurried = replace(MIDDLE, number=21, steps=(replace(MANAGER, mode=2, sla_hours=None),))
        [step] = decide([MIDDLE, unhurried, hasty], FASTENERS).steps

        assert (step.mode, step.sla_hours, step.rules) == ("all", 4, (12, 20, 21))

    def test_keeps_the_same_role_at_two_levels_apart(self):
        elsewhere = replace(MIDDLE, number=20, steps=(replace(MANAGER, at=Level.ENTITY),))

        assert len(decide([MIDDLE, elsewhere], FASTENERS).steps) == 2

    @given(matrices.rules(), matrices.facts())
    def test_names_for_every_step_a_rule_that_wants_it(self, rules, facts):
        by_number = {rule.number: rule for rule in rules}

        for step in decide(rules, facts).steps:
            assert step.rules
            for number in step.rules:
                assert (step.sequence, step.role, step.at) in [
                    (s.sequence, s.role, s.at) for s in by_number[number].steps
                ]


class TestAutoApproval:
    def test_holds_up_to_and_with_the_cap(self):
        capped = replace(SMALL, auto_approve_cap=Decimal(250))

        assert decide([capped], replace(FASTENERS, amount=eur("250"))).auto_approved
        assert not decide([capped], replace(FASTENERS, amount=eur("250.01"))).auto_approved
        assert decide([capped], replace(FASTENERS, amount=eur("250.01"))).steps

    def test_gives_way_when_another_rule_asks(self):
        capped = replace(MIDDLE, number=20, auto_approve_cap=Decimal(5000))
        route = decide([capped, MIDDLE], FASTENERS)

        assert not route.auto_approved
        assert [step.rules for step in route.steps] == [(12,)]

    def test_gives_way_to_a_refusal(self):
        capped = replace(MIDDLE, auto_approve_cap=Decimal(5000))
        refusal = Rule(number=20, kind="requisition", forbid_sentence="No chemicals at this site.")

        assert not decide([capped, refusal], FASTENERS).auto_approved


class TestForbidden:
    def test_carries_the_sentence_of_the_rule(self):
        refusal = Rule(number=20, kind="requisition", site=3, forbid_sentence="No chemicals at this site.")
        route = decide([MIDDLE, refusal], FASTENERS)

        assert route.forbidden == ("No chemicals at this site.",)
        assert not route.gap


class TestGap:
    def test_is_where_no_rule_matches(self):
        route = decide([SMALL], FASTENERS)

        assert route.gap
        assert str(route.gap_reason) == ("No rule says who approves a requisition of 1,200.00 EUR at entity 1, site 3.")

    def test_is_where_rules_match_but_name_nobody(self):
        route = decide([Rule(number=9, kind="requisition", auto_approve_cap=Decimal(100))], FASTENERS)

        assert route.rules
        assert route.gap

    def test_is_not_where_somebody_is_asked(self):
        assert decide(BANDS, FASTENERS).gap_reason is None


class TestProof:
    def test_says_for_each_rule_what_was_compared(self):
        rule = replace(MIDDLE, site=3, category=7, supplier_risk=frozenset([Risk.LOW, Risk.MEDIUM]))
        [proof] = decide([rule], FASTENERS).proof

        assert proof.rule == 12
        assert [str(comparison.reason) for comparison in proof.comparisons] == [
            "kind is requisition",
            "site is 3",
            "category 31 within 7",
            "amount 1,200.00, from 1,000.00 to below 10,000.00",
            "supplier risk: low",
        ]

    def test_tells_what_the_cap_made_of_the_amount(self):
        capped = replace(MIDDLE, auto_approve_cap=Decimal(1100))
        [proof] = decide([capped], FASTENERS).proof

        assert str(proof.comparisons[-1].reason) == "amount 1,200.00 above the automatic approval up to 1,100.00"

    @given(matrices.rules(), matrices.facts())
    def test_holds_for_every_rule_that_took_part(self, rules, facts):
        route = decide(rules, facts)

        assert [proof.rule for proof in route.proof] == [rule.number for rule in route.rules]
        assert all(
            comparison.holds
            for proof in route.proof
            for comparison in proof.comparisons
            if comparison.input != "auto_approve_cap"
        )


class TestWhyNot:
    def test_names_everything_that_keeps_a_rule_out(self):
        rule = replace(LARGE, entity=2, category=8, urgency=frozenset([Urgency.EMERGENCY]))

        assert list(map(str, why_not(rule, FASTENERS))) == [
            "entity is 1, not 2",
            "category 31 not within 8",
            "amount 1,200.00, not from 10,000.00 on",
            "urgency: normal, not emergency",
        ]

    def test_has_nothing_to_say_about_a_rule_that_matches(self):
        assert why_not(MIDDLE, FASTENERS) == ()

    @given(matrices.rules(), matrices.facts())
    def test_answers_for_exactly_the_rules_that_took_no_part(self, rules, facts):
        taking_part = {rule.number for rule in decide(rules, facts).rules}

        assert {rule.number for rule in rules if not why_not(rule, facts)} == taking_part

    def test_twin_with_closed_bands_sends_one_amount_to_two_rules(self, monkeypatch):
        def closed(rule: Rule, facts: Facts):
            yield "amount", rule.amount_from <= facts.amount.amount <= (rule.amount_to or Decimal("Infinity"))

        monkeypatch.setattr(authority, "_checks", closed)

        assert numbers(BANDS, replace(FASTENERS, amount=eur("1000"))) == [11, 12]


class TestTogether:
    @given(matrices.rules())
    def test_does_not_depend_on_order_or_repetition(self, rules):
        plans = [ask(rule, waived=False) for rule in rules[:3]]

        assert {together([*order, order[0]]) for order in permutations(plans)} == {together(plans)}

    @given(matrices.rules())
    def test_can_be_taken_in_parts(self, rules):
        plans = [ask(rule, waived=rule.number % 3 == 0) for rule in rules]

        assert together([together(plans[:3]), together(plans[3:])]) == together(plans)

    def test_of_nothing_is_a_gap(self):
        assert together([]) == Plan()
        assert Plan().gap
