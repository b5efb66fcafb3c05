"""Pages by key, not by number: the thousandth page costs what the first does, and nothing slips between two pages."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import BadRequest, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet
from django.utils.translation import gettext as _

from foundation.screens.finding import possible
from foundation.screens.lists.state import State

COUNTED = 1000
"""Counts are exact up to here."""
KEY = "sorted_by"
"""The annotation that carries the value sorted by."""


@dataclass(frozen=True)
class Page:
    """Some rows, and the tokens that lead to what stands before and after them."""

    rows: list[Model]
    before: str
    after: str
    count: int | None
    """How many there are in all; None means more than 1,000."""
    everything: QuerySet
    """The rows of all pages."""

    @property
    def count_text(self) -> str:
        return f"{COUNTED:,}+" if self.count is None else f"{self.count:,}"


def page(queryset: QuerySet, state: State) -> Page:
    """The page that the address asks for. Two queries; one, if the first page holds everything."""
    path = state.listing.permitted_sorts()[state.sort_key]
    keyed = queryset.annotate(**{KEY: F(path) if isinstance(path, str) else path})
    field = keyed.query.annotations[KEY].output_field
    backward = bool(state.before)
    token = state.before or state.after
    placed = beyond(keyed, read(token, field), state, backward) if token else keyed
    rows = list(placed.order_by(*ordering(keyed, state, backward))[: state.size + 1])
    more, rows = len(rows) > state.size, rows[: state.size]
    if backward:
        rows.reverse()
    has_before, has_after = (more, bool(token)) if backward else (bool(token), more)
    return Page(
        rows=rows,
        before=write(rows[0]) if rows and has_before else "",
        after=write(rows[-1]) if rows and has_after else "",
        count=len(rows) if not token and not more else counted(queryset),
        everything=queryset,
    )


def counted(queryset: QuerySet) -> int | None:
    """Exact up to 1,000, and None for more: nobody reads further, and the database need not count."""
    found = queryset.order_by()[: COUNTED + 1].count()
    return None if found > COUNTED else found


def is_nullable(queryset: QuerySet) -> bool:
    """Whether the value sorted by may be missing. Plain columns that never are keep the simple, indexed form."""
    expression = queryset.query.annotations[KEY]
    target = getattr(expression, "target", None)
    return target is None or target.null or target.model is not queryset.model


def ordering(queryset: QuerySet, state: State, backward: bool) -> list[Any]:
    """By the key, then by id; rows without a value stand at the end."""
    down = state.is_descending is not backward
    if not is_nullable(queryset):
        return [F(KEY).desc() if down else F(KEY).asc(), "-pk" if down else "pk"]
    ends: dict[str, Any] = {"nulls_first": True} if backward else {"nulls_last": True}
    return [F(KEY).desc(**ends) if down else F(KEY).asc(**ends), "-pk" if down else "pk"]


def beyond(queryset: QuerySet, at: tuple[Any, int], state: State, backward: bool) -> QuerySet:
    """Rows behind a place in the order (before it, when paging backward)."""
    value, pk = at
    way = "lt" if state.is_descending is not backward else "gt"
    further = Q(**{f"pk__{way}": pk})
    if value is None:
        same = Q(**{f"{KEY}__isnull": True}) & further
        return queryset.filter(same | Q(**{f"{KEY}__isnull": False}) if backward else same)
    if not is_nullable(queryset):
        return queryset.filter(Q(**{f"{KEY}__{way}e": value}) & (Q(**{f"{KEY}__{way}": value}) | further))
    later = Q(**{f"{KEY}__{way}": value}) | Q(**{KEY: value}) & further
    return queryset.filter(later if backward else later | Q(**{f"{KEY}__isnull": True}))


def write(row: Any) -> str:
    """A place in the order as a token for the address."""
    value = getattr(row, KEY)
    text = value.isoformat() if isinstance(value, (date, datetime)) else value
    plain = text if text is None or isinstance(text, (int, str)) else str(text)
    return base64.urlsafe_b64encode(json.dumps([plain, row.pk]).encode()).decode().rstrip("=")


def read(token: str, field: Field) -> tuple[Any, int]:
    """A token back as value and id, of the type that the column has; a 400 for anything else."""
    try:
        plain, pk = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        if (
            isinstance(plain, (list, dict, float))
            or not isinstance(pk, int)
            or isinstance(pk, bool)
            or not possible(pk)
        ):
            raise ValueError(token)
        value = None if plain is None else field.to_python(plain)
        if isinstance(value, Decimal) and not value.is_finite():
            raise ValueError(token)
    except (binascii.Error, UnicodeDecodeError, ValueError, TypeError, ValidationError, RecursionError):
        raise BadRequest(_("This address leads to no page of the list. Start at its beginning.")) from None
    return value, pk
