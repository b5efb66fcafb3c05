"""Texts of an element as values and back, where XML has a way of its own: days, moments, truth."""

import re
from datetime import date

from django.utils.translation import gettext as _

from integration.canon.texts import Unreadable

_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.,]{0,20})?\s?(?:Z|[+-][0-9]{2}:?[0-9]{2})?")
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def day(text: str) -> date:
    """``2026-03-31``, also with a time and a zone behind it, which say nothing about the day."""
    found = _DAY.fullmatch(text)
    try:
        if found:
            return date.fromisoformat(found[1])
    except ValueError:
        pass
    sentence = _("“%(text)s” is no date: write it like 2026-03-31.") % {"text": text[:40]}
    raise Unreadable("unreadable", sentence)


def iso(on: date) -> str:
    return on.isoformat()


def noon(on: date) -> str:
    """The day as a moment that is the same day in nearly every zone."""
    return f"{on.isoformat()}T12:00:00+00:00"


def truth(text: str) -> bool:
    if text.lower() in _TRUTH:
        return _TRUTH[text.lower()]
    raise Unreadable("unreadable", _("“%(text)s” is neither true nor false: write one of them.") % {"text": text[:40]})


def true_or_false(value: bool) -> str:
    return "true" if value else "false"
