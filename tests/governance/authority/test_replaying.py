"""Two matrices over the same documents: the replay says what reading every rule twice says."""

from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from foundation.values.money import Money
from governance.authority import explaining, replaying
from governance.authority.compiled import Matrix, compile_matrix
from governance.authority.explaining import Explainer, facts_of_key
from governance.authority.facts import Facts, Level, Rule, StepSpec
from governance.authority.replaying import Fate, Figures, Outcome, Replay, fate, rows_of, tally
from governance.authority.rules import compare, decide
from tests.governance.authority import matrices

MEASURED = {"manager": 3.0, "director": 10.0}


def replayed(old, new, documents):
    replay = Replay(
        {"requisition": compile_matrix(old)},
        {"requisition": compile_matrix(new)},
        facts_of=facts_of_key,
        measured=MEASURED,
    )
    found = dict(replay.differing(rows_of(zip(documents, range(10**6), strict=False))))
    return {ref: said(one) for ref, one in found.items()}, replay.figures


def scanned(old, new, documents):
    """The same by reading every rule for every document."""
    found, figures = {}, Figures()
    for place, facts in enumerate(documents):
        before, after = decide(old, facts), decide(new, facts)
        rules = [tuple(rule.number for rule in route.rules) for route in (before, after)]
        one = Outcome(fate(before.plan, after.plan), facts.entity, before.plan, after.plan, *rules)
        tally(figures, one, 1, MEASURED)
        if one.fate != Fate.SAME:
            found[place] = said(one)
    return found, figures


def said(outcome: Outcome):
    return (outcome.fate, outcome.added, outcome.removed, outcome.before_rules, outcome.after_rules)


def disagreements(seed: int) -> int:
    old, new = matrices.dense_matrix(seed), matrices.dense_matrix(seed + 1)[::2]
    documents = matrices.some_facts(seed, 300)
    quick, slow = replayed(old, new, documents), scanned(old, new, documents)
    places = range(len(documents))
    return sum(quick[0].get(n) != slow[0].get(n) for n in places) + (not alike(quick[1], slow[1]))


def alike(one: Figures, other: Figures) -> bool:
    hours = [(one.whole.hours, other.whole.hours)]
    hours += [(one.entities[key].hours, other.entities[key].hours) for key in other.entities]
    return (
        one.whole.fates == other.whole.fates
        and {key: value.fates for key, value in one.entities.items()}
        == {key: value.fates for key, value in other.entities.items()}
        and (one.before, one.after) == (other.before, other.after)
        and all(left == pytest.approx(right) for left, right in hours)
    )


class TestReplay:
    @given(matrices.rules(), matrices.rules(), matrices.facts())
    def test_agrees_with_reading_every_rule(self, old, new, facts):
        quick, slow = replayed(old, new, [facts, facts]), scanned(old, new, [facts, facts])

        assert quick[0] == slow[0]
        assert alike(quick[1], slow[1])

    def test_agrees_in_crowded_matrices(self):
        assert disagreements(seed=3) == 0

    def test_agrees_when_it_folds_often(self, monkeypatch):
        monkeypatch.setattr(replaying, "REMEMBERED", 2)

        assert disagreements(seed=3) == 0

    def test_twin_with_closed_bands_is_caught(self, monkeypatch):
        monkeypatch.setattr(replaying, "bisect_right", bisect_left)

        assert disagreements(seed=3)

    def test_twin_that_takes_documents_of_a_site_for_alike_is_caught(self, monkeypatch):
        whole = replaying.everything_else
        coarse = lambda facts: whole(replace(facts, categories=()))  # noqa: E731
        monkeypatch.setattr(replaying, "everything_else", coarse)

        assert disagreements(seed=3)

    def test_twin_that_takes_documents_for_alike_whatever_they_meet_is_caught(self, monkeypatch):
        blind = lambda self, facts: (facts.kind, facts.entity, facts.site, facts.subtrees)  # noqa: E731
        monkeypatch.setattr(Matrix, "likeness", blind)

        assert disagreements(seed=3)

    def test_twin_that_counts_twice_what_it_folded_is_caught(self, monkeypatch):
        fold = Replay._fold

        def twice(self):
            fold(self)
            for lane in self._alike.values():
                for one in filter(None, lane.answers):
                    tally(self._figures, one, 1, {})

        monkeypatch.setattr(Replay, "_fold", twice)

        assert disagreements(seed=3)


