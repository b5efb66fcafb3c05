"""Random documents, each within what its message can say."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from integration.canon import acknowledgements as acks
from integration.canon import order_changes
from integration.canon.acknowledgements import Acknowledged, Acknowledgement, Trouble
from integration.canon.order_cancellations import OrderCancellation
from integration.canon.order_changes import ChangedLine, OrderChange
from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import (
    Adjustment,
    Contact,
    Handover,
    Identifier,
    Item,
    OrderReference,
    Party,
    Slot,
    TaxSubtotal,
    Terms,
)
from integration.canon.purchase_orders import PurchaseOrder, PurchaseOrderLine
from integration.canon.receipt_advices import AdvisedLine, ReceiptAdvice
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.canon.supplier_invoices import BilledLine, CreditNote, SupplierInvoice
from integration.edi import codes
from integration.edi.signs import X12
from procurement.confirmations import glossary

SIGNS = "abzÄé09 -./*~>:+'?^|!&,"
days = st.dates(date(1981, 1, 1), date(2079, 12, 31))
maybe_days = st.none() | days
whole = st.integers(0, 99999)
units = st.sampled_from(["EA", "CS", "KGM", "H87", "C62", "CT"])


def texts(most: int = 20, least: int = 0) -> st.SearchStrategy[str]:
    return st.text(SIGNS, min_size=least, max_size=most).map(str.strip).filter(lambda text: len(text) >= least)


numbers = texts(12, 1)


def amounts(places: int = 6) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(0), Decimal(10**9), places=places).map(lambda value: value + 0)


cents = amounts(2)


def tuples(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


def part(shape: type, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A part with these fields; one that would be empty is None."""
    return st.builds(shape, **fields).map(lambda made: None if made == shape() else made)


def parties(syntax: str) -> st.SearchStrategy[tuple[Party, ...]]:
    is_x12 = syntax == X12
    schemes = codes.X12_SCHEMES if is_x12 else codes.EDIFACT_SCHEMES
    others = codes.X12_PARTY_NUMBERS if is_x12 else codes.EDIFACT_PARTY_NUMBERS
    identifiers = st.builds(Identifier, scheme=st.sampled_from(sorted(set(others.values()))), value=numbers)
    ids = st.tuples(numbers, st.sampled_from(sorted(set(schemes.values())))) | st.just(("", ""))
    one = st.builds(
        Party,
        role=st.sampled_from(["buyer", "supplier", "ship_to", "bill_to", "ship_from", "payee", "Q7"]),
        name=texts(30),
        tax_number=texts(14),
        identifiers=tuples(identifiers, 2),
        street=tuples(texts(30, 1), 2),
        city=texts(),
        region=texts(2),
        postal_code=texts(9),
        country=st.sampled_from(["", "NL", "DE"]),
        contact=part(Contact, name=texts(), phone=texts(), email=texts()),
    )
    return tuples(st.tuples(one, ids).map(lambda both: _identified(*both)), 3)


def _identified(party: Party, known: tuple[str, str]) -> Party:
    return Party(**{**vars(party), "id": known[0], "id_scheme": known[1]})


items = st.builds(
    Item,
    buyer_number=texts(),
    supplier_number=texts(),
    gtin=st.sampled_from(["", "4006381333931"]),
    maker_number=texts(),
    description=texts(30) | st.just(" ".join(["Cordless drill, 18 V, with two batteries and a charger"] * 4)),
)


def common(syntax: str, *, notes: bool = True) -> dict[str, st.SearchStrategy[Any]]:
    found = {"parties": parties(syntax)}
    return found | ({"notes": tuples(texts(60, 1), 2)} if notes else {})


def prices(syntax: str) -> dict[str, st.SearchStrategy[Any]]:
    bases = st.sampled_from([Decimal(1), Decimal(100), Decimal(1000)])
    priced = {"price": st.none() | amounts(), "price_basis": bases, "amount": st.none() | cents}
    return priced if syntax == X12 else priced | {"price_unit": st.just("") | units}


def order_lines(syntax: str, shape: type = PurchaseOrderLine, **more: Any) -> st.SearchStrategy[Any]:
    made = st.builds(
        shape,
        number=texts(6, 1),
        item=items,
        quantity=amounts(),
        unit=units,
        need_by=maybe_days,
        schedule=tuples(st.builds(Slot, quantity=amounts(), on=maybe_days)),
        tax_percent=st.none() | amounts(2),
        notes=tuples(texts(60, 1), 2),
        **prices(syntax),
        **more,
    )
    return made.map(_price_said)


def _price_said(line: Any) -> Any:
    """A basis and a unit are of a price."""
    plain = {"price_basis": Decimal(1), "price_unit": ""}
    return type(line)(**{**vars(line), **plain}) if line.price is None else line


