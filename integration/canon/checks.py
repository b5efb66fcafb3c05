"""Whether a document agrees with itself: sums, numbers, references and days recomputed exactly. Faults, no exceptions.

A document without a number or without anything that says what it is about is refused; figures that do not agree and
references that are missing hold it; what changes nothing that is booked is a warning.
"""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import singledispatch

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from foundation.values.exact import half_up
from foundation.values.exact import plain as shown
from foundation.values.money import minor_unit
from integration.canon import rules
from integration.canon.documents import Document
from integration.canon.faults import Fault, Level
from integration.canon.order_cancellations import OrderCancellation
from integration.canon.order_changes import DELETE, ChangedLine
from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.canon.receipt_advices import ReceiptAdvice
from integration.canon.rules import Known
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.canon.supplier_invoices import BilledLine, SupplierInvoice
from procurement.confirmations import glossary

LATE = lazy("It is wanted on %(then)s, before the order of %(first)s was written: check the dates.")
PROMISED = lazy("It is promised for %(then)s, before the order of %(first)s was written: check the dates.")
BACKWARDS = lazy("It arrives on %(then)s and leaves on %(first)s: check the dates.")
EXPIRED = lazy("It ships on %(first)s and expires on %(then)s: check the dates.")
EARLY = lazy("It is due on %(then)s, before it was written on %(first)s: check the dates.")
LINE, LINES, NET = lazy("The amount of the line"), lazy("The sum of the lines"), lazy("The amount without tax")
ORDER_TOTAL, TOTAL = lazy("The total of the order"), lazy("The total with tax")
TAX, PAYABLE = lazy("The tax"), lazy("The amount to be paid")
NOTHING_KNOWN = Known()
DEEPEST = 20
"""More levels of packing than any truck has."""


def check(document: Document, known: Known = NOTHING_KNOWN) -> list[Fault]:
    """Every disagreement of one document, in its order. A kind without figures has none."""
    return list(_faults(document, known))


@singledispatch
def _faults(document: Document, known: Known) -> Iterator[Fault]:
    yield from ()


@_faults.register
def _order(order: PurchaseOrder, known: Known) -> Iterator[Fault]:
    """An order, and a change of one, which speaks of some lines only: its total is not theirs."""
    yield from rules.named(order.number, "number")
    yield from rules.dated(known, "issued_on", order.issued_on)
    yield from rules.numbered(line.number for line in order.lines)
    yield from rules.adjusted(order.adjustments, order.currency, "")
    for line in order.lines:
        where = f"lines[{line.number}]"
        yield from _ordered_line(line, order, where)
        yield from rules.follows(order.issued_on, line.need_by, f"{where}.need_by", LATE, Level.WARNING)
    if type(order) is PurchaseOrder and all(line.amount is not None for line in order.lines):
        total = sum((line.amount or Decimal(0) for line in order.lines), Decimal(0)) + rules.net(order.adjustments)
        yield from rules.agree(order.amount, total, "amount", "total", ORDER_TOTAL)


def _ordered_line(line: PurchaseOrderLine, order: PurchaseOrder, where: str) -> Iterator[Fault]:
    is_gone = isinstance(line, ChangedLine) and line.action == DELETE
    yield from rules.positive(line.quantity, f"{where}.quantity", zero=is_gone)
    yield from rules.amounts(line.price, line.price_basis, where)
    yield from rules.slots(line.schedule, line.quantity, where)
    if line.price is not None and line.price_basis > 0 and line.price_unit in ("", line.unit):
        found = rules.priced(line.quantity, line.price, line.price_basis, order.currency)
        yield from rules.agree(line.amount, found, f"{where}.amount", "line_amount", LINE)


@_faults.register
def _cancellation(cancellation: OrderCancellation, known: Known) -> Iterator[Fault]:
    yield from rules.ordered(cancellation.order, known, "order", Level.REFUSE)


@_faults.register
def _response(response: OrderResponse, known: Known) -> Iterator[Fault]:
    yield from rules.ordered(response.order, known, "order", Level.REFUSE)
    yield from rules.dated(known, "issued_on", response.issued_on)
    yield from rules.numbered(line.number for line in response.lines)
    for line in response.lines:
        where = f"lines[{line.number}]"
        yield from rules.positive(line.quantity, f"{where}.quantity", zero=True)
        yield from rules.amounts(line.price, line.price_basis, where)
        yield from _answered(line, where)
        for row in line.schedule:
            yield from rules.positive(row.quantity, f"{where}.schedule", zero=True)
            yield from rules.follows(response.order.ordered_on, row.on, f"{where}.schedule", PROMISED, Level.HOLD)
    if response.code == glossary.ACCEPTED and any(line.code != glossary.ACCEPTED for line in response.lines):
        sentence = _("The answer says that all is accepted, but a line says otherwise: the lines count.")
        yield Fault(Level.WARNING, "header_against_lines", "code", sentence)


