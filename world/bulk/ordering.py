"""Orders, what the supplier saw of them and what it answered, as rows."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from procurement.confirmations.events import ConfirmationReceived
from procurement.confirmations.models import Confirmation, ConfirmationLine
from procurement.orders.actions.issue import TOLERANCES
from procurement.orders.events import (
    OrderCancelled,
    OrderClosed,
    OrderConfirmed,
    OrderDrafted,
    OrderIssued,
    OrderPosted,
    OrderReceived,
)
from procurement.orders.models import OrderRevision, PurchaseOrder, PurchaseOrderLine
from procurement.orders.revisions import content_of
from world.bulk.asking import Asked
from world.bulk.books import Books, Chain, encode
from world.bulk.drawing import Need, day_of
from world.scene import Scene

KINDS = [PurchaseOrder, PurchaseOrderLine, OrderRevision, Confirmation, ConfirmationLine]
ERP, SILENT = "system:erp", 0.08


@dataclass
class Placed:
    """An order as far as it is told."""

    key: int
    number: str
    chain: Chain
    columns: dict[str, Any]
    lines: list[int]
    at: datetime
    """The instant of the last thing that happened to it."""


class Ordering:
    def __init__(self, scene: Scene, books: Books) -> None:
        self.scene, self.books, self.random = scene, books, scene.random

    def place(self, need: Need, asked: Asked) -> Placed:
        """Draft, issue, answer: up to where goods come."""
        assert asked.approved_at is not None
        books, until = self.books, self.scene.until
        when = day_of(asked.approved_at, self.random.choice([0, 1, 1, 2]), self.random.uniform(8, 15), until)
        number = books.number("PO", need.entity.code, when.date())
        key = books[PurchaseOrder].last = books[PurchaseOrder].last + 1
        order = Placed(key, number, books.chain(PurchaseOrder, key), {}, asked.lines, when)
        amount = sum((ask.amount for ask in need.asks), Decimal(0))
        order.columns = self._header(need, order, amount)
        drafted = OrderDrafted(
            subject=order.chain.subject,
            number=number,
            supplier_id=need.supplier.pk,
            amount=amount,
            currency=need.supplier.currency,
            requests=[asked.number],
        )
        books.record(order.chain, drafted, by=str(need.buyer.actor), at=when, verb="orders.draft")
        if need.stage != "approved":
            self._issue(need, order, amount)
        self._lines(need, order)
        if need.stage == "cancelled":
            self._cancel(need, order)
        elif order.columns["confirmed"] == "confirmed":
            self._confirm(need, order)
        return order

    def _header(self, need: Need, order: Placed, amount: Decimal) -> dict[str, Any]:
        return {
            "id": order.key,
            "number": order.number,
            "public_id": UUID(int=self.random.getrandbits(128), version=4),
            "entity_id": need.entity.pk,
            "site_id": need.site.pk,
            "supplier_id": need.supplier.pk,
            "cost_center_id": need.center.pk,
            "buyer_id": need.buyer.pk,
            "category_ids": need.categories,
            "currency": need.supplier.currency,
            "rate": need.rate,
            "amount": amount,
            "payment_terms": need.supplier.payment_terms,
            "incoterm": need.supplier.incoterm,
            **{name: getattr(need.supplier, name) for name in TOLERANCES},
            "need_by": need.need_by,
            "status": "approved",
            "line_count": len(need.asks),
            "open_line_count": sum(ask.arrived < ask.quantity for ask in need.asks),
            "approved_at": order.at,
            "created_at": order.at,
            "confirmed": "none",
        }

    def _issue(self, need: Need, order: Placed, amount: Decimal) -> None:
        when = day_of(order.at, 0, self.random.uniform(15, 15.9), self.scene.until)
        order.at, number = when, order.number
        told = OrderIssued(
            subject=order.chain.subject,
            number=number,
            revision=1,
            supplier_id=need.supplier.pk,
            site_id=need.site.pk,
            amount=amount,
            currency=need.supplier.currency,
            lines=len(need.asks),
        )
        moved = {"status": ["approved", "issued"], "revision": [0, 1]}
        self.books.record(order.chain, told, by=str(need.buyer.actor), at=when, verb="orders.issue", changes=moved)
        answered = need.stage != "issued" and (need.stage != "closed" or self.random.random() > SILENT)
        order.columns |= {
            "status": "issued",
            "revision": 1,
            "issued_at": when,
            "confirm_by": when + timedelta(hours=need.supplier.confirms_within_hours),
            "confirmed": "confirmed" if answered else "none",
            "synced": "synced",
            "erp_number": f"ERP-{number}",
        }
        posted = OrderPosted(
            subject=order.chain.subject, number=number, erp_number=f"ERP-{number}", state="synced", note=""
        )
        self.books.record(order.chain, posted, by=ERP, at=when, verb="orders.note_posted")
        self._freeze(need, order, when)

    def _freeze(self, need: Need, order: Placed, when: datetime) -> None:
        columns = {name: value for name, value in order.columns.items() if name != "id"}
        row = PurchaseOrder(**columns)
        row.entity, row.site, row.supplier = need.entity, need.site, need.supplier
        rows = []
        for number, ask in enumerate(need.asks, start=1):
            line = PurchaseOrderLine(**self._line(need, order, number, ask))
            line.item, line.unit = ask.item, ask.offer.unit
            rows.append(line)
        content = encode(content_of(row, rows))
        self.books[OrderRevision].add(
            order_id=order.key,
            number=1,
            content=content,
            digest=sha256(content.encode()).hexdigest(),
            issued_at=when,
            by=str(need.buyer.actor),
        )

    def _lines(self, need: Need, order: Placed) -> None:
        """An order line has the key of the request line it comes from, and so has its commitment."""
        for number, (key, ask) in enumerate(zip(order.lines, need.asks, strict=True), start=1):
            gone = ask.quantity if need.stage == "cancelled" else Decimal(0)
            self.books[PurchaseOrderLine].add(
                id=key,
                order_id=order.key,
                **self._line(need, order, number, ask),
                commitment_id=key if order.columns["status"] != "approved" else None,
                open=ask.quantity - ask.arrived - gone,
                received=ask.arrived,
                cancelled=gone,
                confirmed_quantity=ask.quantity if order.columns["confirmed"] == "confirmed" else None,
                promised_on=need.need_by if order.columns["confirmed"] == "confirmed" else None,
            )

    def _line(self, need: Need, order: Placed, number: int, ask: Any) -> dict[str, Any]:
        return {
            "number": number,
            "item_id": ask.item.pk,
            "supplier_sku": ask.offer.supplier_sku,
            "description": ask.item.description,
            "category_id": ask.item.category_id,
            "unit_id": ask.offer.unit_id,
            "numerator": ask.offer.numerator,
            "price": ask.price,
            "price_source": "list",
            "amount": ask.amount,
            "cost_center_id": need.center.pk,
            "need_by": need.need_by,
            "ordered": ask.quantity,
        }

    def _confirm(self, need: Need, order: Placed) -> None:
        books, by = self.books, f"supplier:{self.scene.portal[need.supplier.pk].pk}"
        days, hour = self.random.choice([0, 1, 1, 2, 4]), self.random.uniform(8, 14)
        when = order.at = day_of(order.at, days, hour, self.scene.until)
        sheet = books[Confirmation]
        key = sheet.last = sheet.last + 1
        chain = books.chain(Confirmation, key)
        verdicts = [[number, "as_ordered", ""] for number in range(1, len(need.asks) + 1)]
        heard = ConfirmationReceived(
            subject=chain.subject,
            order=order.number,
            revision=1,
            supplier_id=need.supplier.pk,
            header="answered",
            verdicts=verdicts,
        )
        books.record(chain, heard, by=by, at=when, verb="confirmations.receive")
        reference = f"AB-{self.random.randint(100000, 999999)}"
        for line, ask in zip(order.lines, need.asks, strict=True):
            books[ConfirmationLine].add(
                confirmation_id=key,
                order_line_id=line,
                code="accepted",
                quantity=ask.quantity,
                promised_on=need.need_by,
                verdict="as_ordered",
            )
        sheet.add(
            id=key,
            **chain.columns,
            order_id=order.key,
            status="accepted",
            revision=1,
            reference=reference,
            received_at=when,
            line_count=len(need.asks),
        )
        promises = [[number, ask.quantity, need.need_by] for number, ask in enumerate(need.asks, start=1)]
        told = OrderConfirmed(subject=order.chain.subject, number=order.number, facet="confirmed", promises=promises)
        books.record(order.chain, told, by=by, at=when, verb="confirmations.receive")
        order.columns["supplier_reference"] = reference

    def _cancel(self, need: Need, order: Placed) -> None:
        when = order.at = day_of(order.at, 2, 9, self.scene.until)
        reason = "The job was called off."
        told = OrderCancelled(
            subject=order.chain.subject,
            number=order.number,
            supplier_id=need.supplier.pk,
            reason=reason,
            was_issued=True,
            revision=2,
        )
        moved = {"status": ["issued", "cancelled"]}
        self.books.record(order.chain, told, by=str(need.buyer.actor), at=when, verb="orders.cancel", changes=moved)
        order.columns |= {
            "status": "cancelled", "revision": 2, "closed_at": when, "reason": reason,
            "confirmed": "none", "open_line_count": 0,
        }  # fmt: skip
        self._freeze(need, order, when)
        self.books[OrderRevision].rows[-1][self.books[OrderRevision].place["number"]] = 2

    def receive(self, need: Need, order: Placed, receipt: str, when: datetime) -> None:
        """The order hears of its goods, and is closed a week after the last."""
        lines = [[n, ask.arrived] for n, ask in enumerate(need.asks, start=1) if ask.arrived]
        complete = not order.columns["open_line_count"]
        told = OrderReceived(
            subject=order.chain.subject, number=order.number, receipt=receipt, lines=lines, complete=complete
        )
        self.books.record(order.chain, told, by=str(need.buyer.actor), at=when, verb="receipts.post")
        order.columns["received_at"] = when
        if need.stage == "closed":
            when = day_of(when, 7, 15.5, self.scene.until)
            closed = OrderClosed(subject=order.chain.subject, number=order.number)
            moved = {"status": ["issued", "closed"]}
            self.books.record(
                order.chain, closed, by=str(need.buyer.actor), at=when, verb="orders.close", changes=moved
            )
            order.columns |= {"status": "closed", "closed_at": when}

    def close(self, order: Placed) -> None:
        """The order's row, with the head of its chain."""
        self.books[PurchaseOrder].add(**order.columns, **order.chain.columns)
