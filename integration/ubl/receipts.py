"""What the buyer says of goods that arrived: ReceiptAdvice, for which Peppol has no transaction."""

from dataclasses import replace

from integration.canon.parts import OrderReference
from integration.canon.receipt_advices import AdvisedLine, ReceiptAdvice
from integration.ubl import names, parts
from integration.ubl.parties import party, with_parties
from integration.xml.tables import Map, Nest, Say, Values, day, inside, many, puts, quantity, text

ROLES = ("buyer", "supplier")


def _heard_line(found: Values, say: Say) -> Values:
    parts.described(found)
    if reasons := found.pop("reasons", []):
        found["reason"] = " ".join(reasons)
    return found


LINES = inside(
    "cac:ReceiptLine",
    text("cbc:ID", "number", needed="number"),
    quantity("cbc:ReceivedQuantity", "received"),
    quantity("cbc:ShortQuantity", "short"),
    quantity("cbc:RejectedQuantity", "rejected"),
    many("cbc:RejectReason", "reasons"),
    parts.order_line_reference(),
    parts.item(parts.LOT_ONLY),
    field="lines",
    shape=AdvisedLine,
    needed="line",
    heard=_heard_line,
    told=lambda line: {"reasons": [line.reason] if line.reason else []},
)


def _heard(found: Values, say: Say) -> Values:
    """A line without an order of its own is of the document's."""
    found["lines"] = [_ordered(line, found.get("order.number", "")) for line in found.get("lines", [])]
    return found


def _ordered(line: AdvisedLine, number: str) -> AdvisedLine:
    if line.order and not line.order.number and number:
        return replace(line, order=replace(line.order, number=number))
    return line


def _sayable(advice: ReceiptAdvice) -> ReceiptAdvice:
    lines = tuple(replace(line, order=_reference(line.order, advice.order)) for line in advice.lines)
    whole = replace(advice, order=parts.sayable_reference(advice.order), lines=lines)
    return with_parties(whole, ROLES)  # type: ignore[no-any-return]


def _reference(order: OrderReference | None, around: OrderReference | None) -> OrderReference | None:
    """An order line cannot be named without its number; then only the document names the order."""
    return parts.sayable_reference(order) if order and order.line else None


ADVICE = Map(
    kind="ReceiptAdvice",
    namespace=names.ROOT.format("ReceiptAdvice"),
    document=ReceiptAdvice,
    rows=(
        puts("cbc:UBLVersionID", "2.1"),
        *parts.head(None),
        many("cbc:Note", "notes"),
        parts.order_reference(),
        inside("cac:DespatchDocumentReference", text("cbc:ID", "ship_notice")),
        party("cac:DeliveryCustomerParty", "buyer", needed=True),
        party("cac:DespatchSupplierParty", "supplier", needed=True),
        Nest(**{**vars(party("cac:BuyerCustomerParty", "buyer")), "is_heard": True}),
        Nest(**{**vars(party("cac:SellerSupplierParty", "supplier")), "is_heard": True}),
        inside(
            "cac:Shipment",
            puts("cbc:ID", "NA"),
            inside("cac:Delivery", day("cbc:ActualDeliveryDate", "received_on")),
        ),
        LINES,
    ),
    heard=_heard,
    sayable=_sayable,
    passed=parts.PASSED | {"ReceiptAdviceTypeCode", "DocumentStatusCode", "RequestedDeliveryPeriod", "ExpiryDate"},
)
MAPS = (ADVICE,)
