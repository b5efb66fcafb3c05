"""A matrix in words: rules as sentences, what the check found, what two versions say differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.values.days import day_text
from foundation.values.exact import plain
from governance.authority.checking import Looked, TooFew
from governance.authority.checks import Condition, Edge, Gap
from governance.authority.facts import WORDS, Escalation, Level, StepSpec
from governance.authority.kinds import KINDS
from governance.authority.matrices import step_of
from governance.authority.models import MatrixRule
from governance.authority.pairs import Idle, Overlap, World
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category
from organization.sites.models import Site

LEVELS = {
    Level.ENTITY: gettext_lazy("of the entity"),
    Level.SITE: gettext_lazy("of the site"),
    Level.CATEGORY: gettext_lazy("of the category"),
    Level.COST_CENTER: gettext_lazy("of the cost center"),
    Level.LINES: gettext_lazy("of each line"),
    Level.GLOBAL: gettext_lazy("of the company"),
}
INPUTS = {
    "contract": gettext_lazy("contract"),
    "urgency": gettext_lazy("urgency"),
    "source": gettext_lazy("source"),
    "budget": gettext_lazy("budget"),
    "supplier_risk": gettext_lazy("supplier risk"),
    "supplier_tenure": gettext_lazy("supplier"),
    "price": gettext_lazy("price"),
    "inventory_impact": gettext_lazy("stock"),
    "customer_commitment": gettext_lazy("customers"),
    "site": gettext_lazy("site"),
    "entity": gettext_lazy("entity"),
    "category": gettext_lazy("category"),
    "cost_center": gettext_lazy("cost center"),
}
COLUMNS = {
    "number": gettext_lazy("number"),
    "is_on": gettext_lazy("on"),
    "document_kind": gettext_lazy("document"),
    "entity_id": INPUTS["entity"],
    "site_id": INPUTS["site"],
    "category_id": INPUTS["category"],
    "amount_from": gettext_lazy("amount from"),
    "amount_to": gettext_lazy("amount below"),
    "steps": gettext_lazy("who is asked"),
    "auto_approve_cap": gettext_lazy("passes by itself up to"),
    **{name: INPUTS[name] for name in WORDS},
    "cost_center_id": INPUTS["cost_center"],
    "forbid": gettext_lazy("refused with"),
    "note": gettext_lazy("note"),
    "owner": gettext_lazy("owner"),
    "starts_on": gettext_lazy("from day"),
    "ends_on": gettext_lazy("until day"),
}


@dataclass
class Names:
    """The names of the rows that some rules speak of; four queries, whatever their number."""

    entities: dict[int, LegalEntity] = field(default_factory=dict)
    sites: dict[int, Site] = field(default_factory=dict)
    categories: dict[int, Category] = field(default_factory=dict)
    cost_centers: dict[int, CostCenter] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[MatrixRule]) -> "Names":
        rows = list(rows)
        return cls(
            entities={one.pk: one for one in LegalEntity.objects.all()},
            sites=_named(Site, {row.site_id for row in rows}),
            categories=_named(Category, {row.category_id for row in rows}),
            cost_centers=_named(CostCenter, {row.cost_center_id for row in rows}),
        )

    def world(self) -> World:
        """The places that the rules name, and every entity, as the checks know them."""
        trees = {
            key: frozenset({key, *(int(step) for step in one.path.split(".") if step)})
            for key, one in self.categories.items()
        }
        return World(
            kinds=frozenset(KINDS),
            entities=frozenset(self.entities),
            sites={key: one.entity_id for key, one in self.sites.items()},
            categories=trees,
            cost_centers={key: one.entity_id for key, one in self.cost_centers.items()},
        )

    def say(self, name: str, key: Any) -> str:
        if name == "entity":
            return self.entities[key].code if key in self.entities else str(key)
        if name in ("site", "category", "cost_center"):
            rows: Mapping[int, Any] = getattr(self, "categories" if name == "category" else f"{name}s")
            return getattr(rows.get(key), "name", str(key))
        return str(key).replace("_", " ")

    def currency(self, row: MatrixRule) -> str:
        """An amount is in the entity's currency: named where the rule says which entity."""
        entity = row.entity_id or (self.sites[row.site_id].entity_id if row.site_id in self.sites else None)
        return self.entities[entity].currency if entity in self.entities else ""


