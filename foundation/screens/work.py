"""The work page: what must I do now, and what is burning. Each package adds tabs to it.

work.register(Tab("unconfirmed", _("Unconfirmed"), "see_order", rows=unconfirmed_rows, count=unconfirmed_count))
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.functional import Promise

from foundation.screens.policy import holds
from foundation.values.actor import Actor


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
    """A group of work. ``rows`` come in order of urgency; ``count`` is cheap, for it is asked on every visit."""

    key: str
    label: str | Promise
    verb: str
    rows: Callable[[Actor, int], list[WorkRow]]
    count: Callable[[Actor], int]
    order: int = 50
    empty: str | Promise = ""
    """What to say when there is nothing, and where to go next."""


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
    return sorted((tab for tab in _tabs.values() if holds(actor, tab.verb)), key=lambda tab: tab.order)


def figures_for(actor: Actor) -> list[Figure]:
    return sorted((one for one in _figures.values() if holds(actor, one.verb)), key=lambda one: one.order)[:4]
