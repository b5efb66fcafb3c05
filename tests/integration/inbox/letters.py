"""What a supplier's system would send about an order of the scene, in both syntaxes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from integration.canon.documents import Document
from integration.canon.order_responses import OrderResponse, ResponseLine
from integration.canon.parts import Item, OrderReference, Slot
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice
from integration.canon.supplier_invoices import BilledLine, SupplierInvoice
from integration.edi import outbound
from integration.edi.outbound import Envelope
from integration.inbox import actions as inbox
from integration.inbox.models import InboundMessage
from integration.partners import actions as partners
from suppliers.suppliers.models import Supplier
from tests.scene import NOW, SETUP, key

US, THEM = "14:8712345000004", "14:4012345500004"
SSCC = "106141412345678908"
VERSIONS = {"x12": "004010", "edifact": "D96A"}


def known(supplier: Supplier, address: str = THEM) -> None:
    """The supplier's system sends under this address."""
    partners.agree(supplier=supplier, address=address, own_address=US, syntax="x12", by=SETUP, at=NOW, key=key())


def letter(document: Document, syntax: str = "x12", *, control: int = 204, **more: Any) -> bytes:
    how = {"sender": THEM, "receiver": US, "version": VERSIONS[syntax], "sent_at": NOW}
    return outbound.write([document], Envelope(syntax=syntax, control=control, group_control=31, **(how | more)))


def arrives(raw: bytes, **how: Any) -> InboundMessage:
    (message,) = inbox.receive(raw, **({"channel": "edi", "by": SETUP, "at": NOW, "key": key()} | how))
    return message


def item_of(line: Any) -> Item:
    return Item(buyer_number=line.item.sku, supplier_number=line.supplier_sku)


def response(order: Any, *lines: ResponseLine, code: str = "changed", **more: Any) -> OrderResponse:
    about = OrderReference(number=order.number, revision=more.pop("revision", order.revision))
    return OrderResponse(order=about, code=code, supplier_reference="SO-88123", lines=lines, **more)


def answered(order: Any, code: str = "accepted", number: int = 1, **more: Any) -> ResponseLine:
    line = order.lines.get(number=number)
    how = {"number": str(number), "item": item_of(line), "quantity": Decimal(100), "unit": "EA"} | more
    return ResponseLine(code=code, **how)


def coming(*parts: tuple[int, str | None]) -> tuple[Slot, ...]:
    return tuple(Slot(quantity=Decimal(n), on=date.fromisoformat(day) if day else None) for n, day in parts)


def notice(order: Any, **more: Any) -> ShipNotice:
    line = order.lines.get(number=1)
    about = OrderReference(number=order.number)
    loaded = NoticeLine(item=item_of(line), quantity=Decimal(60), unit="EA", order=replace(about, line="1"), lot="L-26")
    days = {"ships_on": date(2026, 3, 12), "arrives_on": date(2026, 3, 14)}
    units = (HandlingUnit(sscc=SSCC, package="carton", lines=(loaded,)),)
    return ShipNotice(**({"number": "DN-7001", "order": about, "units": units, **days} | more))


def bill(order: Any, **more: Any) -> SupplierInvoice:
    line = order.lines.get(number=1)
    about = OrderReference(number=order.number)
    billed = BilledLine(
        number="1",
        item=item_of(line),
        quantity=Decimal(100),
        unit="EA",
        price=Decimal(2),
        order=replace(about, line="1"),
    )
    how = {"number": "R-4711", "issued_on": date(2026, 3, 2), "currency": "EUR", "order": about, "lines": (billed,)}
    return SupplierInvoice(**(how | {"amount": Decimal(200)} | more))
