"""A document in the words that were agreed with a partner. What was written is read back before it is kept."""

from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from integration.canon.documents import Document
from integration.canon.parts import Identifier, Party
from integration.cxml import maps as cxml_maps
from integration.cxml import outbound as cxml
from integration.cxml.header import Credentials
from integration.cxml.header import Envelope as CxmlEnvelope
from integration.cxml.secrets import REDACTED
from integration.edi import maps as edi_maps
from integration.edi import outbound as edi
from integration.edi.outbound import Envelope
from integration.partners.models import Syntax, TradingPartner
from integration.ubl import maps as ubl_maps
from integration.ubl import names as ubl_names
from integration.ubl import outbound as ubl

USUAL = {Syntax.X12: "004010", Syntax.EDIFACT: "D96A"}
ENDINGS = {Syntax.X12: "edi", Syntax.EDIFACT: "edi", Syntax.UBL: "xml", Syntax.CXML: "xml"}
HOST = "countersign"
AGENT = "Countersign"
_HIDDEN = b"<SharedSecret>" + REDACTED + b"</SharedSecret>"
"""What stands in the kept bytes of a cXML message where the secret will be."""


@dataclass(frozen=True)
class Written:
    """The bytes, how the syntax calls them, and their control number."""

    raw: bytes
    type: str
    control: str


def write(
    document: Document, partner: TradingPartner, *, control: int, at: datetime, kind: str = "", refers_to: str = ""
) -> Written:
    """Raises Unsayable with a sentence. ``control`` was never given before; ``kind`` chooses among several messages."""
    if partner.syntax in USUAL:
        return _edi(document, partner, control, at, kind)
    if partner.syntax == Syntax.CXML:
        return _cxml(document, partner, control, at, refers_to)
    table = ubl_maps.of_document(document)
    return Written(ubl.write(_addressed(document, partner)), table.kind if table else "", str(control))


def with_secret(raw: bytes, secret: str) -> bytes:
    """What leaves: the kept bytes with our secret in its place."""
    return raw.replace(_HIDDEN, b"<SharedSecret>" + escape(secret).encode() + b"</SharedSecret>", 1)


def _edi(document: Document, partner: TradingPartner, control: int, at: datetime, kind: str) -> Written:
    release = partner.release or USUAL[Syntax(partner.syntax)]
    table = edi_maps.of_document(document, partner.syntax, release, kind)
    envelope = Envelope(
        syntax=partner.syntax,
        version=release,
        sender=partner.own_address,
        receiver=partner.address,
        control=control,
        group_control=control,
        sent_at=at,
        is_test=partner.is_test,
        kind=kind,
    )
    return Written(edi.write([document], envelope), table.kind if table else "", str(control))


def _cxml(document: Document, partner: TradingPartner, control: int, at: datetime, refers_to: str) -> Written:
    ours, theirs = _identity(partner.own_address), _identity(partner.address)
    payload = f"{control}.{at:%Y%m%d%H%M%S}@{HOST}"
    envelope = CxmlEnvelope(
        credentials=Credentials(origin=(ours,), target=(theirs,), sender=(ours,), agent=AGENT),
        payload_id=payload,
        sent_at=at,
        secret=REDACTED.decode(),
        is_test=partner.is_test,
        refers_to=refers_to,
    )
    table = cxml_maps.of_document(document)
    return Written(cxml.write(document, envelope), table.kind if table else "", payload)


def _identity(address: str) -> Identifier:
    scheme, _colon, value = address.rpartition(":")
    return Identifier(scheme=scheme, value=value)


def _addressed(document: Document, partner: TradingPartner) -> Document:
    """UBL has no envelope: who sends to whom stands in the parties, under the numbers that were agreed."""
    addresses = {"buyer": partner.own_address, "supplier": partner.address}
    return replace(document, parties=tuple(_numbered(one, addresses.get(one.role, "")) for one in document.parties))


def _numbered(party: Party, address: str) -> Party:
    if not address:
        return party
    code, _colon, value = address.rpartition(":")
    return replace(party, id=value, id_scheme=ubl_names.scheme_word(code))
