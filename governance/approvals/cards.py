"""What an approver needs to see before saying yes: the facts of the question in words, and why it is his."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.subjects import registry as subjects
from governance.approvals import clocks, queries
from governance.approvals.lifecycle import StepState
from governance.approvals.lines import lines_of
from governance.approvals.models import ApprovalRequest, ApprovalStep, Decision, Question, Task
from governance.approvals.queries import StripStep

Words = str | Promise


@dataclass(frozen=True)
class Tile:
    """One fact with its verdict: a label, a tone and a few words."""

    label: Words
    tone: str
    words: Words

    @property
    def is_clean(self) -> bool:
        return self.tone in ("ok", "neutral")


VERDICTS: dict[str, tuple[Words, dict[str, tuple[str, Words]]]] = {
    "budget": (
        _("Budget"),
        {
            "within": ("ok", _("Within budget")),
            "warning": ("warn", _("Nearly used up")),
            "over": ("bad", _("Over budget")),
            "unbudgeted": ("warn", _("No budget kept")),
        },
    ),
    "contract": (
        _("Contract"),
        {
            "covered": ("ok", _("Under contract")),
            "partly_covered": ("warn", _("Partly under contract")),
            "off_contract": ("warn", _("Outside any contract")),
            "expired": ("warn", _("Contract has expired")),
        },
    ),
    "supplier_risk": (
        _("Supplier"),
        {
            "low": ("ok", _("Low risk")),
            "medium": ("neutral", _("Medium risk")),
            "high": ("bad", _("High risk")),
            "unrated": ("warn", _("Not rated yet")),
        },
    ),
    "supplier_tenure": (
        _("Known since"),
        {"established": ("ok", _("Established supplier")), "new": ("warn", _("New supplier"))},
    ),
    "price": (
        _("Price"),
        {
            "in_line": ("ok", _("As usual")),
            "above": ("warn", _("Above the usual")),
            "far_above": ("bad", _("Far above the usual")),
        },
    ),
    "likeness": (
        _("Asked before"),
        {
            "none": ("ok", _("Nothing like it lately")),
            "alike": ("neutral", _("Something like it")),
            "same": ("warn", _("The very same")),
        },
    ),
    "urgency": (
        _("Urgency"),
        {"normal": ("ok", _("Normal")), "urgent": ("warn", _("Urgent")), "emergency": ("bad", _("Emergency"))},
    ),
    "inventory_impact": (
        _("Stock"),
        {
            "none": ("ok", _("Fits the demand")),
            "stock_out": ("warn", _("Runs out")),
            "overstock": ("warn", _("Too much")),
        },
    ),
    "customer_commitment": (
        _("Customers"),
        {"none": ("ok", _("Nobody waits")), "promised": ("info", _("Promised")), "at_risk": ("warn", _("At risk"))},
    ),
}
"""By the names of the facts (governance/authority/facts.py), which a request keeps as they were when it was sent."""


def in_words(name: str, value: str) -> str:
    """A fact with its verdict within a sentence: "Contract: outside any contract"."""
    label, verdicts = VERDICTS[name]
    words = str(verdicts[value][1]) if value in verdicts else value
    return f"{label}: {words[:1].lower()}{words[1:]}"


def tiles(facts: dict[str, Any]) -> list[Tile]:
    """Every fact that the question was routed by and that has a verdict, and what the document says besides."""
    found = []
    for name, (label, verdicts) in VERDICTS.items():
        if (value := facts.get(name)) in verdicts:
            tone, words = verdicts[value]
            found.append(Tile(label, tone, words))
    return found + [Tile(**said) for said in facts.get("tiles", [])]


def warnings(facts: dict[str, Any]) -> list[Tile]:
    """What makes a question need a look, the worst first."""
    return sorted((tile for tile in tiles(facts) if not tile.is_clean), key=lambda tile: tile.tone != "bad")


@dataclass(frozen=True)
class Row:
    """One line of the inbox, and whether it is clean enough to be approved among others."""

    task: Task
    worst: list[Tile]
    is_overdue: bool

    @property
    def step(self) -> ApprovalStep:
        return self.task.step

    @property
    def request(self) -> ApprovalRequest:
        return self.task.step.request

    @property
    def is_clean(self) -> bool:
        return not self.worst


def row(task: Task, at: datetime) -> Row:
    return Row(task, warnings(task.step.request.facts), bool(task.due_at and task.due_at < at))


def groups(rows: Iterable[Row]) -> list[tuple[Words, str, list[Row]]]:
    """What needs a look first, then what looks clean."""
    rows = list(rows)
    parts = [
        (_("Needs a look"), "look", [row for row in rows if not row.is_clean]),
        (_("Looks clean"), "clean", [row for row in rows if row.is_clean]),
    ]
    return [part for part in parts if part[2]]


@dataclass(frozen=True)
class Card:
    """One question as a whole, for one person."""

    task: Task
    document: Any
    """As it stands now; its version is what a decision is bound to."""
    route: list[StripStep]
    mine: Decision | None
    """What this person said and may still take back."""
    questions: list[Question]
    passed: Task | None
    """The colleague's task that was passed to this person, with the reason."""

    @property
    def step(self) -> ApprovalStep:
        return self.task.step

    @property
    def request(self) -> ApprovalRequest:
        return self.step.request

    @property
    def tiles(self) -> list[Tile]:
        return tiles(self.request.facts)

    @property
    def because(self) -> list[tuple[int, str]]:
        """(rule, words) of every rule that names this step."""
        return queries.reasons(self.step.why)

    @property
    def is_open(self) -> bool:
        return self.step.status == StepState.ACTIVE and self.task.is_open

    @property
    def has_changed(self) -> bool:
        return bool(self.document.version != self.request.about_version)

    @property
    def runs_out(self) -> str:
        return clocks.runs_out(self.step)

    @property
    def amount(self) -> Decimal:
        """What this person decides on: the document, or the lines of it that are his."""
        if not self.step.lines:
            return self.request.amount
        return sum((line.amount for line in lines_of(self.step, self.document)), Decimal(0))

    @property
    def may_split(self) -> bool:
        """Whether there are lines that could be approved apart."""
        count = len(self.step.lines) or getattr(self.document, "line_count", 0)
        return count > 1 and subjects.has_lines(subjects.handler(self.request.about))

    @property
    def next_names(self) -> str:
        later = next((step for step in self.route if step.state == StepState.WAITING), None)
        return ", ".join(later.names) or later.role if later else ""

    @property
    def panel(self) -> str:
        """The slot in which the document's own package shows what is asked for."""
        return f"approval:{self.request.about.partition(':')[0]}"


def card(task: Task, document: Any) -> Card:
    """Four queries besides those of the task and the document."""
    step = task.step
    tasks, decisions = queries.tasks_on(step.request), queries.decisions_on(step.request)
    said = [one for one in decisions if one.step_id == step.pk and one.person_id == task.person_id]
    passed = [one for one in tasks if one.step_id == step.pk and one.passed_to_id == task.person_id]
    may_undo = step.status in (StepState.ACTIVE, StepState.HELD)
    return Card(
        task=task,
        document=document,
        route=queries.route_strip(step.request, tasks, decisions),
        mine=said[-1] if said and may_undo else None,
        questions=queries.questions_of(step),
        passed=passed[0] if passed else None,
    )
