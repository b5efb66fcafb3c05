"""Which characters separate what in an interchange, found in its first bytes."""

import re
from dataclasses import dataclass
from functools import cached_property

X12, EDIFACT = "x12", "edifact"

CHARSETS = {
    "UNOA": "latin-1", "UNOB": "latin-1", "UNOC": "latin-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5",
    "UNOF": "iso8859-7", "UNOG": "iso8859-3", "UNOH": "iso8859-4", "UNOI": "iso8859-6", "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9", "UNOW": "utf-8", "UNOY": "utf-8",
}  # fmt: skip
"""ISO 9735 syntax identifiers. UNOA and UNOB are parts of ASCII; what goes beyond is read as UNOC and noted."""
PLAIN = ("UNOA", "UNOB")
HELD = "\ue000\ue001\ue002\ue003\ue004"
"""What stands for a released release, terminator, element, component and repetition sign while a text is cut."""


@dataclass(frozen=True)
class Signs:
    """The separators of one interchange."""

    syntax: str
    element: str
    component: str
    terminator: str
    repetition: str = ""
    release: str = ""
    decimal: str = "."
    is_fixed: bool = True
    """Whether the ISA has the width that the standard gives it."""

    @cached_property
    def _released(self) -> list[tuple[str, str]]:
        own = (self.release, self.terminator, self.element, self.component, self.repetition)
        return [(self.release + sign, held) for sign, held in zip(own, HELD, strict=True) if sign]

    @cached_property
    def _back(self) -> dict[int, str]:
        return {ord(held): released[1:] for released, held in self._released}

    def held(self, text: str) -> str:
        """The text with its released characters out of the way of any cut."""
        for released, held in self._released:
            text = text.replace(released, held)
        return text

    def leaf(self, text: str) -> str:
        """What was meant, once nothing is cut any more."""
        return text if text.isascii() or not self.release else text.translate(self._back)

    def raw(self, text: str) -> str:
        """The text as it came."""
        if self.release:
            for released, held in self._released:
                text = text.replace(held, released)
        return text

    def escaped(self, value: str) -> str:
        """A value as it may stand in a segment. Without a release sign the separators were chosen beside it."""
        if self.release:
            for released, _held in self._released:
                value = value.replace(released[1:], released)
        return value


USUAL_X12 = Signs(X12, "*", ">", "~", repetition="^")
USUAL_EDIFACT = Signs(EDIFACT, "+", ":", "'", release="?")
ISA_LENGTH = 106
ISA_WIDTHS = (3, 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)
BEGINNING = re.compile(r"ISA(?=[^0-9A-Za-z \t\r\n])|UNA(?=\W{5})|UN[BGH](?=\+)")


def found(text: str) -> Signs | None:
    """The separators that the start of a text declares; None when it is neither X12 nor EDIFACT."""
    if not BEGINNING.match(text):
        return None
    if text.startswith("ISA"):
        return _of_isa(text)
    if not text.startswith("UNA"):
        return USUAL_EDIFACT
    if len(text) < 9:
        return None
    component, element, mark, release, repetition, terminator = tuple(text[3:9])
    decimal = "," if mark == "," else "."
    return Signs(EDIFACT, element, component, terminator, repetition.strip(), release.strip(), decimal)


def _of_isa(text: str) -> Signs | None:
    """The fourth character separates elements; after the 16th come the component separator and the terminator."""
    pieces = text[: 4 * ISA_LENGTH].split(text[3], 16)
    if len(pieces) < 17 or len(pieces[16]) < 2:
        return None
    component, terminator = pieces[16][0], pieces[16][1]
    if pieces[16][1:3] == "\r\n":
        terminator = "\n"
    if len({text[3], component, terminator}) < 3 or terminator.isalnum():
        return None
    widths = (*(len(piece) for piece in pieces[:16]), 1)
    repetition = pieces[11] if len(pieces[11]) == 1 and not pieces[11].isalnum() else ""
    return Signs(X12, text[3], component, terminator, repetition, is_fixed=widths == ISA_WIDTHS)
