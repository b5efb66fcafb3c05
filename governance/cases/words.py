"""A case in words: who waits for whom and since when, and the facts it was opened with."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.screens import shown
from foundation.values.exact import plain
from governance.cases import kinds
from governance.cases.lifecycle import CaseState
from governance.cases.models import Case

KEYS_OF_ROWS = {"order_line", "step", "item"}
"""Facts that resolutions need and nobody reads: keys of rows."""
ROOT_CAUSES = [
    gettext_lazy("Supplier was short of stock"),
    gettext_lazy("Supplier made a mistake"),
    gettext_lazy("Our order was wrong"),
    gettext_lazy("We ordered too late"),
    gettext_lazy("Damaged on the way"),
    gettext_lazy("Counted wrong"),
    gettext_lazy("Price list was out of date"),
    gettext_lazy("Item data was wrong"),
    gettext_lazy("A system did not answer"),
]
"""What is suggested while typing; any other cause may be written."""


@dataclass(frozen=True)
class Clock:
    """One sentence on whose turn it is, and how loud to say it."""

    sentence: str
    tone: str


def clock(case: Case, at: datetime) -> Clock:
    """Who waits for whom, since when, until when."""
    if not case.is_unsolved:
        ended = case.closed_at or case.resolved_at
        return Clock(_("%(state)s %(when)s.") % {"state": case.get_status_display(), "when": _ago(ended, at)}, "ok")
    since = {"since": _ago(case.waiting_since, at), "who": case.supplier.name if case.supplier else ""}
    if case.status == CaseState.WAITING_SUPPLIER:
        return Clock(_("%(who)s was asked %(since)s. The clock stands still until they answer.") % since, "wait")
    late = case.due_at < at
    due = _until(case.due_at, at)
    if case.status == CaseState.WAITING_INTERNAL:
        said = {"since": since["since"], "due": due}
        sentence = _("One of us was asked %(since)s. It is our own time: %(due)s.") % said
        return Clock(sentence, "bad" if late else "wait")
    if case.owner is None:
        return Clock(_("Nobody has taken it on: %(due)s.") % {"due": due}, "bad")
    who = {"who": case.owner.name, "due": due}
    if case.status == CaseState.OPEN:
        return Clock(_("Lies with %(who)s, not begun: %(due)s.") % who, "bad" if late else "warn")
    return Clock(_("%(who)s works on it: %(due)s.") % who, "bad" if late else "info")


def _until(due: datetime, at: datetime) -> str:
    span = shown.span(abs(round((due - at).total_seconds())))
    return (_("due in %(span)s") if due >= at else _("overdue by %(span)s")) % {"span": span}


def _ago(then: datetime | None, at: datetime) -> str:
    return _("%(span)s ago") % {"span": shown.span(round((at - then).total_seconds()))} if then else ""


def kind(case: Case) -> str:
    return str(kinds.of(case.kind).label)


def tone(case: Case) -> str:
    return kinds.of(case.kind).tone


def facts(case: Case) -> list[tuple[str, str]]:
    """The facts of the case for people: label and value; keys of rows and what is empty left out."""
    return [
        (name.replace("_", " ").capitalize(), said)
        for name, value in case.facts.items()
        if name not in KEYS_OF_ROWS and (said := ", ".join(_spoken(value)))
    ]


def _spoken(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield f"{str(name).replace('_', ' ')} {' '.join(_spoken(inner))}".strip()
    elif isinstance(value, list):
        for inner in value:
            yield from _spoken(inner)
    elif value not in (None, ""):
        yield _figure(str(value))


def _figure(text: str) -> str:
    """``12.000000`` is 12."""
    try:
        return plain(Decimal(text)) if text[:1].isdigit() and "." in text else text
    except InvalidOperation:
        return text
