"""InvoiceDetailRequest: what the supplier asks for and gives back. What is given back is negative here."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from integration.canon import rules
from integration.canon.parts import Adjustment, OrderReference, TaxSubtotal
from integration.canon.supplier_invoices import BilledLine, CreditNote, SupplierInvoice
from integration.cxml import names, parts
from integration.xml.prices import heard_price, priced, told_price
from integration.xml.tables import (
    OWN,
    Map,
    Nest,
    Say,
    Values,
    dec,
    inside,
    is_,
    moment,
    puts,
    text,
)  # fmt: skip

KIND = "InvoiceDetailRequest"
STANDARD, CREDIT = "standard", "lineLevelCreditMemo"
CREDITING = frozenset({"creditMemo", "lineLevelCreditMemo"})
TAX = "vat"
PASSED = frozenset({"NetAmount", "GrossAmount", "DocumentReference", "PaymentProposalIDInfo", "Period", "Fax", "URL"})
EXEMPTION_CODES = {word: said for said, word in names.EXEMPTIONS.items()}
SUMS = ("line_total", "net_amount", "tax_amount", "amount", "prepaid", "payable")


@dataclass(frozen=True, kw_only=True)
class Billed:
    """What is billed of one order."""

    number: str = ""
    ordered_on: Any = None
    contract: str = ""
    lines: tuple[BilledLine, ...] = ()


def _tax(*more: Nest) -> Nest:
    """The taxes of a line or of all, one for each rate."""
    return inside(
        "Tax",
        parts.sum_of("sum"),
        parts.described("Description", "name", blank=""),
        inside(
            "TaxDetail",
            puts("@category", TAX),
            dec("@percentageRate", "percent"),
            text("@exemptDetail", "exempt"),
            moment("@taxPointDate", "tax_point"),
            *more,
            parts.money("TaxAmount", "amount"),
            parts.described("Description", "reason"),
            field="details",
        ),
        field="tax",
        is_one=True,
    )


DISCOUNT = Nest(**{**vars(parts.money("InvoiceDetailDiscount", "discount")), "is_heard": True})


def _heard_line(found: Values, say: Say) -> Values:
    """What it costs without tax: said, or its quantity times price with what is added and taken off."""
    heard_price(found)
    parts.heard_comments(found)
    _heard_discount(found)
    subtotal = found.pop("subtotal", None)
    if "amount" not in found and subtotal is not None:
        found["amount"] = subtotal + rules.net(tuple(found.get("adjustments", ())))
    tax: Values = next(iter(found.pop("tax", {}).get("details", ())), {})
    if "percent" in tax:
        found["tax_percent"] = tax["percent"]
    found["tax_category"] = names.EXEMPTIONS.get(tax.get("exempt", ""), "")
    return found


def _heard_discount(found: Values) -> None:
    discount = found.pop("discount", None)
    if discount:
        found.setdefault("adjustments", []).append(Adjustment(amount=discount))


def _told_line(line: BilledLine) -> Values:
    told: Values = {"comments": parts.told_comments(line.notes), **told_price(line)}
    if line.amount is not None:
        told["subtotal"] = line.amount - rules.net(line.adjustments)
    exempt = EXEMPTION_CODES.get(line.tax_category)
    if line.amount is not None and (line.tax_percent is not None or exempt):
        amount = line.amount * (line.tax_percent or 0) / 100
        told["tax"] = {"sum": amount, "details": [{"percent": line.tax_percent, "exempt": exempt, "amount": amount}]}
    return told


LINES = inside(
    "InvoiceDetailItem",
    text("@invoiceLineNumber", "number", needed="number"),
    dec("@quantity", "quantity"),
    text("UnitOfMeasure", "unit"),
    parts.money("UnitPrice", "price"),
    parts.basis(),
    inside(
        "InvoiceDetailItemReference",
        text("@lineNumber", "order.line"),
        parts.item_id(),
        parts.described("Description", "item.description"),
        text("ManufacturerPartID", "item.maker_number"),
        is_always=True,
    ),
    parts.money("SubtotalAmount", "subtotal"),
    _tax(),
    DISCOUNT,
    inside("InvoiceItemModifications", parts.MODIFICATION),
    parts.money("TotalAmountWithoutTax", "amount"),
    parts.COMMENTS,
    field="lines",
    shape=BilledLine,
    heard=_heard_line,
    told=_told_line,
)
ORDERS = inside(
    "InvoiceDetailOrder",
    inside(
        "InvoiceDetailOrderInfo",
        inside(
            "OrderReference",
            text("@orderID", "number"),
            moment("@orderDate", "ordered_on"),
            inside("DocumentReference", text("@payloadID", "/refers_to", is_told=True), is_always=True),
        ),
        inside("OrderIDInfo", text("@orderID", "number"), moment("@orderDate", "ordered_on"), is_heard=True),
        inside("MasterAgreementIDInfo", text("@agreementID", "contract")),
        inside("MasterAgreementReference", text("@agreementID", "contract"), is_heard=True),
        is_always=True,
    ),
    LINES,
    field="orders",
    shape=Billed,
    needed="line",
)
SUMMARY = inside(
    "InvoiceDetailSummary",
    parts.money("SubtotalAmount", "line_total"),
    _tax(parts.money("TaxableAmount", "base")),
    Nest(**{**vars(parts.money("SpecialHandlingAmount", "handling")), "is_heard": True}),
    Nest(**{**vars(parts.money("ShippingAmount", "shipping")), "is_heard": True}),
    Nest(**{**vars(parts.money("GrossAmount", "gross")), "is_heard": True}),
    DISCOUNT,
    inside("InvoiceHeaderModifications", parts.MODIFICATION),
    parts.money("TotalAmountWithoutTax", "net_amount"),
    parts.money("NetAmount", "amount"),
    parts.money("DepositAmount", "prepaid"),
    parts.money("DueAmount", "payable"),
)
HEAD = inside(
    "InvoiceDetailRequestHeader",
    text("@invoiceID", "number", needed="number"),
    moment("@invoiceDate", "issued_on", needed="date"),
    text("@purpose", "purpose"),
    puts("@operation", "new"),
    inside("InvoiceDetailHeaderIndicator", is_always=True),
    inside("InvoiceDetailLineIndicator", is_always=True),
    inside("InvoicePartner", parts.contact("contact_said"), parts.REFERENCE, field="partners"),
    inside("InvoiceIDInfo", text("@invoiceID", "preceding")),
    inside("InvoiceDetailShipping", parts.contact()),
    inside("ShipNoticeIDInfo", text("@shipNoticeID", "ship_notice")),
    parts.TERMS,
    parts.COMMENTS,
    inside("IdReference", is_("@domain", "ibanID"), text("@identifier", "account")),
    inside("IdReference", is_("@domain", "paymentReference"), text("@identifier", "payment_reference")),
    parts.TERMS_TEXT,
    parts.extrinsic("invoiceDueDate", moment(OWN, "due_on")),
)


def _heard_invoice(found: Values, say: Say) -> Values:
    parts.heard_terms(found)
    parts.heard_comments(found)
    _heard_partners(found)
    for name in ("handling", "shipping"):
        if charge := found.pop(name, None):
            found.setdefault("adjustments", []).append(Adjustment(is_charge=True, code=name, amount=charge))
    _heard_discount(found)
    gross = found.pop("gross", None)
    if "amount" not in found and gross is not None:
        found["amount"] = gross
    tax: Values = found.pop("tax", {})
    if "sum" in tax:
        found["tax_amount"] = tax["sum"]
    details = tax.get("details", ())
    found["taxes"] = [_subtotal(each) for each in details]
    found["tax_point"] = next((each["tax_point"] for each in details if each.get("tax_point")), None)
    orders: list[Billed] = found.pop("orders", [])
    found["lines"] = [_ordered(line, each) for each in orders for line in each.lines]
    found["contract"] = next((each.contract for each in orders if each.contract), "")
    if len(orders) == 1 and orders[0].number:
        found["order"] = OrderReference(number=orders[0].number, ordered_on=orders[0].ordered_on)
    found["is_credit"] = found.pop("purpose", STANDARD) in CREDITING
    total = next((found[name] for name in ("payable", "amount", "line_total") if found.get(name)), Decimal(0))
    return _turned(found) if found["is_credit"] and total < 0 else found


def _heard_partners(found: Values) -> None:
    """An account stands among the numbers of whoever wants the money."""
    partners: list[Values] = []
    for partner in found.pop("partners", []):
        for who in partner.get("contact_said", []):
            who["references"] = [*who.get("references", []), *partner.get("references", [])]
            accounts = [each for each in who["references"] if each.get("scheme") in names.ACCOUNTS]
            if accounts:
                found.setdefault("account", accounts[0].get("value", ""))
            who["references"] = [each for each in who["references"] if each.get("scheme") not in names.ACCOUNTS]
            partners.append(who)
    found["contacts"] = [*partners, *found.get("contacts", [])]
    parts.heard_parties(found)


def _subtotal(said: Values) -> TaxSubtotal:
    return TaxSubtotal(
        category=names.EXEMPTIONS.get(said.get("exempt") or "", ""),
        percent=said.get("percent"),
        base=said.get("base"),
        amount=said.get("amount", Decimal(0)),
        reason=said.get("reason") or "",
    )


def _ordered(line: BilledLine, billed: Billed) -> BilledLine:
    number = line.order.line if line.order else ""
    if not (number or billed.number):
        return line
    return replace(line, order=OrderReference(number=billed.number, ordered_on=billed.ordered_on, line=number))


def _turned(found: Values) -> Values:
    """The other way round, all of it: quantities and amounts, not prices."""
    turned = {name: -found[name] for name in SUMS if found.get(name) is not None}
    for name, keys in (("lines", ("quantity", "amount")), ("taxes", ("base", "amount"))):
        turned[name] = [_negative(each, keys) for each in found.get(name, [])]
    turned["lines"] = [
        replace(line, adjustments=tuple(_negative(each, ("amount",)) for each in line.adjustments))
        for line in turned["lines"]
    ]
    turned["adjustments"] = [_negative(each, ("amount",)) for each in found.get("adjustments", [])]
    return found | turned


def _negative(part: Any, names_: Sequence[str]) -> Any:
    return replace(part, **{name: -value + 0 for name in names_ if (value := getattr(part, name)) is not None})


def _told_invoice(invoice: SupplierInvoice) -> Values:
    is_credit = isinstance(invoice, CreditNote)
    values: Values = {each.name: getattr(invoice, each.name) for each in fields(invoice)}
    if is_credit:
        values = _turned(values)
    details = [
        {
            "percent": tax.percent, "exempt": EXEMPTION_CODES.get(tax.category), "base": tax.base, "amount": tax.amount,
            "reason": tax.reason, "tax_point": invoice.tax_point,
        }
        for tax in values["taxes"]
    ]  # fmt: skip
    has_tax = values["tax_amount"] is not None or details
    shipping = [who for who in invoice.parties if who.role in ("ship_to", "ship_from")]
    partners = [parts.told_party(who, names.INVOICE_ROLES) for who in invoice.parties if who not in shipping]
    return {
        **values,
        "purpose": CREDIT if is_credit else STANDARD,
        "comments": parts.told_comments(invoice.notes),
        "partners": [{"contact_said": [each], "references": []} for each in partners],
        "contacts": [parts.told_party(who) for who in shipping],
        "tax": {"sum": values["tax_amount"], "details": details} if has_tax else None,
        "orders": _billed(values["lines"], invoice),
        **parts.told_terms(invoice.terms),
    }


def _billed(lines: Sequence[BilledLine], invoice: SupplierInvoice) -> list[Billed]:
    """The lines by the orders that they name, in the order in which they are named first."""
    found: dict[tuple[str, Any], list[BilledLine]] = {}
    for line in lines:
        order = line.order or invoice.order or OrderReference()
        found.setdefault((order.number, order.ordered_on), []).append(line)
    return [
        Billed(number=number, ordered_on=on, lines=tuple(some), contract=invoice.contract)
        for (number, on), some in found.items()
    ]


def _sayable(invoice: SupplierInvoice) -> Any:
    numbered = [replace(line, number=line.number or str(place)) for place, line in enumerate(invoice.lines, 1)]
    billed = _billed(numbered, invoice)
    order = None
    if len(billed) == 1 and billed[0].number:
        order = OrderReference(number=billed[0].number, ordered_on=billed[0].ordered_on)
    whole = replace(
        invoice,
        order=order,
        lines=tuple(_sayable_line(_ordered(line, each)) for each in billed for line in each.lines),
        terms=parts.sayable_terms(invoice.terms),
        notes=parts.sayable_notes(invoice.notes),
        adjustments=parts.sayable_adjustments(invoice.adjustments),
        taxes=tuple(replace(tax, category=_category(tax.category)) for tax in invoice.taxes),
        tax_point=invoice.tax_point if invoice.taxes else None,
    )
    shipping = [who for who in whole.parties if who.role in ("ship_to", "ship_from")]
    parties = [who for who in whole.parties if who not in shipping] + shipping
    return parts.with_parties(replace(whole, parties=tuple(parties)), names.INVOICE_ROLES)


def _category(word: str) -> str:
    """Only that and why there is no tax is said; the standard rate is not."""
    return word if word in EXEMPTION_CODES else ""


def _sayable_line(line: BilledLine) -> BilledLine:
    made: BilledLine = priced(line)
    has_amount = line.amount is not None
    return replace(
        made,
        notes=parts.sayable_notes(line.notes),
        adjustments=parts.sayable_adjustments(line.adjustments),
        tax_category=_category(line.tax_category) if has_amount else "",
        tax_percent=line.tax_percent if has_amount else None,
    )


def _map(document: type[SupplierInvoice]) -> Map:
    return Map(
        kind=KIND,
        document=document,
        rows=(HEAD, ORDERS, SUMMARY),
        heard=_heard_invoice,
        told=_told_invoice,
        sayable=_sayable,
        shape=lambda found: CreditNote if found.pop("is_credit", False) else SupplierInvoice,
        passed=frozenset(
            {"NetAmount", "GrossAmount", "DocumentReference", "PaymentProposalIDInfo", "Period", "Fax", "URL"}
        ),
    )


INVOICE = _map(SupplierInvoice)
CREDIT_NOTE = _map(CreditNote)
MAPS = (INVOICE, CREDIT_NOTE)
