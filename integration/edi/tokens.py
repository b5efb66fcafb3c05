"""Cut bytes of X12 or EDIFACT into segments, as a stream: no more than a piece of the file is in memory.

A segment is a list of texts: its tag and its elements, composites still in one text. Released characters stay held
until a leaf is read (``Signs.leaf``), so that no later cut mistakes them for separators.
"""

import io
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from integration.canon.faults import Fault, Level
from integration.edi import signs
from integration.edi.charsets import Decoder
from integration.edi.signs import Signs

Segment = list[str]
CHUNK = 1 << 16
HEAD = 64
"""Bytes that are enough to know the charset."""
_BLANK = " \t\r\n\0\x1a\ufeff"
_WORDS = ("ISA", "IEA", "UNA", "UNZ")
_NOTHING = [""]
_LONGEST_HEAD = 4 * signs.ISA_LENGTH


class Tokens:
    """The segments of a file, one after another; ``signs`` are those in force."""

    def __init__(self, source: bytes | BinaryIO, *, chunk: int = CHUNK) -> None:
        self.signs: Signs = signs.USUAL_X12
        self._faults: list[Fault] = []
        self._decoder = Decoder(b"")
        self._source = io.BytesIO(source) if isinstance(source, bytes) else source
        self._chunk = chunk
        self._carry = ""
        self._is_over = False
        self._has_begun = self._is_head = False
        self._isa = ""
        self._ends: tuple[str, ...] = ()

    @property
    def faults(self) -> list[Fault]:
        """What is wrong with the file as a whole, as far as it was read."""
        return self._decoder.faults + self._faults

    def __iter__(self) -> Iterator[Segment]:
        for batch in self.batches():
            yield from batch

    def batches(self) -> Iterator[list[Segment]]:
        """The segments as they come, many at once."""
        rest, is_inside = "", False
        for text in self._texts():
            rest += self._held(text) if is_inside else text
            while True:
                if not is_inside:
                    rest = rest.lstrip(_BLANK)
                    if not rest or (len(rest) < _LONGEST_HEAD and not self._is_over):
                        break
                    if not (rest := self._begin(rest)):
                        break
                pieces = rest.split(self.signs.terminator)
                is_plain = not any(word in rest for word in _WORDS)
                rest = pieces.pop()
                is_cut = self._is_over and bool(rest.strip(_BLANK))
                if is_cut:
                    pieces.append(rest)
                    rest = ""
                taken, is_inside = (len(pieces), True) if is_plain else self._until(pieces)
                if segments := self._segments(pieces[:taken]):
                    yield segments
                if is_cut and taken == len(pieces):
                    self._unended()
                if is_inside:
                    break
                rest = self._raw([*pieces[taken:], rest])

    def _until(self, pieces: list[str]) -> tuple[int, bool]:
        """How many pieces belong to this interchange, and whether it goes on after them."""
        for place, piece in enumerate(pieces):
            tag = piece.lstrip(_BLANK)[:4]
            if not self._is_head and (tag == self._isa or tag[:3] == "UNA"):
                return place, False
            self._is_head = self._is_head and not tag
            if tag in self._ends:
                return place + 1, False
        return len(pieces), True

    def _segments(self, pieces: list[str]) -> list[Segment]:
        element = self.signs.element
        segments = [piece.lstrip(_BLANK).split(element) for piece in pieces]
        if _NOTHING in segments:
            segments = [segment for segment in segments if segment != _NOTHING]
        if self.signs.terminator == "\n":
            for segment in segments:
                segment[-1] = segment[-1].removesuffix("\r")
        return segments

    def _unended(self) -> None:
        level = Level.NOTE if self.signs.terminator == "\n" else Level.WARNING
        self._say(level, "terminator_missing", _("The last segment has no end sign: add it."))

    def _begin(self, text: str) -> str:
        """Find the separators at the start; what stands before is junk. Returns what is left to cut, held."""
        while not (found := signs.found(text)):
            later = signs.BEGINNING.search(text, 1)
            self._junk(is_all=not later)
            if not later:
                return ""
            text = text[later.start() :]
        self.signs = found
        self._has_begun = self._is_head = True
        self._isa, self._ends = f"ISA{found.element}", (f"IEA{found.element}", f"UNZ{found.element}")
        return self._held(text[9:] if text.startswith("UNA") else text)

    def _junk(self, *, is_all: bool) -> None:
        if self._has_begun or not is_all:
            sentence = _("There is something else before or after the interchange; it was left out.")
            self._say(Level.WARNING, "junk", sentence)
        else:
            sentence = _("The file does not begin as X12 (ISA) or EDIFACT (UNA, UNB): send it in one of them.")
            self._say(Level.REFUSE, "not_edi", sentence)

    def _held(self, text: str) -> str:
        release = self.signs.release
        if not release:
            return text
        text, self._carry = self._carry + text, ""
        if release not in text:
            return text
        if not self._is_over and (len(text) - len(text.rstrip(release))) % 2:
            text, self._carry = text[:-1], release
        return self.signs.held(text)

    def _raw(self, pieces: list[str]) -> str:
        text = self.signs.raw(self.signs.terminator.join(pieces)) + self._carry
        self._carry = ""
        return text

    def _texts(self) -> Iterator[str]:
        """The file decoded piece by piece; the last piece may be empty."""
        data = self._source.read(max(self._chunk, HEAD))
        self._decoder = Decoder(data)
        while not self._is_over:
            following = self._source.read(self._chunk)
            self._is_over = not following
            yield self._decoder(data, self._is_over)
            data = following

    def _say(self, level: Level, code: str, sentence: str) -> None:
        """A fault of the file as a whole, once."""
        if all(fault.code != code for fault in self._faults):
            self._faults.append(Fault(level, code, "", sentence))
