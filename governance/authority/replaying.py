"""What a draft would have made of documents that were decided: two matrices over the same facts, document by document.

Pure. Documents stream through and only those that differ come out again; what is counted is kept by lane and place
and folded now and then, so that memory does not grow with their number.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from governance.authority.compiled import Matrix
from governance.authority.explaining import REMEMBERED, Lane, everything_else
from governance.authority.facts import Facts, StepSpec
from governance.authority.rules import Plan

Ref = TypeVar("Ref")
Row = tuple[Hashable, Decimal, Ref]
"""(everything but the amount, the amount that decides, whose it is)."""


class Fate(StrEnum):
    SAME = "same"
    DIFFERENT = "different"
    NOW_AUTOMATIC = "now_automatic"
    NOW_ASKED = "now_asked"
    NOW_BLOCKED = "now_blocked"


@dataclass(slots=True)
class Outcome:
    """What becomes of documents of one lane between two edges, and how many there were since the last fold."""

    fate: Fate
    entity: int
    before: Plan
    after: Plan
    before_rules: tuple[int, ...]
    after_rules: tuple[int, ...]
    count: int = 0

    @property
    def added(self) -> tuple[StepSpec, ...]:
        return _left(asked(self.after), asked(self.before))

    @property
    def removed(self) -> tuple[StepSpec, ...]:
        return _left(asked(self.before), asked(self.after))


@dataclass
class Sum:
    """Documents by fate, and the hours that routes took longer (below zero: shorter)."""

    fates: Counter[str] = field(default_factory=Counter)
    hours: float = 0.0

    @property
    def total(self) -> int:
        return self.fates.total()


@dataclass
class Figures:
    """The whole replay in figures. *before* and *after* count the steps that each role is asked."""

    whole: Sum = field(default_factory=Sum)
    entities: dict[int, Sum] = field(default_factory=lambda: defaultdict(Sum))
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)


def fate(before: Plan, after: Plan) -> Fate:
    """A document that neither matrix lets through is the same: nobody is asked either way."""
    if blocked(after):
        return Fate.SAME if blocked(before) else Fate.NOW_BLOCKED
    if after.auto_approved:
        return Fate.SAME if before.auto_approved else Fate.NOW_AUTOMATIC
    if before.auto_approved:
        return Fate.NOW_ASKED
    return Fate.SAME if asked(before) == asked(after) else Fate.DIFFERENT


def blocked(plan: Plan) -> bool:
    return plan.gap or bool(plan.refusals)


def asked(plan: Plan) -> tuple[StepSpec, ...]:
    """Nobody is asked about what is refused."""
    return () if blocked(plan) else plan.steps


def hours_of(plan: Plan, measured: Mapping[str, float]) -> float:
    """How long a route takes by what its roles took lately; steps side by side take as long as the slowest.

    A role that never decided counts with the hours that the step is given, and with none when there are none.
    """
    turns: dict[int, float] = {}
    for step in asked(plan):
        took = measured.get(step.role, float(step.sla_hours or 0))
        turns[step.sequence] = max(turns.get(step.sequence, 0.0), took)
    return sum(turns.values())


class Replay(Generic[Ref]):
    """``differing(rows)`` streams what differs; afterwards ``figures`` has counted all.

    ``old`` and ``new`` are matrices by kind of document; a kind that one of them does not know is a gap there.
    ``facts_of`` makes facts from a row's key, of any amount: asked once for all documents with that key.
    """

    def __init__(
        self,
        old: Mapping[str, Matrix],
        new: Mapping[str, Matrix],
        *,
        facts_of: Callable[[Any], Facts],
        measured: Mapping[str, float],
    ) -> None:
        self._old, self._new = old, new
        self._facts_of, self._measured = facts_of, measured
        self._lanes: dict[Hashable, Lane[Outcome]] = {}
        self._alike: dict[Hashable, Lane[Outcome]] = {}
        self._figures = Figures()

    def differing(self, rows: Iterable[Row[Ref]]) -> Iterator[tuple[Ref, Outcome]]:
        lanes, same = self._lanes, Fate.SAME
        for key, amount, ref in rows:
            lane = lanes.get(key)
            if lane is None:
                lane = self._lane(key)
            place = bisect_right(lane.edges, amount)
            outcome = lane.answers[place]
            if outcome is None:
                outcome = lane.answers[place] = self._outcome(lane.at(amount))
            outcome.count += 1
            if outcome.fate is not same:
                yield ref, outcome

    @property
    def figures(self) -> Figures:
        self._fold()
        return self._figures

    def _lane(self, key: Hashable) -> Lane[Outcome]:
        """Documents that differ in what no rule of either matrix asks share a lane."""
        if len(self._lanes) >= REMEMBERED:
            self._fold()
            self._lanes.clear()
            self._alike.clear()
        facts = self._facts_of(key)
        both = self._both(facts.kind)
        likeness = tuple(matrix.likeness(facts) for matrix in both)
        lane = self._alike.get(likeness)
        if lane is None:
            edges = {edge for matrix in both for edge in matrix.edges(facts)}
            lane = self._alike[likeness] = Lane(facts, sorted(edges))
        self._lanes[key] = lane
        return lane

    def _both(self, kind: str) -> tuple[Matrix, Matrix]:
        return self._old.get(kind, _EMPTY), self._new.get(kind, _EMPTY)

    def _outcome(self, facts: Facts) -> Outcome:
        before, after = (matrix.decide(facts) for matrix in self._both(facts.kind))
        numbers = [tuple(rule.number for rule in route.rules) for route in (before, after)]
        return Outcome(fate(before.plan, after.plan), facts.entity, before.plan, after.plan, *numbers)

    def _fold(self) -> None:
        for lane in self._alike.values():
            for outcome in lane.answers:
                if outcome is not None and outcome.count:
                    tally(self._figures, outcome, outcome.count, self._measured)
                    outcome.count = 0


_EMPTY = Matrix(())


def tally(figures: Figures, outcome: Outcome, count: int, measured: Mapping[str, float]) -> None:
    """Add so many documents with this outcome. One that is blocked by either matrix has no time to compare."""
    hours = 0.0
    if not (blocked(outcome.before) or blocked(outcome.after)):
        hours = hours_of(outcome.after, measured) - hours_of(outcome.before, measured)
    for one in (figures.whole, figures.entities[outcome.entity]):
        one.fates[outcome.fate] += count
        one.hours += hours * count
    for roles, plan in ((figures.before, outcome.before), (figures.after, outcome.after)):
        for step in asked(plan):
            roles[step.role] += count


def rows_of(documents: Iterable[tuple[Facts, Ref]]) -> Iterator[Row[Ref]]:
    """Facts as rows; ``explaining.facts_of_key`` is their way back."""
    for facts, ref in documents:
        yield everything_else(facts), facts.decisive.amount, ref


def _left(steps: tuple[StepSpec, ...], others: tuple[StepSpec, ...]) -> tuple[StepSpec, ...]:
    return tuple(step for step in steps if step not in others)
