"""Read what a supplier wrote: a value, or a sentence that says what to write instead."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.quantity import parse_decimal
from foundation.values.reason import BadValue

Said = dict[str, Any]
MOST = 32_000
"""More lines, revisions or packages than any document has."""


def rows(said: Said, name: str) -> list[Said]:
    """A list of things with names; nothing said is an empty list."""
    found = said.get(name) or []
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise Refused(_("%(name)s: write a list, each entry with named fields.") % {"name": name})
    return found


def whole(said: Said, name: str, *, default: int | None = None) -> int:
    text = _written(said, name)
    if not text and default is not None:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= MOST):
        raise Refused(_("%(name)s: %(said)s is no whole number; write it like 3.") % _named(name, text))
    return int(text)


def day(said: Said, name: str) -> date:
    text = _written(said, name)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused(_("%(name)s: %(said)s is no date; write it like 2026-03-31.") % _named(name, text)) from None


def number(said: Said, name: str, *, default: str = "") -> Decimal:
    text = _written(said, name) or default
    try:
        return parse_decimal(text)
    except BadValue as bad:
        raise Refused(f"{name}: {bad}") from None


def text(said: Said, name: str, longest: int) -> str:
    return _written(said, name)[:longest]


def maybe_day(said: Said, name: str) -> date | None:
    return day(said, name) if said.get(name) else None


def maybe_number(said: Said, name: str) -> Decimal | None:
    return number(said, name) if said.get(name) else None


def _written(said: Said, name: str) -> str:
    value = said.get(name)
    return "" if value is None else str(value).strip()


def _named(name: str, text: str) -> dict[str, str]:
    return {"name": name, "said": f"“{text[:40]}”" if text else _("nothing")}