def _answered(line: ResponseLine, where: str) -> Iterator[Fault]:
    """The line's code says what its figures say."""
    if not line.code:
        sentence = _("The answer does not say what becomes of the line: accept, change or reject it.")
        yield Fault(Level.HOLD, "code_missing", f"{where}.code", sentence)
    coming = sum((row.quantity for row in line.schedule), Decimal(0))
    if line.code in glossary.NOTHING_COMES and coming:
        sentence = _("The line is rejected, but %(coming)s are promised: say which.") % {"coming": shown(coming)}
        yield Fault(Level.HOLD, "code_against_figures", f"{where}.code", sentence)
    if line.code == glossary.ACCEPTED and line.schedule and line.quantity is not None and coming != line.quantity:
        said = {"quantity": shown(line.quantity), "coming": shown(coming)}
        sentence = _("The line is accepted for %(quantity)s, but %(coming)s are promised: say which.") % said
        yield Fault(Level.HOLD, "code_against_figures", f"{where}.code", sentence)
    if line.code == glossary.SUBSTITUTED and not line.substitute:
        sentence = _("Another item is offered, but not which: write its number.")
        yield Fault(Level.HOLD, "substitute_missing", f"{where}.substitute", sentence)


@_faults.register
def _notice(notice: ShipNotice, known: Known) -> Iterator[Fault]:
    yield from rules.named(notice.number, "number")
    yield from rules.dated(known, "issued_on", notice.issued_on)
    yield from rules.follows(notice.ships_on, notice.arrives_on, "arrives_on", BACKWARDS, Level.HOLD)
    if notice.is_cancelled:
        return
    lines = [line for line, _around in notice.every_line()]
    if not lines:
        sentence = _("The notice has no line: say what is coming.")
        yield Fault(Level.HOLD, "lines_missing", "lines", sentence)
    yield from rules.not_too_many(len(lines))  # one order line may lie in several units under the same number
    for position, line in enumerate(lines, 1):
        yield from _coming(line, notice, f"lines[{line.number or position}]")
    yield from rules.orders([line.order for line in lines], notice.order, known)
    yield from _labels(notice.units)


def _coming(line: NoticeLine, notice: ShipNotice, where: str) -> Iterator[Fault]:
    yield from rules.positive(line.quantity, f"{where}.quantity")
    yield from rules.positive(line.outstanding, f"{where}.outstanding", zero=True)
    yield from rules.follows(notice.ships_on, line.expires_on, f"{where}.expires_on", EXPIRED, Level.WARNING)


def _labels(units: tuple[HandlingUnit, ...]) -> Iterator[Fault]:
    """Each SSCC once, of 18 digits the last of which agrees with the others."""
    waiting, labels, deepest = [(unit, 1) for unit in units], Counter[str](), 0
    while waiting:
        unit, depth = waiting.pop()
        waiting += [(inner, depth + 1) for inner in unit.units]
        labels[unit.sscc] += 1
        deepest = max(deepest, depth)
    if deepest > DEEPEST:
        sentence = _("Units stand in each other %(deep)s deep: at most %(most)s.") % {"deep": deepest, "most": DEEPEST}
        yield Fault(Level.REFUSE, "too_deep", "units", sentence)
    for sscc, times in sorted(labels.items()):
        if sscc and times > 1:
            sentence = _("SSCC %(sscc)s is there %(times)s times: every unit has a label of its own.")
            yield Fault(Level.HOLD, "sscc_twice", f"units[{sscc}]", sentence % {"sscc": sscc, "times": times})
        if sscc and not is_sscc(sscc):
            sentence = _("%(sscc)s is no SSCC: it has 18 digits, and the last one checks the others.") % {"sscc": sscc}
            level = Level.REFUSE if is_label(sscc) else Level.WARNING
            yield Fault(level, "sscc_wrong", f"units[{sscc}]", sentence)


def is_label(text: str) -> bool:
    """Whether it means to be an SSCC. Anything else is a mark of the sender's own, and is not booked."""
    return text.isascii() and text.isdigit() and len(text) == 18


def is_sscc(text: str) -> bool:
    """18 digits whose last one is the GS1 check digit."""
    return is_label(text) and sum(int(sign) * (1 if place % 2 else 3) for place, sign in enumerate(text)) % 10 == 0


