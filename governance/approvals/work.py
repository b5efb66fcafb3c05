"""The inbox as a tab of the work page."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from governance.approvals import queries
from governance.approvals.models import Task


def waiting(actor: Actor) -> QuerySet[Task]:
    return queries.tasks_of(actor.person_id or 0, at=now())


def rows(actor: Actor, limit: int) -> list[WorkRow]:
    """Soonest due first; one query."""
    at = now()
    return [
        WorkRow(
            kind=_("Approval"),
            icon="stamp",
            identity=row.title,
            url=reverse("governance:inbox-card", args=[row.step]),
            why=_("for %(person)s") % {"person": row.on_behalf_of}
            if row.on_behalf_of
            else _("you are the %(role)s") % {"role": row.role.lower()},
            tone="bad" if row.is_overdue(at) else "wait",
            counterparty=row.requester,
            amount=row.amount,
            currency=row.currency,
            due_at=row.due_at,
            since=row.asked_at,
        )
        for row in queries.inbox(actor.person_id or 0, at=at, limit=limit)
    ]
