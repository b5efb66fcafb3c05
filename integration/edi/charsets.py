"""Bytes to text, in the charset that an interchange declares or that its bytes allow."""

import codecs
import re

from django.utils.translation import gettext as _

from integration.canon.faults import Fault, Level
from integration.edi.signs import CHARSETS, PLAIN

_SERVICE = re.compile(rb"UNB.(UNO[A-Z])")
REPLACED = "\ufffd"


class Decoder:
    """Piece by piece. X12 declares nothing: UTF-8, and from the first byte that is none on, ISO 8859-1."""

    def __init__(self, head: bytes) -> None:
        self.faults: list[Fault] = []
        declared = _SERVICE.search(head[:64])
        self.declared = declared[1].decode() if declared else ""
        name = CHARSETS.get(self.declared, "utf-8")
        self._is_guess = self.declared not in CHARSETS
        if head.startswith(codecs.BOM_UTF8):
            self._say(Level.NOTE, "bom", _("The file begins with a byte order mark; it was left out."))
            name, self._is_guess = "utf-8-sig", False
        self._decoder = codecs.getincrementaldecoder(name)("strict" if self._is_guess else "replace")

    def __call__(self, data: bytes, is_last: bool) -> str:
        if data.isascii() and not self._decoder.getstate()[0]:
            return data.decode("ascii")
        try:
            text = self._decoder.decode(data, is_last)
        except UnicodeDecodeError:
            self._say(Level.NOTE, "charset", _("The file is not UTF-8; it was read as ISO 8859-1."))
            begun, _flags = self._decoder.getstate()
            self._decoder = codecs.getincrementaldecoder("latin-1")()
            text = self._decoder.decode(begun + data, is_last)
        if self.declared in PLAIN and not text.isascii():
            sentence = _("There are characters that %(charset)s does not have; they were read as ISO 8859-1.")
            self._say(Level.NOTE, "charset", sentence % {"charset": self.declared})
        if REPLACED in text:
            self._say(Level.HOLD, "undecodable", _("Some characters cannot be read: send the file in UTF-8 or UNOC."))
        return text

    def _say(self, level: Level, code: str, sentence: str) -> None:
        if all(fault.code != code for fault in self.faults):
            self.faults.append(Fault(level, code, "", sentence))
