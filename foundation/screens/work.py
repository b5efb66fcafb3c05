"""The work page: what must I do now, and what is burning. Each package adds tabs to it.

work.register(Tab("unconfirmed", _("Unconfirmed"), "see_order", rows=unconfirmed_rows, count=unconfirmed_count))
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.functional import Promise

from foundation.screens.lists.paging import COUNTED
from foundation.screens.policy import admits, holds
from foundation.values.actor import Actor

log = logging.getLogger("countersign.defects")


@dataclass(frozen=True, kw_only=True)
class WorkRow:
    """One thing to do: what it is, with whom, why it is here, what is at stake, until when."""

    kind: str
    """The word of the thing: "Order"."""
    icon: str
    identity: str
    url: str
    why: str
    """One phrase: "price 4.2 % above contract"."""
    tone: str = "wait"
    counterparty: str = ""
    amount: Decimal | None = None
    currency: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    due_at: datetime | None = None
    since: datetime | None = None


@dataclass(frozen=True)
class Tab:
    """A group of work. ``rows`` come in order of urgency. ``count`` is asked on every visit: it answers with the rows
    themselves, unread, which are counted with those of all other tabs in one statement (or with a number)."""

    key: str
    label: str | Promise
    verb: str
    rows: Callable[[Actor, int], list[WorkRow]]
    count: Callable[[Actor], QuerySet | int]
    order: int = 50
    empty: str | Promise = ""
    """What to say when there is nothing, and where to go next."""
    is_rare: bool = False
    """Shown only while something waits there."""


@dataclass(frozen=True)
class Figure:
    """One of today's numbers beside the work, always a link to its cases."""

    key: str
    label: str | Promise
    verb: str
    value: Callable[[Actor], str]
    url: str
    order: int = 50


_tabs: dict[str, Tab] = {}
_figures: dict[str, Figure] = {}


def register(tab: Tab) -> None:
    _tabs[tab.key] = tab


def register_figure(figure: Figure) -> None:
    _figures[figure.key] = figure


def tabs_for(actor: Actor) -> list[Tab]:
    return sorted((tab for tab in _tabs.values() if admits(actor, (tab.verb,))), key=lambda tab: tab.order)


def figures_for(actor: Actor) -> list[Figure]:
    return sorted((one for one in _figures.values() if holds(actor, one.verb)), key=lambda one: one.order)[:4]


def counts(tabs: Sequence[Tab], actor: Actor) -> dict[str, int | None]:
    """How much waits behind each tab, exact to a thousand; None where a source fails. The others go on."""
    found: dict[str, int | None] = {}
    asked: dict[str, QuerySet] = {}
    for tab in tabs:
        try:
            answer = tab.count(actor)
        except Exception:
            log.exception("The work tab %s cannot be counted", tab.key)
            found[tab.key] = None
        else:
            if isinstance(answer, QuerySet):
                asked[tab.key] = answer
            else:
                found[tab.key] = answer
    return found | _together(asked)


def _together(asked: dict[str, QuerySet]) -> dict[str, int | None]:
    """One statement for all; one for each when that fails, so that only the failing one is left out."""
    try:
        return _counted(asked)
    except Exception:
        if len(asked) > 1:
            return {key: count for one, rows in asked.items() for key, count in _together({one: rows}).items()}
        log.exception("The work tab %s cannot be counted", *asked)
        return dict.fromkeys(asked)


def _counted(asked: dict[str, QuerySet]) -> dict[str, int | None]:
    found: dict[str, int | None] = dict.fromkeys(asked, 0)
    parts: dict[str, str] = {}
    given: list[object] = []
    for key, rows in asked.items():
        keys = rows if rows.query.values_select else rows.values("pk")
        try:
            statement, parameters = keys.order_by()[: COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:  # known to be nothing without asking
            continue
        parts[key] = f"(select count(*) from ({statement}) as waiting)"
        given += parameters
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"select {', '.join(parts.values())}", given)
            found.update(zip(parts, cursor.fetchone(), strict=True))
    return found
