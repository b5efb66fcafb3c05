"""What receiving hears: orders change what is expected; receipts let invoices be matched again."""

from django.utils.timezone import now

from finance.invoices import actions as invoices
from foundation.journal.events import subscribe
from foundation.values.actor import system
from procurement.orders.events import (
    LineClosedShort,
    OrderCancelled,
    OrderConfirmed,
    OrderIssued,
    OrderReceived,
    OrderRevised,
    OrderSentBack,
)
from receiving.arrivals import actions as arrivals

OrderEvent = (
    OrderIssued | OrderRevised | OrderConfirmed | OrderCancelled | LineClosedShort | OrderReceived | OrderSentBack
)


@subscribe(OrderIssued, OrderRevised, OrderConfirmed, OrderCancelled, LineClosedShort, OrderReceived, OrderSentBack)
def expect_goods(event: OrderEvent, *, key: str) -> None:
    arrivals.refresh([event.document_id])


@subscribe(OrderReceived)
def match_waiting_invoices(event: OrderReceived, *, key: str) -> None:
    invoices.rematch_order(order_number=event.number, by=system("match"), at=now(), key=key)