def _named(model: Any, keys: set[int | None]) -> dict[int, Any]:
    return {one.pk: one for one in model.objects.filter(pk__in=keys - {None})}


@dataclass(frozen=True)
class Said:
    """A rule as people read it: for what, of which amount, and what then."""

    number: int
    is_on: bool
    what: str
    then: str
    note: str

    def __str__(self) -> str:
        return f"{self.what}: {self.then}"


def said(row: MatrixRule, names: Names) -> Said:
    return Said(row.number, row.is_on, _what(row, names), _then(row, names), row.note)


def _what(row: MatrixRule, names: Names) -> str:
    words = [str(KINDS.get(row.document_kind, row.document_kind)) if row.document_kind else _("Any document")]
    if row.site_id:
        words.append(_("at %(site)s") % {"site": names.say("site", row.site_id)})
    if row.entity_id:
        words.append(_("of %(entity)s") % {"entity": names.say("entity", row.entity_id)})
    if row.category_id:
        words.append(_("for %(category)s") % {"category": names.say("category", row.category_id)})
    if row.cost_center_id:
        words.append(_("charged to %(place)s") % {"place": names.say("cost_center", row.cost_center_id)})
    words.append(_amounts(row, names.currency(row)))
    words += [_("from %(day)s on") % {"day": day_text(row.starts_on)}] if row.starts_on else []
    words += [_("until %(day)s") % {"day": day_text(row.ends_on)}] if row.ends_on else []
    asks = [
        f"{INPUTS[name]} {_(' or ').join(word.replace('_', ' ') for word in getattr(row, name))}"
        for name in WORDS
        if getattr(row, name)
    ]
    return " ".join([*filter(None, words), *([_("when %(asks)s") % {"asks": _(" and ").join(asks)}] if asks else [])])


def _amounts(row: MatrixRule, currency: str) -> str:
    given = {"first": _sum(row.amount_from, currency), "last": _sum(row.amount_to, currency)}
    if row.amount_to is None:
        return _("from %(first)s") % given if row.amount_from else ""
    return (_("from %(first)s to below %(last)s") if row.amount_from else _("below %(last)s")) % given


