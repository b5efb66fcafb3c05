"""Read what came: a document with everything that is wrong with it, and who says so. Never raises, keeps no secret."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from lxml import etree

from integration.canon.checks import NOTHING_KNOWN, check
from integration.canon.faults import Fault, Level
from integration.canon.parts import Identifier
from integration.canon.received import Received
from integration.canon.rules import Known
from integration.canon.texts import Unreadable
from integration.cxml import maps
from integration.cxml.header import Credentials, credentials_of
from integration.xml import values
from integration.xml.faults import kind_unknown
from integration.xml.gate import local, opened, path
from integration.xml.reading import Reader

SYNTAX = "cXML"
NOBODY = Credentials()
TEST = "test"


@dataclass(frozen=True, kw_only=True)
class ReceivedCxml(Received):
    """``interchange`` and ``control`` are the payload id, ``sender`` and ``receiver`` the identities From and To."""

    credentials: Credentials = NOBODY
    """Who says so. Whether the secret is right is asked of the bytes: ``secrets.proves``."""


def read(raw: bytes, known: Known = NOTHING_KNOWN) -> ReceivedCxml:
    """The one document of a message. What cannot be read is one of no kind, refused."""
    gate = opened(raw)
    root = gate.root
    if root is None:
        return ReceivedCxml(**_around(None, gate.doctype), kind="", document=None, faults=gate.faults)
    around = _around(root, gate.doctype)
    if local(root) != SYNTAX:
        return ReceivedCxml(**around, kind=local(root), document=None, faults=(kind_unknown(root),))
    element = _content(root)
    table = None if element is None else maps.of_element(element)
    if element is None or table is None:
        kind = "" if element is None else local(element)
        return ReceivedCxml(
            **around, kind=kind, document=None, faults=(kind_unknown(root if element is None else element),)
        )
    faults = _headed(root, element)
    reader = Reader(table, element)
    document = reader.document()
    found = (*faults, *reader.faults, *check(document, known))
    return ReceivedCxml(**around, kind=table.kind, document=document, faults=found)


def _content(root: etree._Element) -> etree._Element | None:
    """The request itself, or the whole response."""
    for child in root:
        if local(child) == "Response":
            return child
        if local(child) in ("Request", "Message"):
            return next((each for each in child if local(each) not in ("Status", "Extrinsic")), None)
    return None


def _headed(root: etree._Element, element: etree._Element) -> list[Fault]:
    """A request says who it is from and is unique; a response comes back on the same line."""
    faults = []
    if not (root.get("payloadID") or "").strip():
        sentence = _("The message has no payloadID, so nobody can tell whether it came before: give it one.")
        faults.append(Fault(Level.HOLD, "payload_missing", path(root, "payloadID"), sentence))
    if local(element) != "Response" and not credentials_of(root.find("Header")).origin:
        sentence = _("The message does not say who it is from: write a Credential in From.")
        faults.append(Fault(Level.HOLD, "sender_missing", path(root) + "/Header/From", sentence))
    return faults


def _around(root: etree._Element | None, doctype: str) -> dict[str, object]:
    """What stands around the document."""
    known = NOBODY if root is None else credentials_of(root.find("Header"))
    payload = "" if root is None else (root.get("payloadID") or "").strip()
    request = None if root is None else root.find("Request")
    mode = "" if request is None else (request.get("deploymentMode") or "").strip()
    return {
        "syntax": SYNTAX,
        "sender": _name(known.origin),
        "receiver": _name(known.target),
        "interchange": payload,
        "sent_on": None if root is None else _day(root.get("timestamp") or ""),
        "is_test": mode == TEST,
        "version": _version(doctype),
        "group": "",
        "control": payload,
        "credentials": known,
    }


def _name(identities: tuple[Identifier, ...]) -> str:
    return next((f"{one.scheme}:{one.value}" for one in identities if one.value), "")


def _day(text: str) -> date | None:
    try:
        return values.day(text.strip())
    except Unreadable:
        return None


def _version(doctype: str) -> str:
    """``1.2.050`` of ``http://xml.cxml.org/schemas/cXML/1.2.050/cXML.dtd``."""
    steps = doctype.split("/")
    return steps[-2] if len(steps) > 2 and steps[-2][:1].isdigit() else ""
