"""The one door for XML from outside. What does not get through is a fault with its place, never an exception.

Nothing is fetched and nothing is expanded: an external DOCTYPE identifier is accepted and never resolved (cXML has
one), an internal subset or entity declaration is refused. Limits: 20 MiB, 64 levels,
700,000 elements and attributes, 10 MB in one text.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from integration.canon.faults import Fault, Level

MOST_BYTES = 20 * 1024 * 1024
MOST_DEPTH = 64
MOST_NODES = 700_000
"""Elements and attributes together: each costs up to 300 bytes of memory, however short it is in the file."""

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
"""UTF-16 without a byte order mark."""
_ENCODINGS = {
    "utf-8": "utf-8", "utf8": "utf-8", "us-ascii": "utf-8", "ascii": "utf-8", "utf-16": "utf-16",
    "iso-8859-1": "iso-8859-1", "latin1": "iso-8859-1", "iso-8859-15": "iso-8859-15", "windows-1252": "windows-1252",
    "windows-1250": "windows-1250", "iso-8859-2": "iso-8859-2",
}  # fmt: skip
_DECLARED = re.compile(rb"""\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_DOCTYPE = re.compile(
    r"""<!DOCTYPE\s+([\w:.-]{1,200})(?:\s+(?:SYSTEM|PUBLIC\s*("[^"]{0,500}"|'[^']{0,500}'))\s*("[^"]{0,500}"|'[^']{0,500}'))?\s*>"""
)
_ASIDE = {"<?": "?>", "<!--": "-->"}
_DECLARATION = re.compile(r"<\?xml[^>]{0,300}\?>")


@dataclass(frozen=True)
class Opened:
    """A document that was let in, or why it was not. ``doctype`` is the external identifier, as it stands there."""

    root: etree._Element | None
    faults: tuple[Fault, ...] = ()
    doctype: str = ""


class _Refused(Exception):
    def __init__(self, code: str, where: str, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = Fault(Level.REFUSE, code, where, sentence)


def opened(raw: bytes) -> Opened:
    """The root of a document that may be read. Never raises."""
    try:
        text = _decoded(raw)
        doctype = _doctype(text)
        _counted(text)
        root = _parsed(text)
        _held(root)
    except _Refused as refused:
        return Opened(None, (refused.fault,))
    return Opened(root, (), doctype)


def _decoded(raw: bytes) -> str:
    """The text of the bytes, by their mark, their declaration, or as UTF-8."""
    if len(raw) > MOST_BYTES:
        sentence = _("The file is larger than %(most)s MiB: send it in parts.") % {"most": MOST_BYTES >> 20}
        raise _Refused("too_large", "", sentence)
    if not raw.strip():
        raise _Refused("empty", "", _("The file is empty: send the document."))
    encoding, mark = _encoding(raw)
    try:
        return raw[len(mark) :].decode(encoding).lstrip("\ufeff")  # a parser would pass over further marks too
    except UnicodeDecodeError as wrong:
        said = {"place": wrong.start + len(mark), "encoding": encoding.upper()}
        sentence = _("Byte %(place)s is not %(encoding)s: save the file in the encoding that it declares.") % said
        raise _Refused("encoding_wrong", "", sentence) from None


def _encoding(raw: bytes) -> tuple[str, bytes]:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding, mark
    for start, encoding in _WIDE:
        if raw.startswith(start):
            return encoding, b""
    declared = _DECLARED.match(raw[:400])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name not in _ENCODINGS:
        sentence = _("Files in %(encoding)s are not read here: save it as UTF-8.") % {"encoding": name}
        raise _Refused("encoding_unknown", "", sentence)
    return _ENCODINGS[name], b""


def _doctype(text: str) -> str:
    """The external identifier of the DOCTYPE, if there is one; anything more than that is refused."""
    start = _prolog(text)
    if not text.startswith("<!", start):
        return ""
    found = _DOCTYPE.match(text, start)
    if not found:
        sentence = _("The document declares entities or a document type of its own: send it without <!DOCTYPE […]>.")
        raise _Refused("dtd_refused", _line_of(text, start), sentence)
    if text.startswith("<!", _prolog(text, found.end())):
        raise _Refused("dtd_refused", _line_of(text, found.end()), _("There is a second <!DOCTYPE>: send one."))
    return (found[3] or "")[1:-1]


def _prolog(text: str, place: int = 0) -> int:
    """Where the first thing stands that is no blank, comment or instruction; the end where one of them has no end."""
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        start = next((start for start in _ASIDE if text.startswith(start, place)), None)
        if start is None:
            return place
        end = _ASIDE[start]
        found = text.find(end, place + len(start))
        if found < 0:
            break
        place = found + len(end)
    return len(text)


def _line_of(text: str, place: int) -> str:
    return _("line %(line)s") % {"line": text.count("\n", 0, place) + 1}


def _counted(text: str) -> None:
    nodes = text.count("<") - text.count("</") + text.count('="') + text.count("='")
    if nodes > MOST_NODES:
        raise _Refused("too_many_nodes", "", _("The document has too many elements: send it in parts."))


def _parsed(text: str) -> etree._Element:
    """One parser each time: they are not shared between threads."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_blank_text=True,
        remove_comments=True,
        remove_pis=True,
    )
    declaration = _DECLARATION.match(text)
    body = text[declaration.end() :] if declaration else text
    lines = text.count("\n", 0, declaration.end()) if declaration else 0
    try:
        return etree.fromstring(body.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as wrong:
        line, column = wrong.position
        said = {"line": line + lines, "column": max(column, 1)}
        where = _("line %(line)s, column %(column)s") % said
        sentence = _("The document is no well-formed XML at %(where)s: check that it is complete.") % {"where": where}
        raise _Refused("not_well_formed", where, sentence) from None
    except ValueError:
        raise _Refused("not_well_formed", "", _("The document is no XML: check that it is complete.")) from None


def _held(root: etree._Element) -> None:
    """Not too deep, and without an entity: declared (whatever the look at the text found) or referred to."""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and next(dtd.iterentities(), None) is not None:
        raise _Refused("dtd_refused", path(root), _("The document declares entities: send it without."))
    for depth, element in _walk(root):
        if depth > MOST_DEPTH:
            sentence = _("The document is nested more than %(most)s deep: send a plain one.") % {"most": MOST_DEPTH}
            raise _Refused("too_deep", path(element), sentence)
        if element.tag is etree.Entity:
            sentence = _("The document refers to an entity, “%(text)s”: write the text itself.")
            raise _Refused("entity_refused", path(element.getparent()), sentence % {"text": (element.text or "")[:40]})


def _walk(root: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            depth += 1
            yield depth, element
        elif event == "end":
            depth -= 1
    for entity in root.iter(etree.Entity):
        yield 0, entity


def local(element: etree._Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else "?"


def path(element: etree._Element | None, attribute: str = "", *, counted: bool = True) -> str:
    """``/Order/OrderLine[2]/LineItem/Quantity/@unitCode``: names without prefix, counted where there are several."""
    if element is None:
        return ""
    names = [local(each) for each in (*reversed(list(element.iterancestors())), element)]
    if counted:
        found = element.getroottree().getpath(element).split("/")[1:]
        names = [name + step[step.find("[") :] * ("[" in step) for name, step in zip(names, found, strict=True)]
    return "/" + "/".join(names) + (f"/@{attribute}" if attribute else "")
