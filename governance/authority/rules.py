"""Who must say yes, and in which order.

Pure functions: facts and a published matrix go in, a route comes out. Nothing here reads the database or the clock,
so yesterday's decision can be explained tomorrow by running it again with yesterday's matrix.

The matrix *collects*: every rule that matches adds its steps, and steps in the same slot (sequence, role, level)
become one. Two rules that fill a slot differently are an overlap, which publishing reports; until somebody decides,
the stricter answer stands: more approvers, fewer hours.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf
from operator import attrgetter
from typing import Any, TypeAlias

from foundation.values.exact import plain
from foundation.values.money import minor_unit
from foundation.values.reason import Reason, because
from governance.authority.facts import CHOICES, Escalation, Facts, Level, Mode, Rule, StepSpec

_Slot: TypeAlias = tuple[int, str, Level]
slot: Callable[[StepSpec], _Slot] = attrgetter("sequence", "role", "at")


@dataclass(frozen=True, slots=True)
class RouteStep:
    """A step to be asked, and the numbers of the rules that want it."""

    sequence: int
    role: str
    at: Level
    mode: Mode
    sla_hours: int | None
    rules: tuple[int, ...]
    escalates_to: Escalation | None = None
    returns_after: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One input of one rule, held against one document."""

    input: str
    holds: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a rule took part."""

    rule: int
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked: the steps in order, the refusals, and whether a rule would wave it through."""

    steps: tuple[StepSpec, ...] = ()
    refusals: tuple[str, ...] = ()
    waived: bool = False

    @property
    def auto_approved(self) -> bool:
        """Some rule waves it through, and no other asks or refuses."""
        return self.waived and not (self.steps or self.refusals)

    @property
    def gap(self) -> bool:
        """Nobody would approve, refuse or wave it through: the matrix has a hole."""
        return not (self.steps or self.refusals or self.waived)


@dataclass(frozen=True, slots=True)
class Route:
    """The plan for one document and the rules behind it. Names and proof are worked out when somebody reads them."""

    facts: Facts
    rules: tuple[Rule, ...]
    plan: Plan

    @property
    def steps(self) -> tuple[RouteStep, ...]:
        wanted: dict[_Slot, list[int]] = defaultdict(list)
        amount = self.facts.decisive.amount
        for rule in self.rules:
            if not rule.waives(amount):
                for place in dict.fromkeys(map(slot, rule.steps)):
                    wanted[place].append(rule.number)
        return tuple(
            RouteStep(
                sequence=step.sequence,
                role=step.role,
                at=step.at,
                mode=step.mode,
                sla_hours=step.sla_hours,
                rules=tuple(wanted[slot(step)]),
                escalates_to=step.escalates_to,
                returns_after=step.returns_after,
            )
            for step in self.plan.steps
        )

    @property
    def forbidden(self) -> tuple[str, ...]:
        return self.plan.refusals

    @property
    def auto_approved(self) -> bool:
        return self.plan.auto_approved

    @property
    def gap(self) -> bool:
        return self.plan.gap

    @property
    def gap_reason(self) -> Reason | None:
        if not self.gap:
            return None
        facts = self.facts
        given = {"kind": facts.kind, "amount": facts.decisive, "entity": facts.entity, "site": facts.site}
        return because(
            "gap", "No rule says who approves a {kind} of {amount} at entity {entity}, site {site}.", **given
        )

    @property
    def proof(self) -> tuple[Proof, ...]:
        return tuple(Proof(rule.number, compare(rule, self.facts)) for rule in self.rules)


def decide(rules: Iterable[Rule], facts: Facts) -> Route:
    """Read every rule. The plain way, which the compiled matrix must agree with."""
    matching = sorted((rule for rule in rules if matches(rule, facts)), key=lambda rule: rule.number)
    amount = facts.decisive.amount
    return Route(facts, tuple(matching), together(ask(rule, waived=rule.waives(amount)) for rule in matching))


def matches(rule: Rule, facts: Facts) -> bool:
    return all(holds for _, holds in _checks(rule, facts))


def why_not(rule: Rule, facts: Facts) -> tuple[Reason, ...]:
    """What keeps the rule from taking part; empty if it does take part."""
    return tuple(comparison.reason for comparison in _compared(rule, facts) if not comparison.holds)


def compare(rule: Rule, facts: Facts) -> tuple[Comparison, ...]:
    """Everything the rule asks, whether it holds, and what its cap makes of the amount."""
    compared = tuple(_compared(rule, facts))
    if rule.auto_approve_cap is None:
        return compared
    places, waived = minor_unit(facts.amount.currency), rule.waives(facts.decisive.amount)
    amount, cap = _amount(facts), plain(rule.auto_approve_cap, places)
    if waived:
        reason = because(
            "within_cap", "amount {amount} within the automatic approval up to {cap}", amount=amount, cap=cap
        )
    else:
        reason = because(
            "above_cap", "amount {amount} above the automatic approval up to {cap}", amount=amount, cap=cap
        )
    return (*compared, Comparison("auto_approve_cap", waived, reason))