def _sum(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else f"{currency} {plain(Decimal(amount))}".strip()


def _then(row: MatrixRule, names: Names) -> str:
    if row.forbid:
        return _("refused: “%(sentence)s”") % {"sentence": row.forbid}
    asked = steps([step_of(step) for step in row.steps])
    if row.auto_approve_cap is None:
        return asked
    cap = {"cap": _sum(row.auto_approve_cap, names.currency(row)), "asked": asked}
    return (_("up to %(cap)s nobody, above %(asked)s") if asked else _("up to %(cap)s nobody")) % cap


def steps(asked: Iterable[StepSpec]) -> str:
    """``Branch manager of the site, then Controller of the entity``; side by side where the sequence is the same."""
    turns: dict[int, list[str]] = {}
    for one in sorted(asked, key=lambda one: one.sequence):
        turns.setdefault(one.sequence, []).append(step(one))
    return _(", then ").join(_(" and ").join(turn) for turn in turns.values())


def step(one: StepSpec) -> str:
    words = f"{one.role} {LEVELS[one.at]}"
    if one.mode == "all":
        words = _("everybody who is %(role)s") % {"role": words}
    elif one.mode != "any":
        words = _("%(n)s who are %(role)s") % {"n": one.mode, "role": words}
    said = [f"{one.sla_hours} h"] if one.sla_hours else []
    said += [_("then also %(role)s") % {"role": role_at(one.escalates_to)}] if one.escalates_to else []
    said += [_("back after %(n)s h more") % {"n": one.returns_after}] if one.returns_after else []
    return f"{words} ({', '.join(said)})" if said else words


def role_at(escalation: Escalation) -> str:
    """``Controller of the entity``."""
    return f"{escalation.role} {LEVELS[escalation.at]}"


@dataclass(frozen=True)
class Finding:
    tone: str
    label: str
    sentence: str


def flaws(looked: Looked, names: Names) -> list[Finding]:
    """What would leave a document without an answer: with any of it a draft is not published."""
    told = [Finding("bad", _("Gap"), _gap(gap, names)) for gap in looked.found.gaps]
    told += [Finding("bad", _("Empty role"), _empty(role)) for role in looked.empty_roles]
    return told + [Finding("bad", _("Too few people"), _few(few)) for few in looked.too_few]


def findings(looked: Looked, names: Names) -> list[Finding]:
    """Everything that was found, worst first."""
    found, told = looked.found, flaws(looked, names)
    told += [Finding("warn", _("Overlap"), _overlap(overlap)) for overlap in found.overlaps]
    told += [Finding("warn", _("Without effect"), _idle(idle)) for idle in found.idle]
    told += [Finding("warn", _("Ends soon"), _ending(rule, day)) for rule, day in looked.ending]
    told += [Finding("warn", _("Owner left"), _left(rule, owner)) for rule, owner in looked.left]
    told += _escalations(looked)
    if not found.is_whole:
        told.append(Finding("warn", _("Not all"), _("The matrix is large: there may be more than is shown here.")))
    if not told:
        told = [Finding("ok", _("Whole"), _("Every amount of every document has an answer, and no rules disagree."))]
    return told + [Finding("info", _("One person"), _sole(role, person)) for role, person in looked.sole.items()]


def _escalations(looked: Looked) -> list[Finding]:
    empty = _("Nobody fills the role %(role)s: what escalates to it reaches nobody.")
    weak = _("Rule %(rule)s escalates to %(role)s, whom no rule asks about such amounts: it is told and cannot decide.")
    label = _("Escalation")
    return [Finding("warn", label, empty % {"role": role}) for role in looked.empty_escalations] + [
        Finding("warn", label, weak % {"rule": rule, "role": role}) for rule, role in looked.weak_escalations
    ]


def _empty(role: str) -> str:
    return _("Nobody fills the role %(role)s: what needs it would wait.") % {"role": role}


def _few(few: TooFew) -> str:
    given = {"rule": few.rule, "roles": _(" and ").join(few.roles), "people": ", ".join(few.people)}
    return _("Rule %(rule)s asks %(roles)s, and only %(people)s could answer: nobody decides twice.") % given


def _ending(rule: int, day: date) -> str:
    said = {"rule": rule, "day": day_text(day)}
    return _("Rule %(rule)s takes part until %(day)s: say what shall count afterwards.") % said


def _left(rule: int, owner: str) -> str:
    said = {"rule": rule, "owner": owner}
    return _("Rule %(rule)s is owned by %(owner)s: no such role is filled, and nobody of that name works here.") % said


def _sole(role: str, person: str) -> str:
    said = {"role": role, "person": person}
    return _("Only %(person)s fills the role %(role)s: while he is away, what needs it waits.") % said


def _idle(idle: Idle) -> str:
    given = {"rule": idle.rule, "by": idle.by}
    if not idle.by:
        return _("Rule %(rule)s names a place that is not of its entity: no document comes to it.") % given
    if idle.refuses:
        return _("Rule %(by)s refuses everything that rule %(rule)s is about.") % given
    return _("Rule %(by)s says all that rule %(rule)s says.") % given


def _gap(gap: Gap, names: Names) -> str:
    where = [_condition(condition, names) for condition in gap.where]
    (amount, above), last = gap.span
    spans = {"first": plain(amount), "last": _edge(last)}
    if last is None:
        amounts = (
            (_("above %(first)s") if above else _("from %(first)s")) % spans if amount or above else _("any amount")
        )
    else:
        amounts = (_("above %(first)s, up to %(last)s") if above else _("from %(first)s to below %(last)s")) % spans
    kind = str(KINDS.get(gap.kind, gap.kind.replace("_", " ").capitalize()))
    return _("Nobody answers: %(what)s.") % {"what": ", ".join([kind, *where, amounts])}


def _edge(edge: Edge | None) -> str:
    return plain(edge[0]) if edge else ""


def _condition(condition: Condition, names: Names) -> str:
    values = _(" or ").join(names.say(condition.name, value) for value in condition.values)
    given = {"name": INPUTS.get(condition.name, condition.name), "values": values}
    return (_("%(name)s %(values)s") if condition.is_in else _("%(name)s other than %(values)s")) % given


def _overlap(overlap: Overlap) -> str:
    one, other = overlap.rules
    given = {"one": one, "other": other, "role": overlap.step.role, "holds": step(overlap.holds)}
    return _("Rules %(one)s and %(other)s ask %(role)s differently. The stricter stands: %(holds)s.") % given
