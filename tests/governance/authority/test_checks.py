"""Gaps and overlaps: found before anybody is stuck in them, and only where they are."""

from decimal import Decimal

from governance.authority.checks import Condition, World, check, uncovered
from governance.authority.facts import Contract, Level, Rule, StepSpec, Urgency

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
