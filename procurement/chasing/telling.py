"""Write to the supplier about what is late, then to the buyer. One mail for a rung and a person, never two."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.values.portal_roles import PortalRole
from organization.notifications import actions as notifications
from procurement.chasing.events import ChaseClimbed
from procurement.chasing.models import Chase, Late
from procurement.chasing.parameters import TOLD
from procurement.orders import queries
from procurement.orders.models import PurchaseOrder
from procurement.orders.replies import reply_address
from suppliers.suppliers import invitations

PURPOSES = {Late.CONFIRMATION: "orders", Late.SHIPMENT: "deliveries"}
WHOSE = {Late.CONFIRMATION: (PortalRole.ORDERS,), Late.SHIPMENT: (PortalRole.SHIPPING,)}


def address_of(order: PurchaseOrder, purpose: str, *, at: datetime) -> str:
    """Where it was agreed to write about this; empty: to everybody of the supplier."""
    return queries.terms_in_force(order, at.date()).contacts.get(purpose, "")


def words_of(order: PurchaseOrder) -> dict[str, Any]:
    """What every mail about an order says of it."""
    return {
        "buyer": order.entity.name,
        "site": order.site.name,
        "lines": order.line_count,
        "amount": f"{order.amount:,.2f}",
        "currency": order.currency,
        "answer_by": f"{order.confirm_by:%d %b %Y %H:%M} UTC" if order.confirm_by else "",
    }


def tell(event: ChaseClimbed, *, key: str, at: datetime) -> None:
    """Below ``TOLD`` the supplier, there the buyer; above it the case has told its owner."""
    rows = Chase.objects.everywhere(because="delivered by the relay")
    related = ("order__supplier__party", "order__site", "order__entity", "order__buyer")
    chase = rows.select_related(*related).get(pk=event.document_id)
    if chase.settled_at is not None:
        return
    if event.step < TOLD:
        _supplier(chase, event.step, key=key, at=at)
    elif event.step == TOLD and chase.order.buyer is not None:
        _buyer(chase, key=key, at=at)


def _supplier(chase: Chase, step: int, *, key: str, at: datetime) -> None:
    write_late(chase.order, Late(chase.kind), chase.due_at.date(), is_again=step > 1, key=key, at=at)


def write_late(order: PurchaseOrder, kind: Late, due: date, *, is_again: bool = False, key: str, at: datetime) -> None:
    """To whom it was agreed to write about this, what is late since when."""
    said = {"due": f"{due:%d %b %Y}", "is_again": is_again}
    invitations.write_to(
        supplier=order.supplier,
        about=order.public_id,
        title=f"Order {order.number}",
        words=words_of(order) | said,
        kind=f"late_{kind}",
        roles=WHOSE[kind],
        address=address_of(order, PURPOSES[kind], at=at),
        reply_to=reply_address(order),
        key=key,
        at=at,
    )


def _buyer(chase: Chase, *, key: str, at: datetime) -> None:
    order = chase.order
    said = {"order": order.number, "supplier": order.supplier.party.name}
    text = (
        _("%(supplier)s has not answered %(order)s, after two reminders. Call them.")
        if chase.kind == Late.CONFIRMATION
        else _("%(supplier)s does not say where the goods of %(order)s are, after two reminders. Call them.")
    )
    notifications.tell(
        person=order.buyer,
        kind="chase",
        subject=order.subject,
        text=text % said,
        url=reverse("procurement:order", args=[order.number]),
        key=key,
        at=at,
    )
