from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from foundation.values.reason import BadValue
from governance.authority import compiled
from governance.authority.compiled import compile_matrix
from governance.authority.facts import Facts
from governance.authority.rules import decide
from tests.governance.authority import matrices


def disagreements(seed: int) -> int:
    """How many of 300 documents the compiled matrix routes otherwise than reading every rule does."""
    rules = matrices.dense_matrix(seed)
    matrix = compile_matrix(rules)
    return sum(matrix.decide(facts) != decide(rules, facts) for facts in matrices.some_facts(seed, 300))


class TestCompileMatrix:
    def test_refuses_two_rules_with_one_number(self):
        rule, *_ = matrices.dense_matrix(1)

        with pytest.raises(BadValue, match="Two rules have number 1"):
            compile_matrix([rule, replace(rule, kind="order")])

    def test_does_not_care_in_which_order_rules_come(self):
        rules = matrices.dense_matrix(1)
        forward, backward = compile_matrix(rules), compile_matrix(rules[::-1])

        for facts in matrices.some_facts(1, 50):
            assert forward.decide(facts) == backward.decide(facts)

    def test_of_nothing_finds_a_gap(self):
        [facts] = matrices.some_facts(1, 1)

        assert compile_matrix([]).decide(facts).gap


class TestDecide:
    @given(matrices.rules(), matrices.facts())
    def test_agrees_with_reading_every_rule(self, rules, facts):
        matrix = compile_matrix(rules)

        assert matrix.decide(facts) == decide(rules, facts)
        assert matrix.decide(facts) == decide(rules, facts), "and again, from memory"

    def test_agrees_in_a_crowded_matrix(self):
        assert disagreements(seed=3) == 0

    def test_agrees_when_it_forgets(self, monkeypatch):
        monkeypatch.setattr(compiled, "_REMEMBERED", 2)

        assert disagreements(seed=3) == 0

    def test_twin_with_closed_bands_is_caught(self, monkeypatch):
        monkeypatch.setattr(compiled, "bisect_right", bisect_left)

        assert disagreements(seed=3)

    def test_twin_with_caps_that_stop_short_is_caught(self, monkeypatch):
        monkeypatch.setattr(compiled, "EXACT", type("", (), {"next_plus": lambda self, cap: cap})())

        assert disagreements(seed=3)

    def test_twin_that_asks_no_conditions_is_caught(self, monkeypatch):
        monkeypatch.setattr(compiled._Conditions, "met", lambda self, facts: -1)

        assert disagreements(seed=3)

    def test_twin_that_forgets_whose_memory_it_is_is_caught(self, monkeypatch):
        monkeypatch.setattr(compiled._Voices, "plan", lambda self, voices: self._says[0])

        assert disagreements(seed=3)

    def test_reads_amounts_finer_than_a_cent_above_a_cap(self):
        rules = matrices.dense_matrix(3)
        [facts] = matrices.some_facts(3, 1)
        hair = replace(facts, amount=replace(facts.amount, amount=Decimal("250.000000000000000000000000001")))

        assert compile_matrix(rules).decide(hair) == decide(rules, hair)

    def test_finds_a_rule_once_when_two_lines_share_its_subtree(self):
        rules = matrices.dense_matrix(3)
        [facts] = matrices.some_facts(3, 1)
        both: Facts = replace(facts, categories=((11, (1,)), (12, (1,))))
        found = [rule.number for rule in compile_matrix(rules).decide(both).rules]

        assert len(found) == len(set(found))
