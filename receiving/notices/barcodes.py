"""Read what is printed on goods: GS1 codes with their application identifiers, plain GTINs, SSCCs, anything else.

A code says one thing only: a lot belongs to the item of the same code, never to the one scanned before.
"""

import re
from dataclasses import dataclass
from datetime import date

SEPARATORS = ("\x1d", "\u241d", "<GS>", "{GS}", "~1", "|")
"""How scanners write FNC1 when they cannot send it."""
PREFIXES = ("]C1", "]d2", "]Q3", "]e0")
FIXED = {"00": 18, "01": 14, "02": 14, "11": 6, "13": 6, "15": 6, "17": 6, "20": 2}
VARIABLE = {"10": 20, "21": 20, "30": 8, "37": 8, "240": 30, "241": 30, "250": 30, "400": 30, "410": 13, "422": 3}
MEASURES = re.compile(r"3[1-6][0-9][0-6]")
"""310n ... 369n: six digits, n of them after the point."""
GTIN = re.compile(r"[0-9]{8}|[0-9]{12,14}")
HUMAN = re.compile(r"\(([0-9]{2,4})\)([^(]*)")


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says. ``text`` is the code itself when it is none of the known kinds."""

    text: str
    sscc: str = ""
    gtin: str = ""
    lot: str = ""
    serial: str = ""
    expires_on: date | None = None
    count: int | None = None
    order: str = ""


def read(raw: str) -> Code:
    """Never fails: what cannot be read as GS1 is text."""
    text = raw.strip()
    for prefix in PREFIXES:
        text = text.removeprefix(prefix)
    parts = _human(text) if text.startswith("(") else _elements(text)
    if parts:
        return _said(text, parts)
    digits = text.replace(" ", "")
    if GTIN.fullmatch(digits) and is_checked(digits):
        return Code(text, gtin=digits.zfill(14))
    if len(digits) == 18 and digits.isdigit() and is_checked(digits):
        return Code(text, sscc=digits)
    return Code(text)


def bare_sscc(text: str) -> str:
    """18 digits where they were written in groups, or with the identifier (00) of the bar code."""
    bare = text.replace(" ", "").removeprefix("(00)")
    return bare[2:] if len(bare) == 20 and bare.startswith("00") else bare


def is_checked(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    return check_digit(digits[:-1]) == digits[-1]


def check_digit(digits: str) -> str:
    """What GS1 puts behind these digits (General Specifications 7.9.1): weights 3, 1, 3, ... from the right."""
    total = sum(int(sign) * (3 if place % 2 == 0 else 1) for place, sign in enumerate(reversed(digits)))
    return str((10 - total % 10) % 10)


def _human(text: str) -> dict[str, str]:
    """``(00)340012345000001237`` as it is printed below the bars."""
    return {ai: value.strip().replace(" ", "") if ai in FIXED else value.strip() for ai, value in HUMAN.findall(text)}


def _elements(text: str) -> dict[str, str]:
    """Identifier after identifier, or nothing if it does not come out even."""
    for separator in SEPARATORS:
        text = text.replace(separator, "\x1d")
    text = text.lstrip("\x1d")
    if not text[:2].isdigit() or (GTIN.fullmatch(text) and is_checked(text)) or len(text) < 6:
        return {}
    found: dict[str, str] = {}
    while text:
        ai, length, is_fixed = _identifier(text)
        if not ai:
            return {}
        value, text = _value(text[len(ai) :], length, is_fixed)
        if not value:
            return {}
        found[ai] = value
    return found if {"00", "01", "02"} & set(found) else {}


def _identifier(text: str) -> tuple[str, int, bool]:
    if text[:2] in FIXED:
        return text[:2], FIXED[text[:2]], True
    if MEASURES.fullmatch(text[:4]):
        return text[:4], 6, True
    for size in (2, 3):
        if text[:size] in VARIABLE:
            return text[:size], VARIABLE[text[:size]], False
    return "", 0, False


def _value(text: str, length: int, is_fixed: bool) -> tuple[str, str]:
    if is_fixed:
        value, rest = text[:length], text[length:].removeprefix("\x1d")
        return (value, rest) if len(value) == length and value.isdigit() else ("", "")
    value, _separator, rest = text.partition("\x1d")
    return (value, rest) if len(value) <= length else ("", "")


def _said(text: str, parts: dict[str, str]) -> Code:
    count = parts.get("37") or parts.get("30") or ""
    return Code(
        text,
        sscc=parts.get("00", ""),
        gtin=(parts.get("01") or parts.get("02") or "").zfill(14) if parts.get("01") or parts.get("02") else "",
        lot=parts.get("10", ""),
        serial=parts.get("21", ""),
        expires_on=_day(parts.get("17") or parts.get("15") or ""),
        count=int(count) if count.isdigit() and count else None,
        order=parts.get("400", ""),
    )


def _day(text: str) -> date | None:
    """YYMMDD; day 00 is the end of the month, and a year is within fifty of now, as GS1 has it."""
    if len(text) != 6 or not text.isdigit():
        return None
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    try:
        if day:
            return date(year, month, day)
        return date(year + month // 12, month % 12 + 1, 1).replace(day=1) - date.resolution
    except ValueError:
        return None
