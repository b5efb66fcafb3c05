"""Texts of a message as values and back, in whatever syntax. What cannot be read or said says so in a sentence."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.faults import Level

_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})")


class Unreadable(Exception):
    """A text that is not what should stand there. ``kept`` is the value it is read as nevertheless."""

    def __init__(self, code: str, sentence: str, level: Level = Level.HOLD, kept: object = None) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.level, self.kept = code, sentence, level, kept


class Unsayable(Exception):
    """A value that this kind of message cannot carry. The sentence says which, and what to do."""


def number(text: str) -> Decimal:
    """``12.5``, ``.5``, ``-3``; never an exponent or separators of thousands."""
    if not _NUMBER.fullmatch(text):
        raise Unreadable("unreadable", _("“%(text)s” is no number: write it like 12.5.") % {"text": text[:40]})
    return Decimal(text) + 0  # plus zero turns -0 into 0


def whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise Unreadable("unreadable", _("“%(text)s” is no whole number: write it like 3.") % {"text": text[:40]})
    return int(text)


def turned(read: Mapping[str, Any]) -> dict[Any, str]:
    """The first code of each meaning."""
    written: dict[Any, str] = {}
    for said, meaning in read.items():
        written.setdefault(meaning, said)
    return written
