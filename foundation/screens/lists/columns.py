"""A column of a list: how its value is found, shown, sorted and exported."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from foundation.screens import shown, tones
from foundation.screens.tones import Shown

FIGURES = {"number", "money", "price", "quantity", "percent"}
"""Kinds that stand on the right, in figures of equal width."""

Getter = str | Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """``Column("amount", _("Amount"), sort="amount", kind="money", currency="currency")``.

    ``value`` is a path (``"supplier.party.name"``) or a callable of the row; by default the key. ``sort`` is a path of
    the database (``"supplier__party__name"``) or an expression; a column without one cannot be sorted by. Paths never
    cost a query if the view's queryset brings the rows along (``select_related``).
    """

    key: str
    label: str | Promise
    sort: str | Combinable | None = None
    kind: str = "text"
    value: Getter | None = None
    currency: Getter = ""
    unit: Getter = ""
    url: Callable[[Any], str] | None = None
    is_default: bool = True
    is_clipped: bool = False
    """One line of a long text: the row stays low, the rest is in the title. In the hand it is whole."""
    is_brief: bool = False
    """Whether it stands on the card in the hand in any case; see ``brief``."""
    has_total: bool = True
    """Whether money is added up below the list: amounts are, limits are not."""

    @property
    def is_figure(self) -> bool:
        return self.kind in FIGURES

    @property
    def is_added(self) -> bool:
        return self.kind == "money" and self.has_total

    @property
    def css(self) -> str:
        """The classes of its cells."""
        return " ".join(name for name, holds in (("figure", self.is_figure), ("clip", self.is_clipped)) if holds)

    def raw(self, row: Any) -> Any:
        return got(row, self.value if self.value is not None else self.key)

    def html(self, row: Any) -> SafeString | str:
        """The cell for a page."""
        cell = self._shown(row)
        address = self.url(row) if self.url else ""
        return format_html('<a href="{}">{}</a>', address, cell) if address else cell

    def _shown(self, row: Any) -> SafeString | str:
        if self.kind == "state":
            return self._state(row)
        value = self.raw(row)
        match self.kind:
            case "money":
                return shown.money(value, str(got(row, self.currency) or "")) if value is not None else shown.NOTHING
            case "price":
                return shown.price(value, str(got(row, self.currency) or ""))
            case "quantity":
                return shown.quantity(value, got(row, self.unit) or "")
            case "number":
                return shown.number(value)
            case "percent":
                return shown.percent(value)
            case "date":
                return shown.day(value)
            case "instant":
                return shown.instant(value)
            case "code":
                return format_html('<span class="code">{}</span>', value) if value else shown.NOTHING
            case _:
                return value if isinstance(value, SafeString) else shown.text(value)

    def _state(self, row: Any) -> SafeString | str:
        state = self.state_of(row)
        return shown.state(state) if state else shown.NOTHING

    def state_of(self, row: Any) -> Shown | None:
        """A path leads to a field with choices of the row or of one behind it; a callable answers with a ``Shown``."""
        getter = self.value if self.value is not None else self.key
        if callable(getter):
            state = getter(row)
            return tones.of_value(state) if isinstance(state, models.TextChoices) else state
        before, _, name = getter.rpartition(".")
        owner = got(row, before) if before else row
        return tones.of(owner, name) if owner is not None else None

    def exported(self, row: Any) -> str | int | Decimal | date | datetime | None:
        """The cell for a file: figures, days and instants keep their type, everything else is text."""
        if self.kind == "state":
            state = self.state_of(row)
            return state.label if state else None
        value = self.raw(row)
        if isinstance(value, datetime):
            return localtime(value).replace(tzinfo=None, microsecond=0)
        if value is None or (isinstance(value, (int, Decimal, date)) and not isinstance(value, bool)):
            return value
        return str(shown.text(value))


def brief(columns: Sequence[Column]) -> set[str]:
    """What a card in the hand shows besides its identity: two words of what it is, its amount, its day, its state."""
    wanted = {"text": 2, "figure": 1, "day": 1, "state": 2}
    shown_here = {column.key for column in columns if column.is_brief}
    for column in sorted(columns, key=lambda one: one.kind != "money"):
        kind = _SORTS.get(column.kind, "figure" if column.is_figure else "text")
        if wanted[kind] and column.key not in shown_here:
            shown_here.add(column.key)
            wanted[kind] -= 1
    return shown_here


_SORTS = {"date": "day", "instant": "day", "state": "state"}


def got(row: Any, getter: Getter) -> Any:
    """Follow a path of attributes, or ask the callable; a missing link ends in None."""
    if callable(getter):
        return getter(row)
    if not getter:
        return ""
    for name in getter.split("."):
        if row is None:
            return None
        row = getattr(row, name)
        if callable(row) and not isinstance(row, models.Manager):
            row = row()
    return row
