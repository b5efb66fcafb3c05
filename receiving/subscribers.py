"""What receiving hears: orders change what is expected, trucks come on another day, invoices are matched again."""

from datetime import date

from django.utils.timezone import now
from django.utils.translation import gettext as _

from finance.invoices import actions as invoices
from foundation.journal.events import subscribe
from foundation.values.actor import system
from foundation.values.days import day_text
from organization.notifications import actions as notifications
from organization.scopes import queries as scopes
from organization.sites.models import Site
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
from receiving.notices.events import ArrivalReplanned

OrderEvent = (
    OrderIssued | OrderRevised | OrderConfirmed | OrderCancelled | LineClosedShort | OrderReceived | OrderSentBack
)


@subscribe(OrderIssued, OrderRevised, OrderConfirmed, OrderCancelled, LineClosedShort, OrderReceived, OrderSentBack)
def expect_goods(event: OrderEvent, *, key: str) -> None:
    arrivals.refresh([event.document_id])


@subscribe(ArrivalReplanned)
def tell_the_dock(event: ArrivalReplanned, *, key: str) -> None:
    """A truck comes on another day: whoever receives at that site is told at once."""
    site = Site.objects.get(pk=event.site_id)
    where = {"site": {site.pk}, "entity": {site.entity_id}, "supplier": {event.supplier_id}}
    said = {"number": event.number, "day": day_text(date.fromisoformat(event.arrives_on)), "reason": event.reason}
    text = _("%(number)s now arrives on %(day)s. %(reason)s") % said
    people = {m.person for m in scopes.holders(scopes.roles_with("receive_goods")) if scopes.covers(m.scope, where)}
    for person in sorted(people, key=lambda one: one.pk):
        notifications.tell(
            person=person,
            kind="arrival_replanned",
            subject=event.subject,
            text=text.strip(),
            url=f"/ship-notices/{event.number}/",
            key=key,
            at=now(),
        )


@subscribe(OrderReceived)
def match_waiting_invoices(event: OrderReceived, *, key: str) -> None:
    invoices.rematch_order(order_number=event.number, by=system("match"), at=now(), key=key)
