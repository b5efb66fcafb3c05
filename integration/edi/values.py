"""Texts of a segment as values and back: numbers, days, codes. What cannot be read or said says so in a sentence."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from integration.canon.plain import digits
from integration.canon.texts import Unreadable, Unsayable, number

_CENTURY = 80
"""A year of two digits from here on is of the last century."""


def number_or_comma(text: str) -> Decimal:
    """EDIFACT allows a decimal comma whatever UNA says, and a minus behind."""
    text = text.replace(",", ".")
    return number(f"-{text[:-1]}" if text[-1] == "-" else text)


def cents(text: str) -> Decimal:
    """X12 type N2: the last two digits stand behind the point. Who writes a point means it."""
    return number(text) if "." in text else number(text).scaleb(-2)


def in_cents(value: Decimal) -> str:
    if value != round(value, 2):
        raise Unsayable(_("%(value)s has more than two decimals: round it.") % {"value": digits(value)})
    return digits(value.scaleb(2))


def day(text: str) -> date:
    """``20260331``, ``260331``, also with a time or a second day behind it (DTM formats 101, 102, 203, 718)."""
    try:
        if len(text) in (6, 10):
            year = int(text[:2])
            return date(year + (1900 if year >= _CENTURY else 2000), int(text[2:4]), int(text[4:6]))
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        sentence = _("“%(text)s” is no date: write it like 20260331.") % {"text": text[:40]}
        raise Unreadable("unreadable", sentence) from None


def compact(on: date) -> str:
    return f"{on:%Y%m%d}" if on.year > 999 else f"{on.year:04}{on:%m%d}"


def pieces(text: str, width: int, most: int) -> list[str]:
    """The text cut at single blanks, so that joining the pieces with blanks gives it back."""
    cut, rest = [], text
    while len(rest) > width:
        blanks = (
            place
            for place in range(width, 0, -1)
            if rest[place] == " " and " " not in rest[place - 1] + rest[place + 1]
        )
        place = next(blanks, 0)
        if not place:
            break
        cut.append(rest[:place])
        rest = rest[place + 1 :]
    if len(rest) > width or len(cut) >= most:
        said = {"text": text[:40], "most": width * most}
        raise Unsayable(_("“%(text)s…” is too long: write at most %(most)s characters, with blanks.") % said)
    return [*cut, rest]
