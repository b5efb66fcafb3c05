"""Is everything in step, and if not: what, and since when."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.journal import events
from foundation.journal import queries as journal
from foundation.journal.models import Delivery
from foundation.screens.tones import BAD, INFO, OK, WARN
from foundation.screens.work import WorkRow
from foundation.values.actor import Actor
from integration.deliveries import flows

Status = Delivery.Status
PATIENCE = timedelta(minutes=2)
"""How long something may wait before a flow is not in step."""

LATELY = """
select f.name,
       (select max(d.done_at) from foundation_delivery d where d.subscriber = f.name and d.status = 'done'),
       (select count(*) from foundation_delivery d
        where d.subscriber = f.name and d.attempts > 1 and d.done_at > now() - interval '24 hours')
from unnest(%s::text[]) as f(name)"""


@dataclass(frozen=True)
class Flow:
    """One subscriber: what waits for it, what it failed at, when it last heard something."""

    subscriber: str
    waiting: int
    parked: int
    oldest: datetime | None
    last_success: datetime | None
    failed: int

    @property
    def label(self) -> str:
        return flows.label(self.subscriber)

    @property
    def leaves_the_house(self) -> bool:
        return self.subscriber in flows.OUT

    @property
    def is_late(self) -> bool:
        return self.oldest is not None and self.oldest < now() - PATIENCE

    @property
    def tone(self) -> str:
        return BAD if self.parked else WARN if self.is_late else INFO if self.waiting else OK

    @property
    def words(self) -> str:
        if self.parked:
            return ngettext("%(n)s needs help", "%(n)s need help", self.parked) % {"n": self.parked}
        if self.is_late:
            return _("Behind")
        return _("On its way") if self.waiting else _("In step")


def flow_lines() -> list[Flow]:
    """Every flow, those in trouble first, then those that leave the house. Two queries."""
    known = {name for listeners in events.subscribers.values() for name in listeners}
    tried = Q(attempts__gt=0)
    """What was tried in vain waits for its next try, which lies ahead: it is behind all the same."""
    open_ = (
        Delivery.objects.filter(status__in=[Status.READY, Status.PARKED])
        .values("subscriber")
        .annotate(
            waiting=Count("id", filter=Q(status=Status.READY)),
            parked=Count("id", filter=Q(status=Status.PARKED)),
            oldest=Min("entry__recorded_at", filter=Q(status=Status.READY) & (Q(next_at__lte=now()) | tried)),
        )
    )
    open_by_name = {row["subscriber"]: row for row in open_}
    names = sorted(known | open_by_name.keys())
    with connection.cursor() as cursor:
        cursor.execute(LATELY, [names])
        lately = {name: (last, failed) for name, last, failed in cursor.fetchall()}
    found = [_flow(name, open_by_name.get(name, {}), *lately[name]) for name in names]
    return sorted(found, key=lambda flow: (not flow.parked, not flow.is_late, not flow.leaves_the_house, flow.label))


def _flow(name: str, row: dict, last: datetime | None, failed: int) -> Flow:
    parked = row.get("parked", 0)
    return Flow(name, row.get("waiting", 0), parked, row.get("oldest"), last, failed + parked)


def delivery_rows() -> QuerySet[Delivery]:
    """For lists and pages. Who may see integrations sees all of them: they are the system's, not a site's."""
    return Delivery.objects.select_related("entry")


def deliveries_about(subject: str) -> list[Delivery]:
    """What leaves the house about one document, newest first."""
    rows = delivery_rows().filter(entry__subject=subject, subscriber__in=list(flows.ERP_FLOWS))
    return list(rows.order_by("-id")[:20])


def parked(_actor: Actor) -> QuerySet[Delivery]:
    return journal.parked()


def parked_work(_actor: Actor, limit: int) -> list[WorkRow]:
    return [
        WorkRow(
            kind=_("Message"),
            icon="unplug",
            identity=flows.number_of(delivery.entry),
            url=reverse("integration:delivery", args=[delivery.pk]),
            why=delivery.note or _("Needs help"),
            tone="bad",
            counterparty=flows.label(delivery.subscriber),
            since=delivery.entry.recorded_at,
        )
        for delivery in journal.parked()[:limit]
    ]
