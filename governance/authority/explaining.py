"""Decisions with their reasons, many of them: worked out once for all documents that differ by their amount alone.

Between two amounts at which a rule begins, ends or stops waving through, every answer is the same: the same rules for
the same reasons. So a document is looked up by everything but its amount, and then the amount is found by bisect.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any, Generic, TypeVar

from foundation.values.money import Money
from governance.authority.compiled import Matrix
from governance.authority.facts import CHOICES, Facts
from governance.authority.rules import Plan, Route, compare

REMEMBERED = 20_000
"""Kinds of documents that are kept in mind at a time."""
everything_else: Callable[[Facts], tuple[Hashable, ...]] = attrgetter("kind", "entity", "site", "categories", *CHOICES)
"""What a route depends on beside the amount."""
Answer = TypeVar("Answer")


class Lane(Generic[Answer]):
    """Documents alike in everything but the amount: the amounts where their answer may change, and the answers met."""

    __slots__ = ("answers", "edges", "facts")

    def __init__(self, facts: Facts, edges: list[Decimal]) -> None:
        self.facts = facts
        self.edges = edges
        self.answers: list[Answer | None] = [None] * (len(edges) + 1)

    def at(self, amount: Decimal) -> Facts:
        """The facts of such a document with this decisive amount."""
        return replace(self.facts, amount=Money(amount, self.facts.amount.currency), cumulative=None)


@dataclass(frozen=True, slots=True)
class Explained:
    """What is asked, by which rules, and for each rule the codes of its reasons. Sentences are made when read."""

    plan: Plan
    rules: tuple[int, ...]
    codes: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, route: Route) -> "Explained":
        codes = (tuple(one.reason.code for one in compare(rule, route.facts)) for rule in route.rules)
        return cls(route.plan, tuple(rule.number for rule in route.rules), tuple(codes))


class Explainer:
    """``explain(facts)`` says what ``matrix.decide(facts)`` says, with rule numbers and reasons."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._lanes: dict[Hashable, Lane[Explained]] = {}
        self._alike: dict[Hashable, Lane[Explained]] = {}

    def explain(self, facts: Facts) -> Explained:
        key, amount = everything_else(facts), facts.amount.amount
        if facts.cumulative is not None:
            amount = facts.decisive.amount
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lane(key, facts)
        place = bisect_right(lane.edges, amount)
        known = lane.answers[place]
        if known is None:
            known = lane.answers[place] = Explained.of(self._matrix.decide(lane.at(amount)))
        return known

    def _lane(self, key: Hashable, facts: Facts) -> Lane[Explained]:
        """Documents that differ in what no rule asks share a lane."""
        if len(self._lanes) >= REMEMBERED:
            self._lanes.clear()
            self._alike.clear()
        likeness = self._matrix.likeness(facts)
        lane = self._alike.get(likeness)
        if lane is None:
            lane = self._alike[likeness] = Lane(facts, self._matrix.edges(facts))
        self._lanes[key] = lane
        return lane


def facts_of_key(key: tuple[Hashable, ...]) -> Facts:
    """The inverse of ``everything_else``, with an amount that means nothing."""
    given: dict[str, Any] = dict(zip(("kind", "entity", "site", "categories", *CHOICES), key, strict=True))
    return Facts(amount=Money(Decimal(0), "EUR"), **given)
