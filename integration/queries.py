"""Whether the house runs degraded: what a banner on every page must know."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.screens.policy import holds
from foundation.screens.troubles import Trouble
from foundation.values.actor import PERSON, Actor
from integration.deliveries import flows
from integration.deliveries.queries import PATIENCE, flow_lines

log = logging.getLogger("countersign.integration")
KEPT = "integration:health"

HEALTH = """
with mark as materialized (select clock_timestamp() - make_interval(secs => %(patience)s) as at), late as materialized (
    select e.recorded_at, d.status from foundation_delivery d join foundation_entry e on e.id = d.entry_id
    where d.status in ('ready', 'parked') and d.subscriber = any(%(flows)s)
      and (d.status = 'parked' or d.attempts > 0) and e.recorded_at < (select at from mark)),
gone as materialized (
    select e.recorded_at, d.status from foundation_delivery d join foundation_entry e on e.id = d.entry_id
    where d.status in ('ready', 'parked') and d.subscriber = any(%(partners)s)
      and (d.status = 'parked' or d.attempts > 0) and e.recorded_at < (select at from mark))
select (select count(*) from late where status = 'ready'), (select min(recorded_at) from late where status = 'ready'),
       (select count(*) from late where status = 'parked') + (select count(*) from gone where status = 'parked'),
       least((select min(recorded_at) from late where status = 'parked'),
             (select min(recorded_at) from gone where status = 'parked')),
       (select d.next_at from foundation_delivery d
        where d.status = 'ready' and d.lease_until is null and d.next_at < (select at from mark)
          and not exists (select from foundation_delivery f where f.lane = d.lane and f.number < d.number
                          and f.status in ('ready', 'parked'))
        order by d.next_at, d.id limit 1),
       (select min(asked_at) from foundation_job
        where status = 'waiting' and asked_at < (select at from mark)),
       case when not exists (select from organization_mail where status = 'waiting' and next_at < (select at from mark))
            then null
            when exists (select from organization_mail where sent_at > (select at from mark)) then null
            else (select min(next_at) from organization_mail where status = 'waiting') end,
       (select min(recorded_at) from gone where status = 'ready'),
       (select count(*) from integration_outboundmessage where status = 'sent' and due_at < (select at from mark)),
       (select min(due_at) from integration_outboundmessage where status = 'sent' and due_at < (select at from mark))"""
"""A delivery that was tried in vain tells of the ERP; one that is due, first in its lane and nobody's, of the relay;
a job that nobody began of the workers; a mail that is due while none was sent lately of them too."""

OF_ERP = ("issue_order", "receive_goods", "release_invoice", "see_integration")
OF_MAIL = ("issue_order", "edit_supplier", "see_integration")
OF_PARTNERS = ("issue_order", "work_message", "see_integration")
OF_JOBS = ("import_data", "see_integration")


@dataclass(frozen=True)
class Degraded:
    """A flow out of the house that is behind, in words."""

    label: str
    words: str
    since: datetime | None


class Health(NamedTuple):
    """Since when something is behind, by the database's clock; None where all is well."""

    erp_waiting: int = 0
    erp: datetime | None = None
    parked_count: int = 0
    parked: datetime | None = None
    relay: datetime | None = None
    jobs: datetime | None = None
    mail: datetime | None = None
    partners: datetime | None = None
    unanswered_count: int = 0
    unanswered: datetime | None = None


def degraded() -> list[Degraded]:
    """Flows to other systems that are behind or need help, one by one. Two queries, for pages about them."""
    late = [flow for flow in flow_lines() if flow.leaves_the_house and (flow.parked or flow.is_late)]
    return [Degraded(flow.label, flow.words, flow.oldest) for flow in late]


def health() -> Health:
    """What is behind. One query, whose answer is kept some seconds for everybody; without a cache each page asks."""
    kept_for = settings.TROUBLE_SECONDS
    if not kept_for:
        return _asked()
    try:
        kept = cache.get(KEPT)
    except Exception:
        log.exception("The cache does not answer: every page asks for itself what is behind")
        return _asked()
    if kept is None:
        kept = tuple(_asked())
        cache.set(KEPT, kept, kept_for)
    return Health(*kept)