def _order_fields(syntax: str) -> dict[str, st.SearchStrategy[Any]]:
    is_x12 = syntax == X12
    days_of_discount = st.none() | st.integers(1, 99)
    adjustment = {"is_charge": st.booleans(), "code": texts(4), "reason": texts(), "amount": cents}
    percents = {"percent": st.none() | amounts(2)}
    more = {} if is_x12 else {"base": st.none() | cents, "tax_percent": st.none() | amounts(2)}
    return common(syntax) | {
        "number": numbers,
        "revision": st.none() | whole,
        "issued_on": maybe_days,
        "currency": st.sampled_from(["", "EUR"]),
        "need_by": maybe_days,
        "contract": texts(),
        "terms": part(
            Terms,
            text=texts(),
            net_days=st.none() | st.integers(1, 99),
            discount_days=days_of_discount,
            discount_percent=st.none() | amounts(2),
        ),
        "handover": part(Handover, incoterm=st.sampled_from(["", "DAP"]), place=texts()),
        "adjustments": tuples(st.builds(Adjustment, **adjustment, **percents, **more), 2),
        "amount": st.none() | cents,
    }


def orders(syntax: str) -> st.SearchStrategy[PurchaseOrder]:
    return st.builds(PurchaseOrder, **_order_fields(syntax), lines=tuples(order_lines(syntax)))


def changes(syntax: str) -> st.SearchStrategy[OrderChange]:
    actions = st.sampled_from([order_changes.ADD, order_changes.DELETE, order_changes.CHANGE, order_changes.KEEP])
    lines = order_lines(syntax, ChangedLine, action=actions)
    return st.builds(OrderChange, **_order_fields(syntax), change=texts(8), reason=texts(), lines=tuples(lines))


def references(*, line: bool = False, revision: bool = True) -> st.SearchStrategy[OrderReference]:
    return st.builds(
        OrderReference,
        number=numbers,
        revision=st.none() | whole if revision else st.none(),
        ordered_on=maybe_days if revision else st.none(),
        line=texts(6) if line else st.just(""),
    )


def cancellations(syntax: str) -> st.SearchStrategy[OrderCancellation]:
    fields = {"number": texts(8), "order": references(), "issued_on": maybe_days, "reason": texts()}
    return st.builds(OrderCancellation, **common(syntax), **fields)


def responses(syntax: str, *, change: bool = False) -> st.SearchStrategy[OrderResponse]:
    is_x12 = syntax == X12
    words = glossary.WRITTEN[glossary.X12_668 if is_x12 else glossary.UNCL1229]
    headers = glossary.WRITTEN[glossary.X12_587 if is_x12 else glossary.UNCL4343]
    read = glossary.READ[glossary.X12_668 if is_x12 else glossary.UNCL1229]
    line = st.builds(
        ResponseLine,
        number=texts(6, 1),
        code=st.sampled_from(sorted({read[code] for code in words.values()})),
        item=items,
        quantity=st.none() | amounts(),
        unit=units,
        schedule=tuples(st.builds(Slot, quantity=amounts(), on=days), 3),
        substitute=part(Item, supplier_number=texts(), gtin=st.sampled_from(["", "4006381333931"])),
        reason=texts(),
        notes=tuples(texts(60, 1), 2),
        **prices(syntax),
    ).map(_price_said)
    return st.builds(
        OrderResponse,
        **common(syntax),
        number=texts(),
        order=references(),
        change=texts(8) if change else st.just(""),
        code=st.sampled_from(sorted(headers)),
        supplier_reference=texts(),
        issued_on=maybe_days,
        currency=st.sampled_from(["", "EUR"]),
        lines=tuples(line.map(_answer_said)),
        amount=st.none() | cents,
    )


def _answer_said(line: ResponseLine) -> ResponseLine:
    """Nothing comes of what was rejected, and only a substituted line has a substitute."""
    said = dict(vars(line))
    if line.code in glossary.NOTHING_COMES:
        said["schedule"] = ()
    if line.code != glossary.SUBSTITUTED:
        said["substitute"] = None
    return ResponseLine(**said)


def notices(syntax: str) -> st.SearchStrategy[ShipNotice]:
    is_x12 = syntax == X12
    order = references(line=True) if is_x12 else st.none() | references(line=True)
    line = st.builds(
        NoticeLine,
        number=texts(6),
        item=items,
        quantity=amounts(),
        unit=units,
        order=order,
        lot=texts(),
        expires_on=maybe_days,
        outstanding=st.none() | amounts(),
        outstanding_reason=st.just("") if is_x12 else texts(),
    )
    unit = st.deferred(
        lambda: st.builds(
            HandlingUnit,
            sscc=st.sampled_from(["", "106141412345678908", "354107380000001051", "17"]),
            package=st.sampled_from(["pallet", "carton"]),
            lines=tuples(line, 2),
            units=st.just(()) | tuples(unit, 2),
        )
    )
    return st.builds(
        ShipNotice,
        **common(syntax),
        number=numbers,
        issued_on=maybe_days,
        order=st.none() | references(),
        ships_on=maybe_days,
        arrives_on=maybe_days,
        carrier=texts(),
        carrier_code=texts(17),
        tracking=texts(),
        bill_of_lading=texts(),
        package_count=st.none() | whole,
        gross_weight=st.none() | amounts(3),
        weight_unit=st.just("KGM"),
        lines=tuples(line, 2),
        units=tuples(unit, 2),
    ).map(_weighed)


