"""Gaps and overlaps: found before anybody is stuck in them, and only where they are."""

import random
from collections.abc import Iterator
from decimal import Decimal

import pytest

from foundation.values.money import Money
from governance.authority import checks
from governance.authority.checks import Condition, World, check, uncovered
from governance.authority.facts import Contract, Facts, Level, Rule, StepSpec, Urgency
from governance.authority.rules import decide

BRANCH, CFO = StepSpec(1, "Branch manager", Level.SITE, "any", 8), StepSpec(2, "CFO", Level.GLOBAL)
D = Decimal
WORLD = World(
    kinds=frozenset({"requisition"}),
    entities=frozenset({1, 2}),
    sites={11: 1, 12: 1, 21: 2},
    categories={5: frozenset({5}), 6: frozenset({5, 6})},
)


def rule(number: int, **given) -> Rule:
    given = {"kind": "requisition", "steps": (BRANCH,)} | given
    return Rule(number=number, **given)


def gaps(*rules: Rule):
    return [(gap.where, gap.span) for gap in check(rules, WORLD).gaps]


ALL = ((D(0), 0), None)


class TestGaps:
    def test_a_matrix_without_rules_is_one_gap(self) -> None:
        assert gaps() == [((), ALL)]

    def test_a_rule_for_everything_leaves_none(self) -> None:
        assert gaps(rule(1)) == []

    def test_an_amount_between_two_bands(self) -> None:
        assert gaps(rule(1, amount_to=D(100)), rule(2, amount_from=D(250))) == [((), ((D(100), 0), (D(250), 0)))]

    def test_above_the_cap_of_a_rule_that_asks_nobody(self) -> None:
        waves = rule(1, steps=(), auto_approve_cap=D(100), amount_to=D(500))

        assert gaps(waves, rule(2, amount_from=D(500))) == [((), ((D(100), 1), (D(500), 0)))]

    def test_a_refusal_is_an_answer(self) -> None:
        assert gaps(rule(1, amount_to=D(100)), rule(2, steps=(), amount_from=D(100), forbid_sentence="No.")) == []

    def test_sites_that_no_rule_names(self) -> None:
        found = gaps(rule(1, amount_to=D(100)), rule(2, site=11, amount_from=D(100)))

        assert found == [((Condition("site", False, (11,)),), ((D(100), 0), None))]

    def test_a_site_answers_to_the_rules_of_its_entity(self) -> None:
        assert gaps(rule(1, site=11, amount_to=D(100)), rule(2, entity=1), rule(3, entity=2)) == []

    def test_every_entity_named_is_no_gap_but_all_but_one_is(self) -> None:
        assert gaps(rule(1, entity=1), rule(2, entity=2)) == []
        assert gaps(rule(1, entity=1)) == [((Condition("entity", True, (2,)),), ALL)]

    def test_words_that_are_left_out(self) -> None:
        found = gaps(rule(1, contract=frozenset({Contract.COVERED, Contract.PARTLY, Contract.OFF})))

        assert found == [((Condition("contract", True, (Contract.EXPIRED,)),), ALL)]

    def test_a_gap_in_one_value_only(self) -> None:
        rules = [rule(n, urgency=frozenset({word})) for n, word in enumerate(Urgency, start=1)]
        rules[1] = rule(2, urgency=frozenset({Urgency.URGENT}), amount_to=D(100))

        assert gaps(*rules) == [((Condition("urgency", True, (Urgency.URGENT,)),), ((D(100), 0), None))]

    def test_a_category_answers_to_the_rules_above_it(self) -> None:
        assert gaps(rule(1, category=5), rule(2, category=6, amount_to=D(5))) == [
            ((Condition("category", False, (5, 6)),), ALL)
        ]

    def test_bands_cover_in_any_order(self) -> None:
        assert uncovered([rule(1, amount_from=D(50)), rule(2, amount_to=D(60))]) == []