def _asked() -> Health:
    said = {
        "flows": list(flows.ERP_FLOWS),
        "partners": list(flows.PARTNER_FLOWS),
        "patience": PATIENCE.total_seconds(),
    }
    with connection.cursor() as cursor:
        cursor.execute(HEALTH, said)
        return Health(*cursor.fetchone())


def troubles(actor: Actor) -> list[Trouble]:
    """What somebody of ours must know: what does not work, what does, what to do. The portal is told nothing of it."""
    if actor.kind != PERSON:
        return []
    now = health()
    may = partial(_holds_any, actor)
    monitor = reverse("integration:monitor") if may(["see_integration"]) else ""
    found = []
    if now.relay:
        found.append(_relay(now.relay, monitor))
    if now.erp and may(OF_ERP):
        found.append(_erp(now.erp, now.erp_waiting, monitor))
    if now.parked and may(["replay_delivery"]):
        found.append(_parked(now.parked, now.parked_count))
    if now.partners and may(OF_PARTNERS):
        found.append(_partners(now.partners))
    if now.unanswered and may(OF_PARTNERS):
        found.append(_unanswered(now.unanswered, now.unanswered_count))
    if now.jobs and may(OF_JOBS):
        found.append(_jobs(now.jobs, monitor))
    if now.mail and may(OF_MAIL):
        found.append(_mail(now.mail, monitor))
    return found


def _holds_any(actor: Actor, verbs: Sequence[str]) -> bool:
    return any(holds(actor, verb) for verb in verbs)


def _relay(since: datetime, url: str) -> Trouble:
    return Trouble(
        what=_("What one part of the house tells another is not passed on"),
        since=since,
        still=_("Everything that you enter is kept and takes its turn later."),
        todo=_("Go on working; lists of what follows from it may be behind. If it lasts, tell who runs Countersign."),
        url=url,
    )


def _erp(since: datetime, count: int, url: str) -> Trouble:
    said = ngettext(
        "The ERP does not take our messages: %(n)s waits", "The ERP does not take our messages: %(n)s wait", count
    )
    return Trouble(
        what=said % {"n": count},
        since=since,
        still=_("Ordering, receiving and invoices go on; each is sent by itself when the ERP answers again."),
        todo=_("Do not enter them there by hand: they would stand there twice."),
        url=url,
    )


def _parked(since: datetime, count: int) -> Trouble:
    said = ngettext(
        "%(n)s message to another system was refused", "%(n)s messages to other systems were refused", count
    )
    return Trouble(
        what=said % {"n": count},
        since=since,
        still=_("Everything else is delivered; what follows about the same document waits behind it."),
        todo=_("Put right what is wrong, then send it again or let it be."),
        url=f"{reverse('integration:deliveries')}?view=parked",
    )


def _partners(since: datetime) -> Trouble:
    return Trouble(
        what=_("A supplier's system does not take our messages"),
        since=since,
        still=_("Orders stand in the portal and in the mails all the same; each is sent by itself later."),
        todo=_("Call the supplier about what cannot wait."),
        url=f"{reverse('integration:sent')}?view=waiting",
    )


def _unanswered(since: datetime, count: int) -> Trouble:
    said = ngettext(
        "%(n)s message to a supplier's system was not acknowledged in time",
        "%(n)s messages to suppliers' systems were not acknowledged in time",
        count,
    )
    return Trouble(
        what=said % {"n": count},
        since=since,
        still=_("They were sent; whether anybody could read them is not known."),
        todo=_("Ask the supplier whether they arrived, and send again what did not."),
        url=f"{reverse('integration:sent')}?view=unanswered",
    )


def _jobs(since: datetime, url: str) -> Trouble:
    return Trouble(
        what=_("Long work such as imports and large exports is not begun"),
        since=since,
        still=_("All pages and small exports work; what was asked for is kept in line."),
        todo=_("You need not start it again. If it lasts, tell who runs Countersign."),
        url=url,
    )


def _mail(since: datetime, url: str) -> Trouble:
    return Trouble(
        what=_("Mails are not sent"),
        since=since,
        still=_("Issued orders stand in the portal, and every mail is kept and sent later."),
        todo=_("Call the supplier about what cannot wait."),
        url=url,
    )
