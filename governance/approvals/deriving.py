"""The proof of a route: the kept facts and the kept version of the matrix give it again, or they do not.

Every rule is read, the plain way, from the rows as they stand now: neither what was compiled nor what was
remembered takes part.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from governance.approvals.models import ApprovalRequest
from governance.authority import matrices, queries
from governance.authority.facts import Level, StepSpec
from governance.authority.models import MatrixRule
from governance.authority.rules import Route, decide
from governance.authority.words import step as step_words

STANDARD_HOURS = 8
"""What a step is given whose rule names no hours."""
_Slot = tuple[int, str, str]
_Answer = tuple[str, int, tuple[int, ...], str, int | None]


@dataclass(frozen=True)
class Derived:
    """What the derivation found: differences in sentences, none when the route is proven."""

    differences: tuple[str, ...]
    rule_count: int

    @property
    def is_equal(self) -> bool:
        return not self.differences


def derive(request: ApprovalRequest) -> Derived:
    """Read rules and facts again and hold the route against what was asked. Two queries; nothing is written."""
    if request.matrix is None:
        return Derived((_("No matrix version was kept with this question."),), 0)
    rows = list(MatrixRule.objects.filter(matrix=request.matrix).order_by("number"))
    day = queries.day_of(request.facts)
    on = [row for row in rows if row.takes_part(day) and row.document_kind in ("", request.kind)]
    route = decide([matrices.rule_of(row, request.kind) for row in on], queries.from_kept(request.facts))
    found = [*tampered(rows, queries.published_digest(request.matrix)), *differences(request.route, route)]
    return Derived(tuple(found), len(rows))


def tampered(rows: Iterable[MatrixRule], published: str | None) -> list[str]:
    """Whether the rules are still those that the journal says were published."""
    if published is None or matrices.digest(rows) == published:
        return []
    return [_("The rules of this version are not those that were published.")]


def differences(kept: Mapping[str, Any], route: Route) -> list[str]:
    """What was asked against what follows from the facts, step by step. Pure."""
    was, now = _asked(kept), _derived(route)
    said = [
        _("%(step)s was asked, and the rules do not ask it.") % {"step": _spoken(slot)}
        for slot in was.keys() - now.keys()
    ]
    said += [
        _("%(step)s follows from the rules, and was not asked.") % {"step": _spoken(slot)}
        for slot in now.keys() - was.keys()
    ]
    for slot in sorted(was.keys() & now.keys()):
        said += _within(slot, was[slot], now[slot])
    said += [_("The rules refuse it: “%(sentence)s”") % {"sentence": one} for one in route.forbidden]
    return sorted(said)


def _asked(kept: Mapping[str, Any]) -> dict[_Slot, _Answer]:
    """A step that was asked category by category counts once."""
    return {
        (int(one["sequence"]), one["role"], one["level"]): (
            str(one["mode"]), int(float(one["sla_hours"])), tuple(one["rules"]),
            one.get("escalates_to", ""), one.get("returns_after"),
        )
        for one in kept["steps"]
    }  # fmt: skip


def _derived(route: Route) -> dict[_Slot, _Answer]:
    return {
        (one.sequence, one.role, str(one.at)): (
            str(one.mode), one.sla_hours or STANDARD_HOURS, one.rules,
            one.escalates_to.role if one.escalates_to else "", one.returns_after,
        )
        for one in route.steps
    }  # fmt: skip


def _within(slot: _Slot, was: _Answer, now: _Answer) -> list[str]:
    names = (_("approvers needed"), _("hours"), _("rules"), _("escalation"), _("hours until it goes back"))
    return [
        _("%(step)s: %(what)s were %(was)s, the rules say %(now)s.")
        % {"step": _spoken(slot), "what": name, "was": _plain(one), "now": _plain(other)}
        for name, one, other in zip(names, was, now, strict=True)
        if one != other
    ]


def _plain(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _spoken(slot: _Slot) -> str:
    sequence, role, level = slot
    return _("Step %(n)s, %(role)s") % {"n": sequence, "role": step_words(StepSpec(sequence, role, Level(level)))}