MANAGER, DIRECTOR = (StepSpec(n, role, Level.SITE, sla_hours=8) for n, role in ((1, "manager"), (2, "director")))
ONE = Facts(kind="requisition", entity=1, site=1, amount=Money(Decimal(400), "EUR"))


def rule(**given) -> tuple[Rule, ...]:
    return (Rule(number=1, kind="requisition", **given),)


ASKS, ASKS_TWO = rule(steps=(MANAGER,)), rule(steps=(MANAGER, DIRECTOR))
PASSES, REFUSES = rule(auto_approve_cap=Decimal(500)), rule(forbid_sentence="No.")


class TestFates:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (ASKS, ASKS, Fate.SAME),
            (ASKS, ASKS_TWO, Fate.DIFFERENT),
            (ASKS, PASSES, Fate.NOW_AUTOMATIC),
            (PASSES, ASKS, Fate.NOW_ASKED),
            (ASKS, REFUSES, Fate.NOW_BLOCKED),
            (PASSES, (), Fate.NOW_BLOCKED),
            (REFUSES, (), Fate.SAME),
            (REFUSES, ASKS, Fate.DIFFERENT),
        ],
    )
    def test_of_one_document(self, old, new, expected):
        _, figures = replayed(old, new, [ONE])

        assert figures.whole.fates == Counter({expected: 1})

    def test_says_who_comes_and_who_goes(self):
        (added,) = replayed(ASKS, ASKS_TWO, [ONE])[0].values()
        (removed,) = replayed(ASKS_TWO, ASKS, [ONE])[0].values()

        assert (added[1], added[2]) == ((DIRECTOR,), ())
        assert (removed[1], removed[2]) == ((), (DIRECTOR,))

    def test_counts_load_and_hours_by_what_roles_took(self):
        _, figures = replayed(ASKS, ASKS_TWO, [ONE, replace(ONE, entity=2), ONE])

        assert (figures.before, figures.after) == ({"manager": 3}, {"manager": 3, "director": 3})
        assert (figures.whole.hours, figures.entities[2].hours) == (30.0, 10.0)

    def test_a_blocked_document_has_no_time_to_compare(self):
        assert replayed(ASKS, REFUSES, [ONE])[1].whole.hours == 0


class TestExplainer:
    def disagreements(self) -> int:
        rules = matrices.dense_matrix(3)
        explainer, wrong = Explainer(compile_matrix(rules)), 0
        for facts in matrices.some_facts(3, 300):
            slow, quick = decide(rules, facts), explainer.explain(facts)
            codes = tuple(tuple(one.reason.code for one in compare(rule, facts)) for rule in slow.rules)
            wrong += (quick.plan, quick.rules, quick.codes) != (slow.plan, tuple(r.number for r in slow.rules), codes)
        return wrong

    def test_gives_the_rules_and_reasons_of_the_plain_scan(self):
        assert self.disagreements() == 0

    def test_also_when_it_forgets(self, monkeypatch):
        monkeypatch.setattr(explaining, "REMEMBERED", 2)

        assert self.disagreements() == 0

    def test_twin_with_closed_bands_is_caught(self, monkeypatch):
        monkeypatch.setattr(explaining, "bisect_right", bisect_left)

        assert self.disagreements()

    @given(matrices.rules(), matrices.facts())
    def test_agrees_on_any_document(self, rules, facts):
        explainer = Explainer(compile_matrix(rules))
        slow = decide(rules, facts)

        for quick in (explainer.explain(facts), explainer.explain(facts)):
            assert (quick.plan, quick.rules) == (slow.plan, tuple(rule.number for rule in slow.rules))
