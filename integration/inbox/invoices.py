"""From an invoice to a submission: figures in base units, allowances and charges as lines of their own."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from finance.invoices import queries as invoices
from finance.invoices.actions.capture import GONE
from finance.invoices.lifecycle import InvoiceState
from finance.invoices.models import Invoice
from foundation.values.exact import half_up
from foundation.values.quantity import Factor
from integration.canon import rules
from integration.canon.checks import line_amount
from integration.canon.parts import Adjustment, OrderReference
from integration.canon.plain import digits
from integration.canon.supplier_invoices import BilledLine, CreditNote, SupplierInvoice
from integration.inbox.matching import (
    PRICE_PLACES,
    Doubts,
    Lines,
    Orders,
    Wanted,
    called,
    currency_fits,
    price_of,
    unit_fits,
)
from procurement.orders.models import PurchaseOrderLine
from suppliers.submissions.models import SubmissionKind
from suppliers.suppliers.models import Supplier

Rows = list[dict[str, Any]]


def invoice(said: SupplierInvoice, supplier: Supplier, doubts: Doubts) -> list[Wanted]:
    """One submission in the name of its first order, each line with its own, or doubts."""
    _settled(said, supplier, doubts)
    orders, billed = Orders(said.order, supplier, doubts), Rows()
    for position, line in enumerate(said.lines, 1):
        where = f"lines[{line.number or position}]"
        if rows := orders.of(line.order, where):
            billed += _billed(said, line, rows, where, doubts)
    if not orders.found or said.issued_on is None:
        return []
    order = orders.found[0].order
    currency = said.currency or order.currency
    if any(rows.order.entity_id != order.entity_id for rows in orders.found):
        sentence = _("Its orders are of several legal entities of ours: ask for one invoice for each.")
        doubts.hold("entities_differ", "lines", sentence)
    for rows in orders.found:
        currency_fits(rows.order, currency, doubts)
    lines = [*billed, *_adjusted(said.adjustments, _usual_tax(said))]
    body = {
        "number": said.number,
        "date": said.issued_on.isoformat(),
        "order": order.number,
        "currency": currency,
        **_totals(said, lines),
        "lines": lines,
    }
    if isinstance(said, CreditNote):
        body["credits"] = said.preceding
    return [Wanted(SubmissionKind.INVOICE, [rows.order for rows in orders.found], body)]


def _settled(said: SupplierInvoice, supplier: Supplier, doubts: Doubts) -> None:
    """What it gives back of, or corrects, must be over and done with; what a submission cannot say is for a person."""
    before = invoices.latest_of(supplier.pk, said.preceding) if said.preceding else None
    if isinstance(said, CreditNote):
        _creditable(said, before, doubts)
    elif before is not None and before.status not in GONE:
        sentence = _("It corrects invoice %(number)s, which stands: reject that one, then read this again.")
        doubts.hold("invoice_corrected", "preceding", sentence, number=said.preceding)
    if said.prepaid:
        sentence = _("%(amount)s were paid in advance: check that before it is paid.")
        doubts.hold("prepaid", "prepaid", sentence, amount=digits(said.prepaid))


def _creditable(said: CreditNote, before: Invoice | None, doubts: Doubts) -> None:
    if not said.preceding:
        doubts.hold(
            "credit_of_nothing", "preceding", _("It does not say which invoice it credits: ask for the number.")
        )
    elif before is None:
        sentence = _("There is no invoice %(number)s of theirs: ask which one is meant.")
        doubts.hold("credit_of_nothing", "preceding", sentence, number=said.preceding)
    elif before.status != InvoiceState.RELEASED:
        sentence = _("Invoice %(number)s is not released yet: settle it, then read this again.")
        doubts.hold("credit_too_early", "preceding", sentence, number=said.preceding)


def _billed(said: SupplierInvoice, line: BilledLine, rows: Lines, where: str, doubts: Doubts) -> Rows:
    """A line and what is added to it or taken off, each as a line of the submission."""
    reference = OrderReference.of(line.order, said.order)
    row = rows.find((reference.line if reference else "") or line.number, line.item, where, doubts)
    if row is None or not unit_fits(row, line.unit, where, doubts):
        return []
    price = price_of(row, line, f"{where}.price", doubts)
    amount = line_amount(line, said.currency or rows.order.currency)
    if price is None or amount is None:
        sentence = _("Line %(line)s has no price: ask for it.")
        doubts.hold("price_missing", where, sentence, line=line.number or row.number)
        return []
    tax = line.tax_percent if line.tax_percent is not None else _usual_tax(said)
    own = {
        "line": row.number,
        "order": rows.order.number,
        "description": line.item.description or row.description or called(line.item),
        "quantity": digits(half_up(Fraction(line.quantity) * row.numerator / row.denominator, PRICE_PLACES)),
        "price": digits(_base_price(row, price)),
        "amount": digits(amount - rules.net(line.adjustments)),
        "tax": digits(tax),
    }
    return [own, *_adjusted(line.adjustments, tax)]


def _base_price(row: PurchaseOrderLine, price: Decimal) -> Decimal:
    """For one base unit; the order's own price comes back exactly."""
    factor = Factor(row.numerator, row.denominator)
    if price == factor.to_base(row.price, rounding=True):  # what one unit costs is the price times its pieces
        return row.price
    return factor.from_base(price, rounding=True)


def _adjusted(adjustments: tuple[Adjustment, ...], tax: Decimal) -> Iterator[dict[str, Any]]:
    for one in adjustments:
        amount = digits(one.amount if one.is_charge else -one.amount)
        name = one.reason or one.code or (_("Charge") if one.is_charge else _("Allowance"))
        percent = one.tax_percent if one.tax_percent is not None else tax
        yield {"description": name, "quantity": "1", "price": amount, "amount": amount, "tax": digits(percent)}


def _usual_tax(said: SupplierInvoice) -> Decimal:
    """The one rate of the invoice, where it has one."""
    rates = {tax.percent for tax in said.taxes if tax.percent is not None}
    return rates.pop() if len(rates) == 1 else Decimal(0)


def _totals(said: SupplierInvoice, lines: Rows) -> dict[str, str]:
    """Tax and total as said; what was not said follows from the rest."""
    tax = said.tax_amount if said.tax_amount is not None else sum((one.amount for one in said.taxes), Decimal(0))
    net = sum((Decimal(line["amount"]) for line in lines), Decimal(0))
    total = said.amount if said.amount is not None else net + tax
    return {"tax": digits(tax), "total": digits(total)}
