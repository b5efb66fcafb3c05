"""What the buyer says of an invoice: ApplicationResponse as Peppol Invoice Response (T111)."""

from integration.canon.invoice_responses import UNCL4343, Clarification, InvoiceResponse
from integration.ubl import names, parts
from integration.ubl.parties import party, with_parties
from integration.xml.tables import OWN, Map, Say, Values, code, day, inside, many, puts, text

READ = {said: word for word, said in UNCL4343.items()}


def _heard_why(found: Values, say: Say) -> Values:
    found["sentence"] = " ".join(found.pop("sentences", []))
    return found


STATUS = inside(
    "cac:Status",
    inside("cbc:StatusReasonCode", text("@listID", "list", is_beside=True), text(OWN, "code")),
    many("cbc:StatusReason", "sentences"),
    field="clarifications",
    shape=Clarification,
    heard=_heard_why,
    told=lambda why: {"sentences": [why.sentence] if why.sentence else []},
)
RESPONSE = Map(
    kind="ApplicationResponse",
    namespace=names.ROOT.format("ApplicationResponse"),
    document=InvoiceResponse,
    rows=(
        *parts.head(names.INVOICE_RESPONSE),
        many("cbc:Note", "notes"),
        party("cac:SenderParty", "buyer", short=True, bare=True, needed=True),
        party("cac:ReceiverParty", "supplier", short=True, bare=True, needed=True),
        inside(
            "cac:DocumentResponse",
            inside(
                "cac:Response",
                code("cbc:ResponseCode", "code", READ, needed="code"),
                day("cbc:EffectiveDate", "effective_on"),
                STATUS,
            ),
            inside(
                "cac:DocumentReference",
                text("cbc:ID", "invoice", needed="number of the invoice"),
                day("cbc:IssueDate", "invoiced_on"),
                puts("cbc:DocumentTypeCode", names.INVOICE_TYPE),
            ),
        ),
    ),
    sayable=lambda response: with_parties(response, ("buyer", "supplier"), short=True),
    passed=parts.PASSED | {"ResponseDate", "IssuerParty", "RecipientParty"},
)
MAPS = (RESPONSE,)
