"""Random documents, each complete enough for the schema: a date, the two parties, a line."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from integration.canon import invoice_responses
from integration.canon.invoice_responses import Clarification, InvoiceResponse
from integration.canon.parts import OrderReference, Party
from integration.edi.signs import EDIFACT
from tests.integration.edi import documents as edi

BUYER = Party(role="buyer", name="Hoekstra Technical Supplies B.V.", id="8712345000004", id_scheme="gln", country="NL")
SUPPLIER = Party(role="supplier", name="Werkzeug Nord GmbH", id="4012345500004", id_scheme="gln", country="DE")
TODAY = date(2026, 3, 2)


def _with_parties(document):
    there = {who.role for who in document.parties}
    more = tuple(who for who in (BUYER, SUPPLIER) if who.role not in there)
    return replace(document, parties=document.parties + more, issued_on=document.issued_on or TODAY)


def complete(strategy, **fields):
    """What the schema wants besides."""
    return strategy.map(_with_parties).map(lambda document: replace(document, **fields))


def _currency(document):
    return replace(document, currency="EUR")


def _lined(document):
    return bool(document.lines)


orders = complete(edi.orders(EDIFACT)).filter(_lined).map(_currency)
changes = (
    complete(edi.changes(EDIFACT))
    .filter(_lined)
    .map(_currency)
    .map(lambda each: replace(each, change=each.change or "1"))
)
cancellations = complete(edi.cancellations(EDIFACT)).map(
    lambda each: replace(each, number=each.number or "1", reason=each.reason or "No more use.")
)


def _answer(response):
    lines = tuple(
        replace(line, schedule=() if line.code == "accepted" and line.quantity is not None else line.schedule)
        for line in response.lines
    )
    return replace(response, number=response.number or "1", currency="EUR", lines=lines)


responses = complete(edi.responses(EDIFACT)).map(_answer)
advanced = complete(edi.responses(EDIFACT, change=True)).map(_answer)


def _sent(notice):
    """Every line names a line of an order."""
    order = OrderReference(number="PO-1", line="1")

    def line(one):
        return replace(one, order=order if one.order is None or not one.order.line else one.order)

    def unit(one):
        return replace(
            one, lines=tuple(line(each) for each in one.lines), units=tuple(unit(each) for each in one.units)
        )

    return replace(
        notice, lines=tuple(line(each) for each in notice.lines), units=tuple(unit(each) for each in notice.units)
    )


notices = complete(edi.notices(EDIFACT)).filter(lambda notice: any(notice.every_line())).map(_sent)
receipts = complete(edi.receipt_advices(EDIFACT)).filter(_lined)


def _billed(invoice):
    lines = tuple(replace(line, amount=Decimal(1) if line.amount is None else line.amount) for line in invoice.lines)
    payable = Decimal(1) if invoice.payable is None else invoice.payable
    return replace(invoice, lines=lines, payable=payable, currency="EUR")


invoices = complete(edi.invoices(EDIFACT)).filter(_lined).map(_billed)
credits = complete(edi.credits(EDIFACT)).filter(_lined).map(_billed)
clarifications = st.builds(
    Clarification,
    code=st.sampled_from(["REF", "NOA"]),
    list=st.sampled_from(["OPStatusReason", "OPStatusAction"]),
    sentence=edi.texts(40),
)
invoice_responses = complete(
    st.builds(
        InvoiceResponse,
        **edi.common(EDIFACT),
        number=edi.numbers,
        issued_on=edi.days,
        invoice=edi.numbers,
        invoiced_on=edi.maybe_days,
        code=st.sampled_from(sorted(invoice_responses.UNCL4343)),
        effective_on=edi.maybe_days,
        clarifications=edi.tuples(clarifications, 2),
    )
)
KINDS = {
    "Order": orders,
    "OrderChange": changes,
    "OrderCancellation": cancellations,
    "OrderResponse": responses,
    "OrderResponseAdvanced": advanced,
    "DespatchAdvice": notices,
    "ReceiptAdvice": receipts,
    "Invoice": invoices,
    "CreditNote": credits,
    "ApplicationResponse": invoice_responses,
}
