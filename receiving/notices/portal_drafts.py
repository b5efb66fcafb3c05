"""What somebody typed of a truck and has not sent: kept at every step, dropped when it is sent or begun anew."""

from datetime import datetime

from django.http import QueryDict

from foundation.values.actor import Actor
from procurement.orders.models import PurchaseOrder
from receiving.notices.models import NoticeDraft

LONGEST = 400_000
"""More than a thousand lines; what is longer is not kept."""
OF_THE_REQUEST = ("csrfmiddlewaretoken", "key", "seen", "do", "another", "join", "leave")


def keep(order: PurchaseOrder, actor: Actor, typed: QueryDict, *, at: datetime) -> None:
    """One statement: what was kept before is replaced."""
    said = typed.copy()
    if joined := said.get("join"):
        said.appendlist("with", joined)
    if left := said.get("leave"):
        said.setlist("with", [one for one in said.getlist("with") if one != left])
    for name in OF_THE_REQUEST:
        said.pop(name, None)
    text = said.urlencode()
    if len(text) <= LONGEST:
        NoticeDraft.objects.bulk_create(
            [NoticeDraft(person_id=actor.person_id, order=order, typed=text, saved_at=at)],
            update_conflicts=True,
            unique_fields=["person", "order"],
            update_fields=["typed", "saved_at"],
        )


def drop(order: PurchaseOrder, actor: Actor) -> None:
    NoticeDraft.objects.filter(order=order, person=actor.person_id).delete()
