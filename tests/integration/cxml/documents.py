"""Random documents, each complete enough for cXML: a date, a line, a total."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from integration.canon.parts import OrderReference
from integration.edi.signs import X12
from procurement.confirmations import glossary
from tests.integration.edi import documents as edi
from tests.integration.ubl.documents import TODAY


def complete(document):
    """No mail without a name of a person: DeliverTo is who it is for."""
    return replace(document, issued_on=document.issued_on or TODAY, currency="EUR")


def _lined(document):
    return bool(document.lines)


def _ordered(order):
    return replace(complete(order), amount=Decimal(1) if order.amount is None else order.amount)


orders = edi.orders(X12).filter(_lined).map(_ordered)
changes = edi.changes(X12).filter(_lined).map(_ordered)
cancellations = edi.cancellations(X12).map(
    lambda each: replace(each, order=replace(each.order, ordered_on=each.order.ordered_on or TODAY))
)


def _answer(response):
    def line(one):
        quantity = sum((row.quantity for row in one.schedule), Decimal(0)) if one.schedule else Decimal(7)
        return replace(
            one, quantity=quantity, price_basis=Decimal(1), price_unit="", substitute=None, reason=one.reason or "x"
        )

    header = response.code if response.code in glossary.WRITTEN[glossary.CXML_TYPE] else "changed"
    return replace(
        complete(response), code=header, lines=tuple(line(one) for one in response.lines if one.code in CODED)
    )


CODED = set(glossary.WRITTEN[glossary.CXML_STATUS])
unmentioned = st.sampled_from(["", "accepted", "backordered"])
responses = st.tuples(edi.responses(X12, change=True), unmentioned).map(
    lambda both: replace(_answer(both[0]), unmentioned=both[1])
)


def _sent(notice):
    order = OrderReference(number="PO-1", line="1")

    def line(one):
        named = one.order if one.order and one.order.line else order
        return replace(one, order=named, outstanding=None)

    def unit(one):
        return replace(
            one, lines=tuple(line(each) for each in one.lines), units=tuple(unit(each) for each in one.units)
        )

    lines, units = tuple(line(each) for each in notice.lines), tuple(unit(each) for each in notice.units)
    return replace(notice, issued_on=notice.issued_on or TODAY, lines=lines, units=units)


notices = edi.notices(X12).map(_sent)


def _billed(invoice):
    return replace(complete(invoice), line_total=Decimal(9))


invoices = edi.invoices(X12).filter(_lined).map(_billed)
credits = edi.credits(X12).filter(_lined).map(_billed)
KINDS = {
    "new": orders,
    "update": changes,
    "delete": cancellations,
    "ConfirmationRequest": responses,
    "ShipNoticeRequest": notices,
    "InvoiceDetailRequest": invoices,
    "creditMemo": credits,
}
