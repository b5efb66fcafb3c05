"""What is wrong with a matrix before it is in force: amounts for which nobody answers, slots answered twice.

Pure, as the rules are. The check divides documents by what rules ask about, dimension by dimension, and stops where
rules that ask nothing more cover every amount; so it is quick for matrices that people write.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from governance.authority import pairs
from governance.authority.facts import WORDS, Rule
from governance.authority.pairs import Idle, Overlap, World, asked

Edge: TypeAlias = tuple[Decimal, int]
"""An amount, or (1) the first one above it."""
Span: TypeAlias = tuple[Edge, Edge | None]
_Hole: TypeAlias = tuple[tuple["Condition", ...], Span]

NAMES = ("site", "entity", "category", "cost_center", *WORDS)
STEPS = 20_000
"""Combinations after which the search gives up and says so."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One input: among these values, or (``is_in`` false) anything but these."""

    name: str
    is_in: bool
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Documents that no rule answers: nobody is asked, nothing is refused or waved through."""

    kind: str
    where: tuple[Condition, ...]
    span: Span


@dataclass(frozen=True)
class Found:
    gaps: list[Gap]
    overlaps: list[Overlap]
    idle: list[Idle]
    is_whole: bool
    """False when the matrix was too large to look at all of it."""


def check(rules: Iterable[Rule], world: World, *, most: int = 50) -> Found:
    rules = list(rules)
    search = _Search(world)
    gaps: list[Gap] = []
    for kind in sorted(world.kinds | {rule.kind for rule in rules}):
        mine = tuple(rule for rule in rules if rule.kind == kind)
        gaps += [Gap(kind, where, span) for where, span in search.holes(mine, NAMES)]
    overlaps: dict[Overlap, None] = {}  # two rules for any document meet in each kind, and are told once
    for overlap in pairs.overlaps(rules, world):
        overlaps[overlap] = None
        if len(overlaps) > most:
            break
    is_whole = search.left > 0 and len(gaps) <= most and len(overlaps) <= most
    return Found(gaps[:most], list(overlaps)[:most], _idle(rules, world)[:most], is_whole)


def _idle(rules: list[Rule], world: World) -> list[Idle]:
    """A rule for any document is read once for each kind, and is idle where it is in all of them."""
    found: dict[int, list[Idle]] = defaultdict(list)
    for one in pairs.idle(rules, world):
        found[one.rule].append(one)
    readings = Counter(rule.number for rule in rules)
    return [ones[0] for number, ones in sorted(found.items()) if len(ones) == readings[number]]


class _Search:
    def __init__(self, world: World) -> None:
        self.world, self.left = world, STEPS
        self.known: dict[tuple[tuple[int, ...], tuple[str, ...]], list[_Hole]] = {}

    def holes(self, rules: tuple[Rule, ...], names: tuple[str, ...]) -> list[_Hole]:
        key = (tuple(rule.number for rule in rules), names)
        if key not in self.known:
            self.left -= 1
            self.known[key] = self._holes(rules, names) if self.left > 0 else []
        return self.known[key]

    def _holes(self, rules: tuple[Rule, ...], names: tuple[str, ...]) -> list[_Hole]:
        open_ = uncovered(rule for rule in rules if all(asked(rule, name) is None for name in names))
        if not open_:
            return []
        name = next((name for name in names if any(asked(rule, name) is not None for rule in rules)), None)
        if name is None:
            return [((), span) for span in open_]
        return self._divided(rules, names, name)

    def _divided(self, rules: tuple[Rule, ...], names: tuple[str, ...], name: str) -> list[_Hole]:
        """Look at each value that some rule names, and at all others together; say equal holes once."""
        rest = tuple(one for one in names if one != name)
        everything = self.world.everything(name)
        values = sorted({value for rule in rules for value in asked(rule, name) or ()} | self.world.named(name))
        by_value = {value: self._at(rules, rest, name, value) for value in values}
        if everything is not None:
            return _grouped(name, by_value)
        others = self.holes(tuple(rule for rule in rules if asked(rule, name) is None), rest)
        found: list[_Hole] = []
        for where, span in others:
            but = tuple(value for value in values if (where, span) not in by_value[value])
            found.append(((Condition(name, False, but), *where) if but else where, span))
        own = {value: [hole for hole in holes if hole not in others] for value, holes in by_value.items()}
        return found + _grouped(name, own, is_all=False)

    def _at(self, rules: tuple[Rule, ...], rest: tuple[str, ...], name: str, value: Any) -> list[_Hole]:
        if name == "site":  # a site is of one entity: rules of others never meet it, and nothing else is to ask
            entity = self.world.sites.get(value)
            rules = tuple(rule for rule in rules if rule.entity in (None, entity))
            rest = tuple(one for one in rest if one != "entity")
        return self.holes(tuple(rule for rule in rules if self._answers(rule, name, value)), rest)

    def _answers(self, rule: Rule, name: str, value: Any) -> bool:
        wanted = asked(rule, name)
        if wanted is None:
            return True
        if name == "category":
            return bool(wanted & self.world.categories.get(value, frozenset({value})))
        return value in wanted


def _grouped(name: str, by_value: Mapping[Any, list[_Hole]], *, is_all: bool = True) -> list[_Hole]:
    """Holes with the values that have them; where all values of an input have one, the input is not mentioned."""
    having: dict[_Hole, list[Any]] = defaultdict(list)
    for value, holes in by_value.items():
        for hole in holes:
            having[hole].append(value)
    return [
        (where if is_all and len(values) == len(by_value) else (Condition(name, True, tuple(values)), *where), span)
        for (where, span), values in having.items()
    ]


def answered(rule: Rule) -> Span | None:
    """The amounts that a rule answers: all of its band, or only up to its cap when it asks nobody above."""
    first: Edge = (rule.amount_from, 0)
    last: Edge | None = None if rule.amount_to is None else (rule.amount_to, 0)
    if not rule.steps and rule.forbid_sentence is None and rule.auto_approve_cap is not None:
        cap = (rule.auto_approve_cap, 1)
        last = cap if last is None else min(last, cap)
    return (first, last) if last is None or first < last else None


def uncovered(rules: Iterable[Rule]) -> list[Span]:
    """The amounts from zero up that none of them answers."""
    reached: Edge = (Decimal(0), 0)
    found: list[Span] = []
    for first, last in sorted(filter(None, map(answered, rules)), key=lambda span: span[0]):
        if first > reached:
            found.append((reached, first))
        if last is None:
            return found
        reached = max(reached, last)
    return [*found, (reached, None)]
