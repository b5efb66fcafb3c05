"""What the supplier asks for and gives back: Invoice (T10) and CreditNote (T14) of Peppol BIS Billing 3."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from integration.canon.building import build
from integration.canon.faults import Level
from integration.canon.parts import OrderReference, Party, TaxSubtotal
from integration.canon.supplier_invoices import BilledLine, CreditNote, SupplierInvoice
from integration.ubl import names, parts
from integration.ubl.parties import party, with_parties
from integration.xml.prices import heard_price, priced, told_price
from integration.xml.tables import (
    OWN,
    Cell,
    Map,
    Nest,
    Row,
    Say,
    Values,
    amount,
    day,
    dec,
    heard,
    inside,
    many,
    quantity,
    text,
)  # fmt: skip

ROLES = ("supplier", "buyer", "payee", "ship_to")


def _heard_tax(found: Values, say: Say) -> Values:
    """2.0 has the percentage beside the category, and more than one reason."""
    reasons, beside = found.pop("reasons", []), found.pop("percent_beside", None)
    if reasons:
        found["reason"] = " ".join(reasons)
    if beside is not None:
        found.setdefault("percent", beside)
    return found


def _money(at: str, field: str, **more: Any) -> Nest:
    """An amount of tax, which may be in the currency of the tax office."""
    return inside(at, text("@currencyID", "currency", is_beside=True, needed="currency"), dec(OWN, field), **more)


TAXES = inside(
    "cac:TaxTotal",
    _money("cbc:TaxAmount", "tax_amount", needed="tax"),
    inside(
        "cac:TaxSubtotal",
        _money("cbc:TaxableAmount", "base"),
        _money("cbc:TaxAmount", "amount", needed="tax"),
        heard(dec("cbc:Percent", "percent_beside")),
        inside(
            "cac:TaxCategory",
            text("cbc:ID", "category"),
            dec("cbc:Percent", "percent"),
            many("cbc:TaxExemptionReason", "reasons"),
            parts.TAX_SCHEME,
            is_always=True,
        ),
        field="taxes",
        heard=_heard_tax,
        told=lambda tax: {"reasons": [tax["reason"]] if tax["reason"] else []},
    ),
    field="tax_totals",
)
TOTAL = inside(
    "cac:LegalMonetaryTotal",
    amount("cbc:LineExtensionAmount", "line_total"),
    amount("cbc:TaxExclusiveAmount", "net_amount"),
    amount("cbc:TaxInclusiveAmount", "amount"),
    amount("cbc:AllowanceTotalAmount", "allowances"),
    amount("cbc:ChargeTotalAmount", "charges"),
    amount("cbc:PrepaidAmount", "prepaid"),
    amount("cbc:PayableRoundingAmount", "rounding"),
    amount("cbc:PayableAmount", "payable", needed="amount to be paid"),
)
PAYMENT = inside(
    "cac:PaymentMeans",
    Cell(at="cbc:PaymentMeansCode", constant=names.CREDIT_TRANSFER, is_told=True),
    day("cbc:PaymentDueDate", "due_on_paid"),
    text("cbc:PaymentID", "payment_reference"),
    inside("cac:PayeeFinancialAccount", text("cbc:ID", "account")),
)


def _heard_line(found: Values, say: Say) -> Values:
    parts.described(found)
    heard_price(found)
    return found


def _lines(tag: str, quantity_tag: str) -> Nest:
    adjustments = parts.ADJUSTMENTS
    return inside(
        tag,
        text("cbc:ID", "number", needed="number"),
        many("cbc:Note", "notes"),
        quantity(quantity_tag, "quantity"),
        amount("cbc:LineExtensionAmount", "amount", needed="amount of the line"),
        parts.order_line_reference(),
        adjustments,
        parts.item(parts.tax_category("cac:ClassifiedTaxCategory")),
        parts.PRICE,
        field="lines",
        shape=BilledLine,
        needed="line",
        heard=_heard_line,
        told=told_price,
    )


PRECEDING = inside("cac:BillingReference", inside("cac:InvoiceDocumentReference", text("cbc:ID", "preceding")))
NOTICE = inside("cac:DespatchDocumentReference", text("cbc:ID", "ship_notice"))
CONTRACT = inside("cac:ContractDocumentReference", text("cbc:ID", "contract"))
CURRENCY = text("cbc:DocumentCurrencyCode", "currency", needed="currency")
PARTIES: tuple[Row, ...] = (
    party("cac:AccountingSupplierParty", "supplier", needed=True),
    party("cac:AccountingCustomerParty", "buyer", needed=True),
    party("cac:PayeeParty", "payee", bare=True),
    parts.delivery(),
    PAYMENT,
    parts.TERMS,
    parts.ADJUSTMENTS,
    TAXES,
    TOTAL,
)


def _heard_invoice(found: Values, say: Say) -> Values:
    parts.heard_terms(found)
    parts.heard_delivery(found, "", say, lambda who: build(Party, who)[0])
    paid = found.pop("due_on_paid", None)
    found.setdefault("due_on", paid)
    for name in ("type", "allowances", "charges"):
        found.pop(name, None)
    _heard_taxes(found, say)
    number, lines = found.get("order.number", ""), found.get("lines", [])
    found["lines"] = [_ordered(line, number) for line in lines]
    return found


def _heard_taxes(found: Values, say: Say) -> None:
    """The total in the document's currency; one for the tax office repeats it in another."""
    totals, currency = found.pop("tax_totals", []), found.get("currency", "")
    ours = [each for each in totals if each.get("currency", currency) == currency]
    if totals and not ours:
        say(Level.HOLD, "currency_mixed", _("The tax is in another currency than the invoice: send it in one."))
    if ours:
        found["taxes"] = [_subtotal(each, say) for total in ours for each in total.get("taxes", [])]
        said = [total["tax_amount"] for total in ours if "tax_amount" in total]
        if said:
            found["tax_amount"] = sum(said, Decimal(0))


