"""Read what came: a document with everything that is wrong with it. Never raises."""

from dataclasses import dataclass

from integration.canon.checks import NOTHING_KNOWN, check
from integration.canon.documents import Document
from integration.canon.faults import Fault
from integration.canon.parts import Party
from integration.canon.received import Received
from integration.canon.rules import Known
from integration.ubl import maps, names
from integration.ubl.parties import ENDPOINT
from integration.xml.faults import kind_unknown
from integration.xml.gate import local, opened
from integration.xml.reading import Reader, expanded

SYNTAX = "UBL"
OF_BUYER = frozenset({"Order", "OrderChange", "OrderCancellation", "ReceiptAdvice", "ApplicationResponse"})
"""Documents that the buyer sends."""


@dataclass(frozen=True, kw_only=True)
class ReceivedUbl(Received):
    """``interchange`` is the document's UUID where it has one, ``control`` its number, ``version`` of UBL."""

    profile: str = ""
    """The CustomizationID: which rules the sender says that it follows."""


def read(raw: bytes, known: Known = NOTHING_KNOWN) -> ReceivedUbl:
    """The one document of a file. What cannot be read is one of no kind, refused."""
    gate = opened(raw)
    if gate.root is None:
        return _received("", {}, None, gate.faults)
    root = gate.root
    heads = {
        name: (root.findtext(expanded(f"cbc:{name}", names.COMMON)) or "").strip()
        for name in ("ID", "UUID", "UBLVersionID", "CustomizationID")
    }
    table = maps.of_root(str(root.tag))
    if table is None:
        return _received(local(root), heads, None, (kind_unknown(root),))
    reader = Reader(table, root, names.COMMON)
    document = reader.document()
    return _received(table.kind, heads, document, (*reader.faults, *check(document, known)))


def _received(kind: str, heads: dict[str, str], document: Document | None, faults: tuple[Fault, ...]) -> ReceivedUbl:
    roles = ("buyer", "supplier") if kind in OF_BUYER else ("supplier", "buyer")
    sender, receiver = (_address(document.party(role)) if document else "" for role in roles)
    return ReceivedUbl(
        syntax=SYNTAX,
        sender=sender,
        receiver=receiver,
        interchange=heads.get("UUID", ""),
        sent_on=getattr(document, "issued_on", None),
        is_test=False,
        kind=kind,
        version=heads.get("UBLVersionID", "") or ("2.1" if document else ""),
        group="",
        control=heads.get("ID", ""),
        document=document,
        faults=faults,
        profile=heads.get("CustomizationID", ""),
    )


def _address(who: Party | None) -> str:
    """``0088:8712345000004``: the electronic address of a party, else its number."""
    if who is None:
        return ""
    known = next((each for each in who.identifiers if each.scheme.startswith(ENDPOINT)), None)
    scheme, value = (known.scheme[len(ENDPOINT) :], known.value) if known else (who.id_scheme, who.id)
    return ":".join(filter(None, (names.scheme_code(scheme), value)))
