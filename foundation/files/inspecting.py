"""Look into a file before somebody opens it: nothing in it may run, hide or hold other files.

Bytes are read, nothing is opened or executed. What is unpacked on the way is bounded (``UNPACKED``), so that a small
file cannot become a large one. PDF names are compared as ISO 32000-1 writes them, ``#4a`` being ``J`` (7.3.5).
"""

import io
import re
import zipfile
import zlib

from django.utils.translation import gettext as _

from foundation.files import kinds

UNPACKED = 64 * 2**20
PARTS = 2000
ACTIVE = {b"/JavaScript", b"/Launch", b"/RichMedia", b"/XFA", b"/SubmitForm", b"/ImportData"}
"""A script is always called one (12.6.4.16); the short ``/JS`` beside it may stand in any picture by chance."""
HOLDS = {b"/EmbeddedFile", b"/EmbeddedFiles"}
CODED = {
    *(b"/ASCIIHexDecode", b"/AHx", b"/ASCII85Decode", b"/A85", b"/LZWDecode", b"/LZW", b"/RunLengthDecode", b"/RL"),
    *(b"/Crypt", b"/DecodeParms", b"/DP"),
}
"""What would keep the names of an object stream from being read; no program that makes PDFs needs it there."""
NAME = re.compile(rb"/[^\x00\t\n\f\r ()<>\[\]{}/%]+")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"(?<!end)stream\r?\n")
OFFICE = {kinds.DOCX: "word/", kinds.XLSX: "xl/"}
PACKED = (".zip", ".rar", ".7z", ".gz", ".exe", ".js", ".bat", ".scr", ".lnk", ".iso")


def objections(content: bytes, kind: str) -> list[str]:
    """Sentences that speak against taking the file; empty when nothing was found."""
    if kind == "application/pdf":
        return _of_pdf(content)
    if kind in OFFICE:
        return _of_office(content, OFFICE[kind])
    return []


def _of_pdf(content: bytes) -> list[str]:
    """Everything as it stands, and every stream that unpacks: names hide in both, and what says it is one may lie."""
    found, room = _names(content), UNPACKED
    for begin in STREAM.finditer(content):
        about = _names(content[content.rfind(b"obj", 0, begin.start()) + 3 : begin.start()])
        if b"/ObjStm" in about and about & CODED:
            return [_("The PDF is written so that it cannot be looked through. Print it to a new PDF and send that.")]
        end = content.find(b"endstream", begin.end())
        part = _unpacked(content[begin.end() : end if end >= 0 else len(content)])
        room -= len(part)
        if room < 0:
            too_much = _("The PDF unpacks beyond %(n)s MB. Print it to a new PDF and send that.")
            return [too_much % {"n": UNPACKED // 2**20}]
        found |= _names(part)
    if b"/Encrypt" in found:
        return [_("The PDF is locked by a password. Save it without one and send it again.")]
    if found & ACTIVE:
        return [_("The PDF holds a script or a form that acts by itself. Print it to a new PDF and send that.")]
    if found & HOLDS:
        return [_("The PDF holds other files. Send each file by itself.")]
    return []


def _names(part: bytes) -> set[bytes]:
    return {ESCAPE.sub(lambda sign: bytes([int(sign[1], 16)]), name) for name in NAME.findall(part)}


def _unpacked(stream: bytes) -> bytes:
    """A deflated stream unpacked, one byte beyond what is allowed at most; of other streams nothing is a name."""
    try:
        return zlib.decompressobj().decompress(stream, UNPACKED + 1)
    except zlib.error:
        return b""


def _of_office(content: bytes, folder: str) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            names = [part.filename.lower() for part in parts]
            if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
                return [_("The file unpacks beyond %(n)s MB. Send it as PDF.") % {"n": UNPACKED // 2**20}]
            said = packed.read("[Content_Types].xml") if "[Content_Types].xml" in packed.namelist() else b""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error):
        return [_("The file is damaged. Save it anew, or send it as PDF.")]
    if not said or not any(name.startswith(folder) for name in names):
        return [_("This is an archive, not a document. Send each file by itself.")]
    if any("vbaproject" in name or "macrosheets/" in name for name in names) or b"macroEnabled" in said:
        return [_("The file holds macros. Save it without them, or send it as PDF.")]
    if any("/embeddings/" in name or "/activex/" in name or name.endswith(PACKED) for name in names):
        return [_("The file holds other files. Send each file by itself.")]
    return []