def _subtotal(tax: Values, say: Say) -> TaxSubtotal:
    made, missing = build(TaxSubtotal, {name: value for name, value in tax.items() if name != "currency"})
    if missing:
        say(Level.HOLD, "missing", _("The amount of a tax is missing: write it."))
    return made  # type: ignore[no-any-return]


def _ordered(line: BilledLine, number: str) -> BilledLine:
    """A line that names only the order's line is of the order that the whole invoice names."""
    if line.order and not line.order.number and number:
        return replace(line, order=replace(line.order, number=number))
    return line


def _told_invoice(invoice: SupplierInvoice) -> Values:
    total: Values = {
        "tax_amount": _tax(invoice),
        "currency": invoice.currency,
        "taxes": [{**vars(tax), "currency": invoice.currency} for tax in invoice.taxes],
    }
    told: Values = {
        "delivery": parts.told_delivery(invoice, "", None),
        "terms_said": parts.told_terms(invoice.terms),
        "due_on_paid": invoice.due_on if isinstance(invoice, CreditNote) else None,
        "tax_totals": [total] if total["tax_amount"] is not None else [],
    }
    for name, is_charge in (("allowances", False), ("charges", True)):
        if found := [each.amount for each in invoice.adjustments if each.is_charge is is_charge]:
            told[name] = sum(found, Decimal(0))
    return told


def _tax(invoice: SupplierInvoice) -> Decimal | None:
    if invoice.tax_amount is None and invoice.taxes:
        return sum((tax.amount for tax in invoice.taxes), Decimal(0))
    return invoice.tax_amount


def _sayable(invoice: SupplierInvoice) -> SupplierInvoice:
    """A line names its order only with the order's line. The tax is the sum of its parts where nobody said it."""
    number = invoice.order.number if invoice.order else ""
    lines = tuple(
        replace(priced(line), number=line.number or str(place), order=_line_order(line.order, number))
        for place, line in enumerate(invoice.lines, 1)
    )
    whole = replace(
        invoice,
        lines=lines,
        order=parts.sayable_reference(invoice.order),
        terms=parts.sayable_terms(invoice.terms),
        tax_amount=_tax(invoice),
    )
    return with_parties(whole, ROLES)  # type: ignore[no-any-return]


def _line_order(order: OrderReference | None, number: str) -> OrderReference | None:
    if order is None or not order.line:
        return None
    return replace(parts.sayable_reference(order) or order, number=order.number or number)


def _shape(found: Values) -> type[SupplierInvoice]:
    return CreditNote if found.pop("is_credit", False) else SupplierInvoice


def _heard_either(found: Values, say: Say) -> Values:
    """An Invoice of a crediting type gives money back."""
    is_credit = found.get("type", names.INVOICE_TYPE) in names.CREDITING
    return {**_heard_invoice(found, say), "is_credit": is_credit}


def _map(kind: str, document: type[SupplierInvoice], rows: tuple[Row, ...], **more: Any) -> Map:
    return Map(
        kind=kind,
        namespace=names.ROOT.format(kind),
        document=document,
        rows=rows,
        told=_told_invoice,
        sayable=_sayable,
        passed=parts.PASSED | {"InvoicePeriod", "TaxTotal"},
        **more,
    )


INVOICE = _map(
    "Invoice",
    SupplierInvoice,
    (
        *parts.head(names.INVOICE),
        day("cbc:DueDate", "due_on"),
        text("cbc:InvoiceTypeCode", "type", blank=names.INVOICE_TYPE),
        many("cbc:Note", "notes"),
        day("cbc:TaxPointDate", "tax_point"),
        CURRENCY,
        parts.order_reference(),
        PRECEDING,
        NOTICE,
        CONTRACT,
        *PARTIES,
        _lines("cac:InvoiceLine", "cbc:InvoicedQuantity"),
    ),
    heard=_heard_either,
    shape=_shape,
)
CREDIT_NOTE = _map(
    "CreditNote",
    CreditNote,
    (
        *parts.head(names.CREDIT_NOTE),
        day("cbc:TaxPointDate", "tax_point"),
        text("cbc:CreditNoteTypeCode", "type", blank=names.CREDIT_NOTE_TYPE),
        many("cbc:Note", "notes"),
        CURRENCY,
        parts.order_reference(),
        PRECEDING,
        NOTICE,
        CONTRACT,
        *PARTIES,
        _lines("cac:CreditNoteLine", "cbc:CreditedQuantity"),
    ),
    heard=_heard_invoice,
)
MAPS = (INVOICE, CREDIT_NOTE)