class TestOverlaps:
    def test_the_same_slot_with_other_hours(self) -> None:
        hasty = StepSpec(1, "Branch manager", Level.SITE, "any", 2)

        [found] = check([rule(1), rule(2, amount_from=D(10), steps=(hasty,))], WORLD).overlaps

        assert (found.rules, found.holds) == ((1, 2), hasty)

    def test_is_none_where_no_document_meets_both(self) -> None:
        hasty = StepSpec(1, "Branch manager", Level.SITE, "any", 2)
        here = {"steps": (hasty,)}

        for apart in (
            [rule(1, amount_to=D(10)), rule(2, amount_from=D(10), **here)],
            [rule(1, site=11), rule(2, site=12, **here)],
            [rule(1, site=11), rule(2, entity=2, **here)],
            [rule(1, urgency=frozenset({Urgency.NORMAL})), rule(2, urgency=frozenset({Urgency.URGENT}), **here)],
        ):
            assert check(apart, WORLD).overlaps == []
        assert check([rule(1, site=11), rule(2, entity=1, **here)], WORLD).overlaps != []

    def test_is_none_where_both_say_the_same_or_ask_others(self) -> None:
        assert check([rule(1), rule(2), rule(3, steps=(CFO,))], WORLD).overlaps == []


def test_says_when_it_gave_up(monkeypatch) -> None:
    monkeypatch.setattr("governance.authority.checks.STEPS", 1)

    assert not check([rule(1, site=11), rule(2, entity=1)], WORLD).is_whole


def holds(condition: Condition, facts: Facts) -> bool:
    if condition.name == "category":
        nearest = next((one for one in facts.subtrees if one in WORLD.categories), None)
        return (nearest in condition.values) is condition.is_in
    return (getattr(facts, condition.name) in condition.values) is condition.is_in


def lies_in(span, amount: D) -> bool:
    first, last = span
    return first <= (amount, 0) and (last is None or (amount, 0) < last)


def some_rules(dice: random.Random) -> list[Rule]:
    def maybe(*choices):
        return dice.choice([None, None, *choices])

    def one(number: int) -> Rule:
        first, width = dice.choice([0, 0, 10, 20, 30]), dice.choice([None, None, 10, 20])
        says = dice.choice(
            [{}, {}, {"steps": (), "auto_approve_cap": D(first + 5)}, {"steps": (), "forbid_sentence": "No."}]
        )
        return rule(
            number,
            entity=maybe(1, 2),
            site=maybe(11, 12, 21),
            category=maybe(5, 6),
            urgency=maybe(frozenset({Urgency.NORMAL}), frozenset({Urgency.URGENT, Urgency.EMERGENCY})),
            amount_from=D(first),
            amount_to=None if width is None else D(first + width),
            **says,
        )

    return [one(number) for number in range(1, dice.randint(2, 7))]


def some_facts() -> Iterator[Facts]:
    """Every place, one line's category, every urgency, amounts on and beside each edge."""
    amounts = [D(edge) + more for edge in (0, 5, 10, 15, 20, 25, 30, 35, 40, 50) for more in (D(0), D("0.01"))]
    trees = {5: (5, ()), 6: (6, (5,)), 7: (7, ())}
    for site, entity in {11: 1, 12: 1, 13: 1, 21: 2, 22: 2}.items():
        for tree in trees.values():
            for urgency in Urgency:
                for amount in amounts:
                    yield Facts(
                        kind="requisition", entity=entity, site=site, amount=Money(amount, "EUR"), categories=(tree,),
                        urgency=urgency,
                    )  # fmt: skip


def misjudged(seed: int) -> list[Facts]:
    """Documents of which the check says something else than the engine, asked about every one."""
    rules = some_rules(random.Random(seed))
    gaps = check(rules, WORLD, most=10_000).gaps

    def is_told(facts: Facts) -> bool:
        amount = facts.amount.amount
        return any(lies_in(gap.span, amount) and all(holds(one, facts) for one in gap.where) for gap in gaps)

    return [facts for facts in some_facts() if is_told(facts) is not decide(rules, facts).gap]


@pytest.mark.parametrize("seed", range(40))
def test_finds_exactly_the_documents_that_nobody_answers(seed: int) -> None:
    assert misjudged(seed) == []


def test_the_oracle_would_notice_a_forgotten_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: with rules that ask nobody above their cap read as if they answered all of their band."""
    whole = lambda rule: ((rule.amount_from, 0), None if rule.amount_to is None else (rule.amount_to, 0))  # noqa: E731
    monkeypatch.setattr(checks, "answered", whole)

    assert any(misjudged(seed) for seed in range(40))