def ask(rule: Rule, *, waived: bool) -> Plan:
    """What one rule says. Up to its cap it is *waived* and asks nobody; a refusal knows no cap."""
    refusals = () if rule.forbid_sentence is None else (rule.forbid_sentence,)
    if waived:
        return Plan((), refusals, waived=True)
    if len(rule.steps) < 2:
        return Plan(rule.steps, refusals)
    return together([*(Plan((step,)) for step in rule.steps), Plan((), refusals)])


def together(plans: Iterable[Plan]) -> Plan:
    """The union of several plans, slot by slot; it does not matter in which order, or how often, they come."""
    slots: dict[_Slot, StepSpec] = {}
    refusals: set[str] = set()
    waived = False
    for plan in plans:
        for step in plan.steps:
            known = slots.get(slot(step))
            slots[slot(step)] = step if known is None else stricter(known, step)
        refusals.update(plan.refusals)
        waived = waived or plan.waived
    return Plan(tuple(slots[place] for place in sorted(slots)), tuple(sorted(refusals)), waived)


def stricter(one: StepSpec, other: StepSpec) -> StepSpec:
    """More approvers, fewer hours, an escalation rather than none; of two escalations the first by name."""
    return StepSpec(
        one.sequence,
        one.role,
        one.at,
        max(one.mode, other.mode, key=_weight),
        _least(one.sla_hours, other.sla_hours),
        _least(one.escalates_to, other.escalates_to),
        _least(one.returns_after, other.returns_after),
    )


def _least(*given: Any) -> Any:
    return min((one for one in given if one is not None), default=None)


def has_authority(role: str, rules: Iterable[Rule], facts: Facts) -> bool:
    """Whether a role has authority of its own for a document: some rule asks it, there, about as much or more."""
    amount = facts.decisive.amount
    return any(
        rule.kind == facts.kind
        and rule.entity in (None, facts.entity)
        and rule.site in (None, facts.site)
        and (rule.amount_to is None or amount < rule.amount_to)
        and any(step.role == role for step in rule.steps)
        for rule in rules
    )


def _weight(mode: Mode) -> float:
    if isinstance(mode, int):
        return mode
    return inf if mode == "all" else 1


def _checks(rule: Rule, facts: Facts) -> Iterator[tuple[str, bool]]:
    """Each input the rule asks about and whether the document answers it: the one place where a rule is read."""
    yield "kind", rule.kind == facts.kind
    if rule.entity is not None:
        yield "entity", rule.entity == facts.entity
    if rule.site is not None:
        yield "site", rule.site == facts.site
    if rule.category is not None:
        yield "category", rule.category in facts.subtrees
    amount = facts.decisive.amount
    yield "amount", rule.amount_from <= amount and (rule.amount_to is None or amount < rule.amount_to)
    for name in CHOICES:
        wanted = getattr(rule, name)
        if wanted is not None:
            yield name, getattr(facts, name) in wanted


def _compared(rule: Rule, facts: Facts) -> Iterator[Comparison]:
    for name, holds in _checks(rule, facts):
        yield Comparison(name, holds, _said(name, holds, rule, facts))


def _said(name: str, holds: bool, rule: Rule, facts: Facts) -> Reason:
    if name == "amount":
        return _amount_said(holds, rule, facts)
    own, wanted, spoken = getattr(facts, name, None), getattr(rule, name), name.replace("_", " ")
    if name == "category":
        own = ", ".join(str(category) for category, _ in facts.categories) or "none"
        if holds:
            return because(name, "category {own} within {wanted}", own=own, wanted=wanted)
        return because(name, "category {own} not within {wanted}", own=own, wanted=wanted)
    if name in CHOICES:
        wanted = ", ".join(sorted(map(str, wanted)))
        if holds:
            return because(name, "{name}: {own}", name=spoken, own=own)
        return because(name, "{name}: {own}, not {wanted}", name=spoken, own=own, wanted=wanted)
    if holds:
        return because(name, "{name} is {own}", name=spoken, own=own)
    return because(name, "{name} is {own}, not {wanted}", name=spoken, own=own, wanted=wanted)


def _amount_said(holds: bool, rule: Rule, facts: Facts) -> Reason:
    places = minor_unit(facts.amount.currency)
    amount, bottom = _amount(facts), plain(rule.amount_from, places)
    asked = "from {bottom} on" if rule.amount_to is None else "from {bottom} to below {top}"
    top = "" if rule.amount_to is None else plain(rule.amount_to, places)
    words = "amount {amount}, " + (asked if holds else f"not {asked}")
    return because("amount", words, amount=amount, bottom=bottom, top=top)


def _amount(facts: Facts) -> str:
    """The amount that limits are compared with, and when it is not the document's own, what that is."""
    places = minor_unit(facts.amount.currency)
    own = plain(facts.amount.amount, places) + (" with tax" if facts.with_tax else "")
    if facts.decisive == facts.amount:
        return own
    return f"{plain(facts.decisive.amount, places)} ({own} and related purchases)"
