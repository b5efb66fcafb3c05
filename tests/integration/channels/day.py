"""One day of a supplier's answers, and the ways in which he can send them. What he means is said once, canonically."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from openpyxl import load_workbook

from finance.invoices.models import Invoice, InvoiceLine
from foundation.journal.relay import drain
from integration.canon.documents import Document
from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import Identifier, Item, OrderReference, Party, Slot, TaxSubtotal
from integration.canon.plain import digest
from integration.canon.ship_notices import NoticeLine, ShipNotice
from integration.canon.supplier_invoices import BilledLine, SupplierInvoice
from integration.cxml import outbound as cxml
from integration.cxml.header import Credentials
from integration.cxml.header import Envelope as CxmlEnvelope
from integration.edi import outbound as edi
from integration.edi.outbound import Envelope
from integration.partners import actions as partners
from integration.partners.models import Syntax, TradingPartner
from integration.ubl import outbound as ubl
from procurement.changes.models import ChangeRequest
from procurement.confirmations.models import ConfirmationLine
from procurement.orders import portal_answers, portal_sheet
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.orders.queries import full_lines
from receiving.notices.models import ShipNoticeLine
from suppliers.submissions import actions as submissions
from suppliers.submissions.models import Submission
from tests.integration.clients.systems import Caller
from tests.integration.inbox.letters import THEM, US, arrives, item_of
from tests.integration.sending.partner import ADDRESSES
from tests.scene import NOW, SETUP, TODAY, Scene, fresh, key

ON, LATER = date(2026, 3, 16), date(2026, 4, 10)
QUANTITY = Decimal(60)


@dataclass(frozen=True)
class Meant:
    """What he answers to one order: to its line by code and figures; then a truck or a bill."""

    code: str = "accepted"
    slots: tuple[tuple[int, date], ...] = ()
    price: str = ""
    substitute: str = ""
    reason: str = ""
    what: str = "answer"


DAY = (
    Meant(),
    Meant(),
    Meant("price_changed", ((60, ON),), price="2.01"),
    Meant("price_changed", ((60, ON),), price="2.4"),
    Meant("date_changed", ((60, LATER),)),
    Meant("quantity_changed", ((45, ON),)),
    Meant("changed", ((36, ON), (24, LATER))),
    Meant("substituted", ((60, ON),), substitute="NF-NEW"),
    Meant("rejected", reason="Out of range"),
    Meant("changed", ((54, LATER),), price="1.9"),
    Meant(what="truck"),
    Meant(what="bill"),
)
"""As ordered twice, within and beyond tolerance, another day, fewer, in two parts, another item, none, several at once; a
truck and a bill."""
Send = Callable[[Scene, PurchaseOrder, Meant, int], None]


def number(order: PurchaseOrder, place: int) -> str:
    return f"AB-{place}"


def response(order: PurchaseOrder, meant: Meant, place: int) -> OrderResponse:
    row = order.lines.select_related("item").get(number=1)
    line = ResponseLine(
        number="1",
        code=meant.code,
        item=item_of(row),
        quantity=QUANTITY,
        unit="EA",
        price=Decimal(meant.price) if meant.price else None,
        schedule=tuple(Slot(quantity=Decimal(n), on=on) for n, on in meant.slots),
        substitute=Item(supplier_number=meant.substitute) if meant.substitute else None,
        reason=meant.reason,
    )
    about = OrderReference(number=order.number, revision=1, ordered_on=TODAY)
    return OrderResponse(
        number=number(order, place), order=about, code="changed", supplier_reference=number(order, place),
        issued_on=TODAY, currency="EUR", lines=(line,),
    )  # fmt: skip


def truck(order: PurchaseOrder, place: int) -> ShipNotice:
    about = OrderReference(number=order.number, line="1", ordered_on=TODAY)
    line = NoticeLine(number="1", item=item_of(order.lines.select_related("item").get(number=1)),
                      quantity=QUANTITY, unit="EA", order=about)  # fmt: skip
    return ShipNotice(number=f"DN-{place}", issued_on=TODAY, order=replace(about, line=""), ships_on=date(2026, 3, 12),
                      arrives_on=date(2026, 3, 14), package_count=1, lines=(line,))  # fmt: skip


def bill(order: PurchaseOrder, place: int) -> SupplierInvoice:
    about = OrderReference(number=order.number, line="1")
    item = replace(item_of(order.lines.select_related("item").get(number=1)), description="Hex bolt M6")
    line = BilledLine(
        number="1", item=item, quantity=QUANTITY, unit="EA", price=Decimal(2), amount=Decimal(120), order=about
    )
    return SupplierInvoice(
        number=f"R-{place}", issued_on=TODAY, currency="EUR", order=replace(about, line=""), lines=(line,),
        amount=Decimal(120),
    )  # fmt: skip


def coarse(said: Document) -> Document:
    """As UNCL1229 has it: most changes are one code, and the figures say what changed."""
    if not isinstance(said, OrderResponse):
        return said
    (line,) = said.lines
    return said if line.code in ("accepted", "rejected") else replace(said, lines=(replace(line, code="changed"),))


def taxed(said: Document) -> Document:
    """As UBL and cXML want a bill: every sum, and a category of tax."""
    if not isinstance(said, SupplierInvoice):
        return said
    (line,) = said.lines
    zero = TaxSubtotal(category="Z", percent=Decimal(0), base=Decimal(120), amount=Decimal(0))
    sums = dict.fromkeys(("line_total", "net_amount", "payable"), Decimal(120)) | {"tax_amount": Decimal(0)}
    return replace(said, lines=(replace(line, tax_category="Z", tax_percent=Decimal(0)),), taxes=(zero,), **sums)


def document(order: PurchaseOrder, meant: Meant, place: int) -> Document:
    made = {"answer": lambda: response(order, meant, place), "truck": lambda: truck(order, place),
            "bill": lambda: bill(order, place)}  # fmt: skip
    return made[meant.what]()


def by_portal(scene: Scene, order: PurchaseOrder, meant: Meant, place: int) -> None:
    """The form of the portal as it is filled in; a mailed link leads to the same one."""
    kind, body = {"truck": _trucked, "bill": _billed}.get(meant.what, _typed)(order, meant, place)
    how = {"supplier": scene.supplier, "about": order.public_id, "channel": "portal"}
    submissions.submit(kind=kind, body=body, **how, by=scene.supplier_actor, at=NOW, key=key())


def _typed(order: PurchaseOrder, meant: Meant, place: int) -> tuple[str, dict]:
    lines = full_lines(order)
    data = QueryDict(mutable=True)
    data["reference"] = number(order, place)
    slots = meant.slots or ((60, lines[0].need_by),)
    data.setlist("quantity-1", [str(n) for n, _on in slots])
    data.setlist("on-1", [on.isoformat() for _n, on in slots])
    data["price-1"] = meant.price or "2"
    data["substitute-1"], data["reason-1"] = meant.substitute, meant.reason
    data["choice-1"] = "cannot" if meant.code == "rejected" else "typed"
    order.supplier = order.supplier
    grid = portal_answers.read(order, lines, data, seen={}, today=TODAY)
    assert grid.errors == []
    return "confirmation", grid.body()


def by_sheet(scene: Scene, order: PurchaseOrder, meant: Meant, place: int) -> None:
    """The spreadsheet of his lines, typed over and brought back; trucks and bills it does not know."""
    if meant.what != "answer":
        by_portal(scene, order, meant, place)
        return
    lines = full_lines(order)
    book = load_workbook(io.BytesIO(portal_sheet.written([(order, lines)], "xlsx")))
    sheet = book.active
    column = {cell.value: cell.column for cell in sheet[1]}
    slots = meant.slots or ((int(QUANTITY), lines[0].need_by),)
    for _further in slots[1:]:  # a line that comes in parts is a row a part
        sheet.append([cell.value for cell in sheet[2]])
    for row, (quantity, on) in enumerate(slots, 2):
        typed = {"Your quantity": quantity, "Your date": on, "Your price": Decimal(meant.price or "2")}
        typed |= {"Another part": meant.substitute, "Reason": meant.reason}
        typed |= {"Your answer": "cannot supply"} if meant.code == "rejected" else {}
        for heading, value in typed.items():
            sheet.cell(row, column[heading], value)
    out = io.BytesIO()
    book.save(out)
    rows = portal_sheet.rows_of("answers.xlsx", out.getvalue())
    (grid,) = portal_sheet.understood(rows, {order.public_id: (order, lines)}, NOW).grids
    body = grid.body() | {"reference": number(order, place)}  # a sheet of many orders has no place for it
    how = {"supplier": scene.supplier, "about": order.public_id, "channel": "portal"}
    submissions.submit(kind="confirmation", body=body, **how, by=scene.supplier_actor, at=NOW, key=key())


def _trucked(order: PurchaseOrder, meant: Meant, place: int) -> tuple[str, dict]:
    days = {"ships_on": "2026-03-12", "arrives_on": "2026-03-14"}
    return "ship_notice", {
        "reference": f"DN-{place}",
        **days,
        "packages": "1",
        "lines": [{"line": 1, "quantity": "60"}],
    }


def _billed(order: PurchaseOrder, meant: Meant, place: int) -> tuple[str, dict]:
    line = {"line": 1, "description": "Hex bolt M6", "quantity": "60", "price": "2", "amount": "120", "tax": "0"}
    return "invoice", {"number": f"R-{place}", "date": TODAY.isoformat(), "order": order.number, "currency": "EUR",
                       "tax": "0", "total": "120", "lines": [line]}  # fmt: skip


class ByApi:
    """Its access lasts as long as its day."""

    caller: Caller

    def __call__(self, scene: Scene, order: PurchaseOrder, meant: Meant, place: int) -> None:
        if not place:
            self.caller = Caller.of(scene.supplier)
        path, said = {"truck": self.truck, "bill": self.bill}.get(meant.what, self.answer)(order, meant, place)
        made = self.caller.post(f"supplier/orders/{order.public_id}/{path}/", said)
        assert made.status_code == 201, made.json()

    def answer(self, order: PurchaseOrder, meant: Meant, place: int) -> tuple[str, dict]:
        line: dict[str, Any] = {"line": 1, "code": meant.code, "substitute": meant.substitute, "reason": meant.reason}
        line["schedule"] = [{"quantity": n, "on": on.isoformat()} for n, on in meant.slots]
        line |= {"price": meant.price} if meant.price else {}
        return "confirmations", {"revision": 1, "code": "changed", "reference": number(order, place), "lines": [line]}

    def truck(self, order: PurchaseOrder, meant: Meant, place: int) -> tuple[str, dict]:
        _kind, said = _trucked(order, meant, place)
        return "ship-notices", {"number": said.pop("reference"), **said}

    def bill(self, order: PurchaseOrder, meant: Meant, place: int) -> tuple[str, dict]:
        line = {"line": 1, "quantity": "60", "price": "2", "tax_percent": "0"}
        return "invoices", {
            "number": f"R-{place}",
            "date": TODAY.isoformat(),
            "total": "120",
            "tax": "0",
            "lines": [line],
        }


def letter(order: PurchaseOrder, meant: Meant, place: int, syntax: str) -> bytes:
    said = document(order, meant, place)
    version = "004010" if syntax == Syntax.X12 else "D01B"
    control = 500 + 20 * place + DAY.index(meant)
    envelope = Envelope(syntax=syntax, version=version, sender=THEM, receiver=US, control=control, sent_at=NOW)
    return edi.write([said if syntax == Syntax.X12 else coarse(said)], envelope)


def by_edi(syntax: str) -> Send:
    def send(scene: Scene, order: PurchaseOrder, meant: Meant, place: int) -> None:
        known(scene, syntax)
        booked(letter(order, meant, place, syntax))

    return send


def by_ubl(scene: Scene, order: PurchaseOrder, meant: Meant, place: int) -> None:
    known(scene, Syntax.UBL)
    vat = {"tax_number": "DE123456789", "country": "DE"}
    parties = (
        Party(role="supplier", name="Nordfast", id="4012345500004", id_scheme="gln", **vat),
        Party(role="buyer", name="Noordzee", id="8712345000004", id_scheme="gln", country="NL"),
    )
    booked(ubl.write(replace(taxed(document(order, meant, place)), parties=parties)))


def by_cxml(scene: Scene, order: PurchaseOrder, meant: Meant, place: int) -> None:
    known(scene, Syntax.CXML)
    them, us = (Identifier(scheme=one.partition(":")[0], value=one.partition(":")[2]) for one in ADDRESSES[Syntax.CXML])
    envelope = CxmlEnvelope(credentials=Credentials(origin=(them,), target=(us,), sender=(them,)),
                            payload_id=f"{place}@them", sent_at=NOW)  # fmt: skip
    booked(cxml.write(taxed(document(order, meant, place)), envelope))


def known(scene: Scene, syntax: str) -> None:
    theirs, _ours = ADDRESSES[Syntax(syntax)]
    if not TradingPartner.objects.filter(address=theirs).exists():
        partners.agree(supplier=scene.supplier, address=theirs, own_address="", syntax=syntax, by=SETUP, at=NOW,
                       key=key())  # fmt: skip


def booked(raw: bytes) -> None:
    message = arrives(raw)
    assert message.status == "applied", message.faults


WAYS: dict[str, Send] = {
    "portal": by_portal,
    "sheet": by_sheet,
    "api": ByApi(),
    "x12": by_edi(Syntax.X12),
    "edifact": by_edi(Syntax.EDIFACT),
    "ubl": by_ubl,
    "cxml": by_cxml,
}


def played(scene: Scene, orders: list[PurchaseOrder], send: Send) -> None:
    for place, (order, meant) in enumerate(zip(orders, DAY, strict=True)):
        send(scene, fresh(order), meant, place)
    drain()
    stuck = Submission._base_manager.exclude(status="applied").values_list("body", "answer")
    assert not stuck, list(stuck)


def state(orders: list[PurchaseOrder]) -> list[Any]:
    """What the business would see of it, row by row, without keys, clocks and channels."""
    numbers = {order.number: place for place, order in enumerate(orders)}

    def rows(model: Any, where: str, *columns: str) -> list[Any]:
        found = model._base_manager.filter(**{f"{where}__in": list(numbers)}).values_list(where, *columns)
        return sorted([numbers[row[0]], *map(str, row[1:])] for row in found)

    return [
        rows(PurchaseOrder, "number", "status", "confirmed", "supplier_reference", "revision"),
        rows(PurchaseOrderLine, "order__number", "ordered", "open", "price", "promised_on", "confirmed_quantity"),
        rows(ConfirmationLine, "confirmation__order__number", "verdict", "sentence"),
        rows(ChangeRequest, "order__number", "status", "lines__field", "lines__before", "lines__after"),
        rows(ShipNoticeLine, "order_line__order__number", "quantity", "notice__reference", "notice__arrives_on"),
        rows(InvoiceLine, "order_number", "quantity", "price", "amount", "verdict", "invoice__status"),
        sorted(Invoice._base_manager.values_list("supplier_number", "status", "total_amount", "currency")),
    ]


def hashed(state: list[Any]) -> str:
    return digest({"state": [str(one) for one in state]})
