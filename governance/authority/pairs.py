"""What two rules have to do with each other: they contradict, or one leaves nothing for the other to say."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Generic, TypeVar

from governance.authority.facts import WORDS, Rule, StepSpec
from governance.authority.rules import slot, stricter

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two rules that fill one slot differently; ``holds`` is the stricter answer, which stands."""

    rules: tuple[int, int]
    step: StepSpec
    other: StepSpec
    holds: StepSpec


@dataclass(frozen=True, slots=True)
class Idle:
    """A rule without effect: no document can come to it (``by`` is 0), or rule ``by`` refuses or asks all of it."""

    rule: int
    by: int
    refuses: bool = False


@dataclass(frozen=True)
class World:
    """What the check must know of the places: every kind of document and entity, and the trees."""

    kinds: frozenset[str] = frozenset()
    entities: frozenset[int] = frozenset()
    sites: Mapping[int, int] = field(default_factory=dict)
    """Site -> its entity."""
    categories: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Category -> itself and everything above it."""
    cost_centers: Mapping[int, int] = field(default_factory=dict)
    """Cost center -> its entity."""

    def everything(self, name: str) -> frozenset[Any] | None:
        """All values of an input, where they can be counted."""
        if name in WORDS:
            return frozenset(WORDS[name])
        return self.entities if name == "entity" else None

    def named(self, name: str) -> frozenset[Any]:
        """What is looked at one by one, whichever rules are left: a category means itself without named ones below."""
        return frozenset(self.categories) if name == "category" else self.everything(name) or frozenset()


def asked(rule: Rule, name: str) -> frozenset[Any] | None:
    wanted = getattr(rule, name)
    return wanted if wanted is None or isinstance(wanted, frozenset) else frozenset({wanted})


def overlaps(rules: Iterable[Rule], world: World) -> Iterator[Overlap]:
    slots: dict[Any, _BySite[tuple[Rule, StepSpec]]] = defaultdict(_BySite)
    for rule in rules:
        for step in rule.steps:
            others = slots[rule.kind, slot(step)]
            for known, other in others.near(rule.site):
                if known is not rule and step != other and meet(known, rule, world):
                    yield Overlap((known.number, rule.number), other, step, stricter(other, step))
            others.keep(rule.site, (rule, step))


class _BySite(Generic[T]):
    """Things that may meet: those of one site, and those of any."""

    def __init__(self) -> None:
        self.sites: dict[int | None, list[T]] = defaultdict(list)

    def keep(self, site: int | None, one: T) -> None:
        self.sites[site].append(one)

    def near(self, site: int | None) -> Iterable[T]:
        if site is None:
            return chain.from_iterable(self.sites.values())
        return chain(self.sites.get(None, ()), self.sites.get(site, ()))


def idle(rules: Iterable[Rule], world: World) -> Iterator[Idle]:
    """Rules that could be dropped without any document being asked about differently."""
    rules = list(rules)
    refusing, asking = _BySite[Rule](), defaultdict[Any, _BySite[Rule]](_BySite)
    for rule in rules:
        if rule.forbid_sentence is not None:
            refusing.keep(rule.site, rule)
        asking[rule.kind, rule.steps, rule.auto_approve_cap, rule.forbid_sentence].keep(rule.site, rule)
    for rule in rules:
        if _nowhere(rule, world):
            yield Idle(rule.number, 0)
        elif by := next((one for one in _wider(refusing, rule, world) if rule.forbid_sentence is None), None):
            yield Idle(rule.number, by.number, refuses=True)
        else:
            alike = asking[rule.kind, rule.steps, rule.auto_approve_cap, rule.forbid_sentence]
            if same := next(_wider(alike, rule, world), None):
                yield Idle(rule.number, same.number)


def _wider(among: "_BySite[Rule]", rule: Rule, world: World) -> Iterator[Rule]:
    """Those that every document of this rule comes to; of two that reach equally far, the earlier."""
    for one in chain(among.sites.get(None, ()), among.sites.get(rule.site, ()) if rule.site else ()):
        first = one.number < rule.number
        if one.number != rule.number and reaches(one, rule, world) and (first or not reaches(rule, one, world)):
            yield one


def reaches(one: Rule, other: Rule, world: World) -> bool:
    """Whether every document that comes to the other rule comes to this one, too."""
    if one.kind != other.kind or one.amount_from > other.amount_from:
        return False
    if one.amount_to is not None and (other.amount_to is None or one.amount_to < other.amount_to):
        return False
    if one.site is not None and one.site != other.site:
        return False
    if one.entity is not None and one.entity != (other.entity or world.sites.get(other.site or 0)):
        return False
    if one.category is not None and one.category not in world.categories.get(other.category or 0, {other.category}):
        return False
    for name in ("cost_center", *WORDS):
        wanted, wanted_too = asked(one, name), asked(other, name)
        if wanted is not None and (wanted_too is None or not wanted_too <= wanted):
            return False
    return True


def _nowhere(rule: Rule, world: World) -> bool:
    """Its site or cost center is of another entity than it says."""
    entities = {rule.entity, world.sites.get(rule.site or 0)} - {None}
    paying = {world.cost_centers.get(center) for center in rule.cost_center or ()} - {None}
    return len(entities) > 1 or bool(entities and paying and not entities & paying)


def meet(one: Rule, other: Rule, world: World) -> bool:
    """Whether one document can come to both. Categories meet where one lies below the other: lines of both are rare."""
    if one.amount_to is not None and one.amount_to <= other.amount_from:
        return False
    if other.amount_to is not None and other.amount_to <= one.amount_from:
        return False
    if not _same_place(one, other, world) or not _same_tree(one.category, other.category, world):
        return False
    for name in ("cost_center", *WORDS):
        wanted, wanted_too = asked(one, name), asked(other, name)
        if wanted is not None and wanted_too is not None and not wanted & wanted_too:
            return False
    return True


def _same_place(one: Rule, other: Rule, world: World) -> bool:
    if one.site and other.site and one.site != other.site:
        return False
    entities = {rule.entity or (world.sites.get(rule.site) if rule.site else None) for rule in (one, other)} - {None}
    return len(entities) < 2


def _same_tree(one: int | None, other: int | None, world: World) -> bool:
    if one is None or other is None or one == other:
        return True
    return one in world.categories.get(other, ()) or other in world.categories.get(one, ())
