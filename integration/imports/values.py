"""What a cell means: numbers and days in the signs of the file, never in guessed ones.

``13,75`` is thirteen and three quarters in one file and one thousand three hundred and seventy-five in none: a sign is
the decimal sign or it groups thousands, the file as a whole says which, and where it does not, a person must.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.files.tables import Cell, Formula, clean
from foundation.screens.lists.exports import restored
from foundation.values.quantity import parse_decimal
from foundation.values.reason import BadValue

POINT, COMMA, UNSAID = "point", "comma", ""
DAY_FIRST, MONTH_FIRST = "day", "month"
SIGN = {POINT: ".", COMMA: ","}
SPACES = str.maketrans("", "", " \u00a0\u202f'’")
PLAIN = re.compile(r"[+-]?\d+")
ONCE = re.compile(r"[+-]?\d{1,3}([.,])\d{3}")
"""One sign and three digits: thousands to some and thousandths to others."""
SURE = re.compile(r"[+-]?(?:\d{1,3}(?:\.\d{3})+,\d*|\d{1,3}(?:,\d{3})+\.\d*|\d*[.,]\d*)")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
DOTTED = re.compile(r"(\d{1,2})[.-](\d{1,2})[.-](\d{4})")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?")
YES = {"yes", "y", "true", "1", "x", "ja", "j", "wahr", "oui", "si", "sí"}
NO = {"no", "n", "false", "0", "nein", "nee", "falsch", "non", "-"}


class Unclear(Exception):
    """A cell that cannot be read; the words say what to write instead."""


@dataclass(frozen=True)
class Signs:
    """How a file writes: its decimal sign, and what comes first in a day with slashes. Empty where nobody knows."""

    decimal: str = UNSAID
    days: str = UNSAID

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def decimal_sign(texts: Iterable[str]) -> str:
    """What the values themselves prove. Contradicting proofs prove nothing."""
    proved = {_proof(text.translate(SPACES)) for text in texts} - {UNSAID}
    return proved.pop() if len(proved) == 1 else UNSAID


def _proof(text: str) -> str:
    if ONCE.fullmatch(text) and not text.lstrip("+-").startswith("0"):
        return UNSAID
    if not SURE.fullmatch(text):
        return UNSAID
    return {".": POINT, ",": COMMA}[max(".,", key=text.rfind)]


def day_order(texts: Iterable[str]) -> str:
    """A number above twelve cannot be a month."""
    proved = set()
    for text in texts:
        if found := SLASHED.fullmatch(text.strip().split(" ")[0]):
            first, second = int(found[1]), int(found[2])
            proved |= {DAY_FIRST} if first > 12 >= second else {MONTH_FIRST} if second > 12 >= first else set()
    return proved.pop() if len(proved) == 1 else UNSAID


def text(cell: Cell, longest: int) -> str:
    """Text as it stands there; what an export of ours put before it comes off again."""
    if isinstance(cell, Formula):
        raise Unclear(_("holds a formula (%(text)s); paste it as a value") % {"text": cell.text})
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    said = clean(restored(cell) if isinstance(cell, str) else f"{cell:f}" if isinstance(cell, Decimal) else str(cell))
    if len(said) > longest:
        raise Unclear(_("has %(n)s signs; at most %(longest)s fit") % {"n": len(said), "longest": longest})
    return said


def number(cell: Cell, signs: Signs) -> Decimal:
    if isinstance(cell, Decimal | int) and not isinstance(cell, bool):
        return _exact(f"{Decimal(cell):f}")
    shown = text(cell, 60)
    said = shown.translate(SPACES)
    if PLAIN.fullmatch(said):
        return _exact(said)
    if signs.decimal == UNSAID:
        if ONCE.fullmatch(said) or SURE.fullmatch(said):
            raise Unclear(_("“%(text)s” can mean two things; say which sign is the decimal sign") % {"text": shown})
        raise Unclear(_("“%(text)s” is not a number; use digits like 12.5") % {"text": shown})
    point = SIGN[signs.decimal]
    group = "," if point == "." else "."
    whole, _point, part = said.partition(point)
    digits = whole.lstrip("+-")
    if group in whole:
        if not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+", digits):
            raise Unclear(_("“%(text)s” is not a number with %(sign)s as its decimal sign") % _shown(shown, point))
        whole = whole.replace(group, "")
    if not re.fullmatch(r"[+-]?\d*", whole) or not re.fullmatch(r"\d*", part) or not (digits or part):
        raise Unclear(_("“%(text)s” is not a number with %(sign)s as its decimal sign") % _shown(shown, point))
    sign = whole[:1] if whole[:1] in "+-" else ""
    return _exact(f"{sign}{whole.lstrip('+-') or '0'}{'.' if part else ''}{part}")


def _shown(said: str, point: str) -> dict[str, str]:
    return {"text": said, "sign": _("the point") if point == "." else _("the comma")}


def _exact(said: str) -> Decimal:
    short = said.removeprefix("+")
    if "." in short:
        short = short.rstrip("0").rstrip(".")
    try:
        return parse_decimal(short)
    except BadValue as bad:
        raise Unclear(_("“%(text)s”: %(why)s") % {"text": said[:40], "why": bad}) from None


def day(cell: Cell, signs: Signs) -> date:
    if isinstance(cell, date):
        return cell
    said = text(cell, 40)
    try:
        if found := ISO.fullmatch(said):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := DOTTED.fullmatch(said):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if found := SLASHED.fullmatch(said):
            return _slashed(found, signs)
    except ValueError:
        pass
    raise Unclear(_("“%(text)s” is no day; write it like 2026-12-04 or 4.12.2026") % {"text": said})


def _slashed(found: re.Match[str], signs: Signs) -> date:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    if first == second:
        return date(year, first, second)
    if signs.days == UNSAID:
        raise Unclear(_("“%(text)s” can mean two days; say what comes first, day or month") % {"text": found[0]})
    return date(year, second, first) if signs.days == DAY_FIRST else date(year, first, second)


def flag(cell: Cell) -> bool:
    if isinstance(cell, bool):
        return cell
    said = text(cell, 20).casefold()
    if said in YES or said in NO:
        return said in YES
    raise Unclear(_("“%(text)s” is neither yes nor no") % {"text": said})