@_faults.register
def _receipt(advice: ReceiptAdvice, known: Known) -> Iterator[Fault]:
    yield from rules.named(advice.number, "number")
    yield from rules.numbered(line.number for line in advice.lines)
    yield from rules.orders([line.order for line in advice.lines], advice.order, known)
    for line in advice.lines:
        where = f"lines[{line.number}]"
        for name in ("received", "short", "rejected"):
            yield from rules.positive(getattr(line, name), f"{where}.{name}", zero=True)


@_faults.register
def _invoice(invoice: SupplierInvoice, known: Known) -> Iterator[Fault]:
    yield from rules.named(invoice.number, "number")
    if not invoice.issued_on:
        yield Fault(Level.HOLD, "date_missing", "issued_on", _("The invoice has no date: write it."))
    if not invoice.lines:
        yield Fault(Level.HOLD, "lines_missing", "lines", _("The invoice has no line: say what is billed."))
    yield from rules.dated(known, "issued_on", invoice.issued_on)
    yield from rules.follows(invoice.issued_on, invoice.due_on, "due_on", EARLY, Level.WARNING)
    yield from rules.numbered(line.number or f"({position})" for position, line in enumerate(invoice.lines, 1))
    for position, line in enumerate(invoice.lines, 1):
        where = f"lines[{line.number or position}]"
        yield from _billed(line, invoice, where)
    yield from rules.orders([line.order for line in invoice.lines], invoice.order, known)
    yield from rules.adjusted(invoice.adjustments, invoice.currency, "")
    yield from _sums(invoice)
    yield from _taxes(invoice)


def _billed(line: BilledLine, invoice: SupplierInvoice, where: str) -> Iterator[Fault]:
    """A line's quantity may be negative: what was taken back is set against what was delivered."""
    yield from rules.amounts(line.price, line.price_basis, where)
    yield from rules.adjusted(line.adjustments, invoice.currency, f"{where}.")
    if line.price is not None and line.price_basis > 0 and line.price_unit in ("", line.unit):
        found = rules.priced(line.quantity, line.price, line.price_basis, invoice.currency)
        found += rules.net(line.adjustments)
        yield from rules.agree(line.amount, found, f"{where}.amount", "line_amount", LINE)


def line_amount(line: BilledLine, currency: str) -> Decimal | None:
    """What a line costs: as it says, else recomputed; None where neither is possible."""
    if line.amount is not None:
        return line.amount
    if line.price is None or line.price_basis <= 0:
        return None
    return rules.priced(line.quantity, line.price, line.price_basis, currency) + rules.net(line.adjustments)


def _sums(invoice: SupplierInvoice) -> Iterator[Fault]:
    """Lines, net, tax, total and payable follow from each other."""
    parts = [line_amount(line, invoice.currency) for line in invoice.lines]
    lines = sum((part for part in parts if part is not None), Decimal(0)) if None not in parts else None
    if lines is not None:
        yield from rules.agree(invoice.line_total, lines, "line_total", "lines_total", LINES)
        net = lines + rules.net(invoice.adjustments)
        yield from rules.agree(invoice.net_amount, net, "net_amount", "net_total", NET)
    else:
        net = invoice.net_amount
    taxes = sum((tax.amount for tax in invoice.taxes), Decimal(0)) if invoice.taxes else None
    if taxes is not None:
        yield from rules.agree(invoice.tax_amount, taxes, "tax_amount", "tax_total", TAX)
    tax = invoice.tax_amount if invoice.tax_amount is not None else taxes
    if net is not None:
        yield from rules.agree(invoice.amount, net + (tax or 0), "amount", "total", TOTAL)
    total = invoice.amount if invoice.amount is not None else None if net is None else net + (tax or 0)
    if total is not None:
        rest = total - (invoice.prepaid or 0) + (invoice.rounding or 0)
        yield from rules.agree(invoice.payable, rest, "payable", "payable", PAYABLE)


def _taxes(invoice: SupplierInvoice) -> Iterator[Fault]:
    """Tax is its percentage of its base. Rounded line by line it may be off by one minor unit a line."""
    places = minor_unit(invoice.currency)
    allowed = Decimal(1).scaleb(-places) * max(1, len(invoice.lines))
    for position, tax in enumerate(invoice.taxes, 1):
        if tax.percent is None or tax.base is None:
            continue
        found = half_up(Fraction(tax.base) * Fraction(tax.percent) / 100, places)
        level = Level.HOLD if abs(found - tax.amount) > allowed else Level.WARNING
        for fault in rules.agree(tax.amount, found, f"taxes[{position}]", "tax_amount", TAX):
            yield Fault(level, fault.code, fault.where, fault.sentence)
