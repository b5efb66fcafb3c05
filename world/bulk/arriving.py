"""Receipts and invoices as rows."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from finance.invoices.events import InvoiceCaptured, InvoiceMatched, InvoicePosted, InvoiceReleased
from finance.invoices.models import Invoice, InvoiceLine
from foundation.values.exact import half_up
from receiving.receipts.events import GoodsReceived, ReceiptPosted, ReceiptStarted, RestCounted
from receiving.receipts.models import Receipt, ReceiptLine
from world.bulk.books import Books
from world.bulk.drawing import Need, day_of
from world.bulk.ordering import ERP, Ordering, Placed
from world.scene import Scene

KINDS = [Receipt, ReceiptLine, Invoice, InvoiceLine]
TAX = {"NL": 21, "GB": 20, "DE": 19, "BE": 21, "FR": 20, "IE": 23}
MATCHED = "As ordered and received, within tolerance."


class Arriving:
    def __init__(self, scene: Scene, books: Books, ordering: Ordering) -> None:
        self.scene, self.books, self.ordering, self.random = scene, books, ordering, scene.random

    def receive(self, need: Need, order: Placed) -> None:
        """One truck brought what came so far; an hour later it is stock."""
        books, receiver = self.books, self.scene.who("Receiver", need.site)
        late = self.random.randint(1, 5) if self.random.random() < 0.15 else 0
        days = max(1, (need.need_by - order.at.date()).days + late - self.random.randint(0, 2))
        started = day_of(order.at, days, self.random.uniform(7, 13), self.scene.until - timedelta(hours=2))
        by, when = str(receiver.actor), started + timedelta(hours=1)
        came = [(key, ask) for key, ask in zip(order.lines, need.asks, strict=True) if ask.arrived]
        number = books.number("GR", need.entity.code, started.date())
        sheet = books[Receipt]
        key = sheet.last = sheet.last + 1
        chain = books.chain(Receipt, key)
        about: dict[str, Any] = {"subject": chain.subject, "number": number}
        place: dict[str, Any] = {"site_id": need.site.pk, "supplier_id": need.supplier.pk}
        begun = ReceiptStarted(**about, **place, lines=len(came))
        books.record(chain, begun, by=by, at=started, verb="receipts.start")
        counted = RestCounted(subject=chain.subject, lines=len(came), as_announced=True)
        books.record(chain, counted, by=by, at=when, verb="receipts.count")
        items = [[ask.item.pk, ask.arrived] for _key, ask in came]
        goods = GoodsReceived(**about, **place, lines=len(came), discrepancies=0, orders=[order.number], items=items)
        books.record(chain, goods, by=by, at=when, verb="receipts.post", changes={"status": ["open", "posted"]})
        books.record(chain, ReceiptPosted(**about, erp_number=f"ERP-{number}"), by=ERP, at=when, verb="note_posted")
        for position, (line, ask) in enumerate(came, start=1):
            row = books[ReceiptLine].last + 1
            books[ReceiptLine].add(
                id=row,
                receipt_id=key,
                number=position,
                order_line_id=line,
                item_id=ask.item.pk,
                description=ask.item.description,
                expected=ask.arrived,
                is_counted=True,
                tries=1,
                accepted=ask.arrived,
                lot=f"L{self.random.randint(1000, 9999)}" if ask.item.tracks_lots else "",
                accrual_id=row,
            )
        sheet.add(
            id=key,
            **chain.columns,
            **place,
            number=number,
            status="posted",
            line_count=len(came),
            counted_count=len(came),
            posted_at=when,
            delivery_note=f"DN-{self.random.randint(100000, 999999)}",
            arrived_at=started,
            receiver=by,
            erp_number=f"ERP-{number}",
        )
        self.ordering.receive(need, order, number, when)
        if when < self.scene.until - timedelta(days=3) or self.random.random() < 0.4:
            self.bill(need, order, when)

    def bill(self, need: Need, order: Placed, arrived_at: datetime) -> None:
        """What came is billed some days later; most of it is released by now."""
        books, until = self.books, self.scene.until
        when = day_of(arrived_at, self.random.randint(0, 5), self.random.uniform(9, 14), until)
        number = books.number("INV", need.entity.code, when.date())
        by = f"supplier:{self.scene.portal[need.supplier.pk].pk}"
        paid_at = day_of(when, self.random.randint(1, 6), 10, until + timedelta(days=30))
        status = "released" if paid_at < until else "matched"
        sheet = books[Invoice]
        key = sheet.last = sheet.last + 1
        chain = books.chain(Invoice, key)
        percent = Decimal(TAX[need.entity.country])
        net, said = self._billed(need, order, key, percent)
        tax = half_up(net * percent / 100, 2)
        theirs = f"{need.supplier.party.name[:2].upper()}{key:07d}"
        about: dict[str, Any] = {"subject": chain.subject, "number": number}
        money: dict[str, Any] = {"total": net + tax, "currency": need.supplier.currency}
        whose: dict[str, Any] = {"supplier_number": theirs, "supplier_id": need.supplier.pk}
        captured = InvoiceCaptured(**about, **whose, **money)
        matched = InvoiceMatched(**about, status="matched", variance=Decimal(0), lines=said)
        books.record(chain, captured, matched, by=by, at=when, verb="invoices.capture")
        if status == "released":
            lead = str(self.scene.who("AP lead", need.site).actor)
            released = InvoiceReleased(**about, **whose, **money, straight_through=False)
            moved = {"status": ["matched", "released"]}
            books.record(chain, released, by=lead, at=paid_at, verb="invoices.release", changes=moved)
            posted = InvoicePosted(**about, erp_number=f"ERP-{number}")
            books.record(chain, posted, by=ERP, at=paid_at, verb="invoices.note_posted")
        sheet.add(
            id=key,
            **chain.columns,
            number=number,
            public_id=uuid5(NAMESPACE_OID, number),
            supplier_number=theirs,
            entity_id=need.entity.pk,
            supplier_id=need.supplier.pk,
            invoiced_on=when.date(),
            due_on=when.date() + timedelta(days=30),
            currency=need.supplier.currency,
            net_amount=net,
            tax_amount=tax,
            total_amount=net + tax,
            received_at=when,
            captured_by=by,
            status=status,
            matched_at=when,
            released_at=paid_at if status == "released" else None,
            erp_number=f"ERP-{number}" if status == "released" else "",
        )

    def _billed(self, need: Need, order: Placed, invoice: int, percent: Decimal) -> tuple[Decimal, list[list[Any]]]:
        """The lines of an invoice: what they come to, and what the match says of them."""
        net, said = Decimal(0), []
        for line, ask in zip(order.lines, need.asks, strict=True):
            if not ask.arrived:
                continue
            amount = half_up(ask.arrived * ask.price, 2)
            net += amount
            said.append([len(said) + 1, "matched", MATCHED])
            self.books[InvoiceLine].add(
                invoice_id=invoice,
                number=len(said),
                description=ask.item.description,
                order_number=order.number,
                commitment_id=line,
                quantity=ask.arrived,
                price=ask.price,
                amount=amount,
                tax_percent=percent,
                verdict="matched",
                sentence=MATCHED,
            )
        return net, said