def _weighed(notice: ShipNotice) -> ShipNotice:
    return notice if notice.gross_weight is not None else ShipNotice(**{**vars(notice), "weight_unit": ""})


def invoices(syntax: str, shape: type = SupplierInvoice) -> st.SearchStrategy[Any]:
    is_x12 = syntax == X12
    percent, money = st.none() | amounts(2), st.none() | cents
    adjustment = {"is_charge": st.booleans(), "code": texts(4), "reason": texts(), "percent": percent, "amount": cents}
    more = {} if is_x12 else {"base": money, "tax_percent": percent}
    adjustments = tuples(st.builds(Adjustment, **adjustment, **more), 2)
    line_order = references(line=True, revision=not is_x12)
    line = st.builds(
        BilledLine,
        number=texts(6),
        item=items,
        quantity=st.decimals(-1000, 1000, places=3).map(lambda value: value + 0),
        unit=units,
        adjustments=adjustments,
        tax_percent=percent,
        tax_category=st.just("") if is_x12 else st.sampled_from(["", "S", "Z"]),
        order=st.none() | line_order,
        notes=tuples(texts(60, 1), 2),
        **prices(syntax),
    ).map(_price_said)
    tax = {"category": st.sampled_from(["S", "E"]), "percent": percent, "base": money, "amount": cents}
    fields = _order_fields(syntax)
    kept = {name: fields[name] for name in ("parties", "notes", "number", "issued_on", "currency", "contract", "terms")}
    only = {} if is_x12 else {"account": texts(), "rounding": money}
    return st.builds(
        shape,
        **kept,
        **only,
        due_on=maybe_days,
        tax_point=maybe_days,
        order=st.none() | references(),
        ship_notice=texts(),
        preceding=texts(),
        payment_reference=texts(),
        lines=tuples(line),
        adjustments=adjustments,
        taxes=tuples(st.builds(TaxSubtotal, **tax), 2),
        line_total=money,
        net_amount=money,
        tax_amount=money,
        amount=money,
        prepaid=money,
        payable=money,
    )


def credits(syntax: str) -> st.SearchStrategy[Any]:
    return invoices(syntax, CreditNote)


def receipt_advices(syntax: str) -> st.SearchStrategy[ReceiptAdvice]:
    line = st.builds(
        AdvisedLine,
        number=texts(6, 1),
        item=items,
        unit=units,
        received=amounts(),
        short=st.none() | amounts(),
        rejected=st.none() | amounts(),
        reason=texts(),
        order=st.none() | references(line=True),
        lot=texts(),
    )
    return st.builds(
        ReceiptAdvice,
        **common(syntax),
        number=numbers,
        issued_on=maybe_days,
        received_on=maybe_days,
        ship_notice=texts(),
        order=st.none() | references(),
        lines=tuples(line),
    )


def x12_acknowledgements(syntax: str) -> st.SearchStrategy[Acknowledgement]:
    at = st.from_regex(r"[1-9][0-9]?(-[1-9])?", fullmatch=True)
    trouble = st.builds(Trouble, segment=st.just("PO1"), position=at, code=st.just("8"), text=st.just(""))
    one = st.builds(
        Acknowledged,
        message=st.just("850"),
        control=st.just("0001"),
        code=st.sampled_from([acks.ACCEPTED, acks.REJECTED, acks.WITH_ERRORS]),
        troubles=tuples(trouble, 2),
    )
    return st.builds(
        Acknowledgement,
        group=st.just("PO"),
        control=st.just("17"),
        code=st.sampled_from([acks.ACCEPTED, acks.REJECTED, acks.PARTLY]),
        messages=tuples(one),
    )


def contrls(syntax: str) -> st.SearchStrategy[Acknowledgement]:
    trouble = st.builds(Trouble, position=st.sampled_from(["1", "17"]), code=st.just("12"))
    words = st.sampled_from([acks.ACCEPTED, acks.REJECTED, acks.RECEIVED])
    one = st.builds(
        Acknowledged, message=st.just("ORDERS"), control=texts(14, 1), code=words, troubles=tuples(trouble, 2)
    )
    return st.builds(Acknowledgement, control=texts(14, 1), code=words, messages=tuples(one))


def aperaks(syntax: str) -> st.SearchStrategy[Acknowledgement]:
    return st.builds(
        Acknowledgement,
        **common(syntax),
        number=texts(),
        issued_on=maybe_days,
        document=texts(),
        code=st.sampled_from([acks.ACCEPTED, acks.REJECTED, acks.RECEIVED, acks.WITH_ERRORS]),
        troubles=tuples(st.builds(Trouble, code=st.sampled_from(["1", "12"]), text=texts(40)), 2),
    )
