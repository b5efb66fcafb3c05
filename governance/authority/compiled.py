"""The matrix made ready for many decisions: a dictionary by scope and category, and a bisect on amounts.

It answers exactly what ``rules.decide`` answers by reading every rule. Compiling only sorts rules into groups; a
group is cut into bands when the first document meets it, so a changed matrix can be used at once.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from itertools import pairwise
from operator import attrgetter, or_
from typing import TypeAlias

from foundation.values.exact import EXACT
from foundation.values.reason import BadValue
from governance.authority.facts import CHOICES, Facts, Rule
from governance.authority.rules import Plan, Route, ask, together

_Scope: TypeAlias = tuple[str, int | None, int | None]
_chosen = attrgetter(*CHOICES)
_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Pack:
    """Rules that match together: their places in the matrix, and the voices they speak with."""

    places: tuple[int, ...]
    voices: frozenset[int]


class Matrix:
    """A compiled matrix: the same rules, the same answers, sooner."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules
        self._conditions = _Conditions(rules)
        self._voices = _Voices(rules)
        self._tables: dict[_Scope, dict[int | None, _Bands]] = defaultdict(dict)
        for place, rule in enumerate(rules):
            table = self._tables[rule.kind, rule.entity, rule.site]
            if rule.category not in table:
                table[rule.category] = _Bands(rules, self._conditions, self._voices)
            table[rule.category].places.append(place)

    def decide(self, facts: Facts) -> Route:
        amount, met = facts.decisive.amount, self._conditions.met(facts)
        places: list[int] = []
        voices: set[int] = set()
        for bands in self._bands(facts):
            pack = bands.pack(amount, met)
            places += pack.places
            voices |= pack.voices
        places.sort()
        return Route(facts, tuple(map(self.rules.__getitem__, places)), self._voices.plan(frozenset(voices)))

    def likeness(self, facts: Facts) -> tuple[object, ...]:
        """What this matrix sees of a document beside its amount: alike documents get the same answers."""
        return facts.kind, facts.entity, facts.site, facts.subtrees, self._conditions.met(facts)

    def edges(self, facts: Facts) -> list[Decimal]:
        """The amounts from which the answer may be another one, everything else about the document as it is."""
        return sorted({edge for bands in self._bands(facts) for edge in bands.edges})

    def _bands(self, facts: Facts) -> list["_Bands"]:
        """The groups of rules whose scope and category hold the document."""
        kind, entity, site, subtrees = facts.kind, facts.entity, facts.site, (None, *facts.subtrees)
        found: list[_Bands] = []
        for scope in ((kind, entity, site), (kind, entity, None), (kind, None, site), (kind, None, None)):
            if table := self._tables.get(scope):
                found += filter(None, map(table.get, subtrees))
        return found


def compile_matrix(rules: Iterable[Rule]) -> Matrix:
    """Raises BadValue if two rules carry one number: a proof could not tell them apart."""
    ordered = tuple(sorted(rules, key=lambda rule: rule.number))
    for one, other in pairwise(ordered):
        if one.number == other.number:
            raise BadValue("same_number", "Two rules have number {number}.", number=one.number)
    return Matrix(ordered)


class _Conditions:
    """Every different "one of these" in the matrix is a bit; a document meets some, a rule needs some."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        bits: dict[tuple[int, frozenset[object]], int] = {}
        self.needed: list[int] = []
        for rule in rules:
            needed = 0
            for which, values in enumerate(_chosen(rule)):
                if values is not None:
                    needed |= bits.setdefault((which, values), 1 << len(bits))
            self.needed.append(needed)
        by_value: dict[int, dict[object, int]] = defaultdict(lambda: defaultdict(int))
        for (which, values), bit in bits.items():
            for value in values:
                by_value[which][value] |= bit
        self._by_value = [(attrgetter(CHOICES[which]), dict(bits)) for which, bits in by_value.items()]

    def met(self, facts: Facts) -> int:
        met = 0
        for read, bits in self._by_value:
            met |= bits.get(read(facts), 0)
        return met


class _Voices:
    """The different things rules say, numbered. They are far fewer than rules, and met in few combinations."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        numbers: dict[Plan, int] = {}
        self._rules = rules
        self._asking = [numbers.setdefault(ask(rule, waived=False), len(numbers)) for rule in rules]
        self._waived = {
            place: numbers.setdefault(ask(rule, waived=True), len(numbers))
            for place, rule in enumerate(rules)
            if rule.auto_approve_cap is not None
        }
        self._says = tuple(numbers)
        self._plans: dict[frozenset[int], Plan] = {}

    def of(self, place: int, amount: Decimal) -> int:
        return self._waived[place] if self._rules[place].waives(amount) else self._asking[place]

    def plan(self, voices: frozenset[int]) -> Plan:
        """What they say together, worked out once for all documents that meet the same voices."""
        known = self._plans.get(voices)
        if known is None:
            if len(self._plans) >= _REMEMBERED:
                self._plans.clear()
            known = self._plans[voices] = together(self._says[voice] for voice in voices)
        return known


class _Bands:
    """The rules of one scope and category, cut at every amount where one begins, ends or stops waving through."""

    def __init__(self, rules: tuple[Rule, ...], conditions: _Conditions, voices: _Voices) -> None:
        self.places: list[int] = []
        self._rules = rules
        self._needed = conditions.needed
        self._voices = voices
        self._edges: list[Decimal] = []
        self._segments: list[_Segment] = []

    @property
    def edges(self) -> list[Decimal]:
        if not self._segments:
            self._cut()
        return self._edges

    def pack(self, amount: Decimal, met: int) -> _Pack:
        if not self._segments:
            self._cut()
        segment = self._segments[bisect_right(self._edges, amount)]
        pack = segment.packs.get(met & segment.asked)
        if pack is None:
            places = tuple(place for place in segment.places if not self._needed[place] & ~met)
            voices = frozenset(self._voices.of(place, amount) for place in places)
            pack = segment.packs[met & segment.asked] = _Pack(places, voices)
        return pack

    def _cut(self) -> None:
        """Walk the amounts upwards, letting rules in where they begin and out where they end."""
        begins, ends, caps = defaultdict(list), defaultdict(list), set()
        for place in self.places:
            rule = self._rules[place]
            begins[rule.amount_from].append(place)
            if rule.amount_to is not None:
                ends[rule.amount_to].append(place)
            if rule.auto_approve_cap is not None:
                caps.add(EXACT.next_plus(rule.auto_approve_cap))  # the first amount above the cap
        holding: set[int] = set()
        segments = [_Segment((), 0)]
        edges = sorted(caps | begins.keys() | ends.keys())
        for edge in edges:
            holding.difference_update(ends.get(edge, ()))
            holding.update(begins.get(edge, ()))
            segments.append(
                _Segment(tuple(sorted(holding)), reduce(or_, (self._needed[place] for place in holding), 0))
            )
        self._edges, self._segments = edges, segments


@dataclass(frozen=True, slots=True)
class _Segment:
    """The rules between two neighboring edges, every condition they ask, and what is left of them as it is met."""

    places: tuple[int, ...]
    asked: int
    packs: dict[int, _Pack] = field(default_factory=dict)
