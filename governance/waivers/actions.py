"""Ask for an exception, grant it, use it, end it. Who asks does not grant."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal.turns import current
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import NotYours, allow
from foundation.values.actor import Actor
from governance.parameters.registry import declare
from governance.parameters.rules import Level
from governance.waivers.events import (
    WaiverAsked,
    WaiverEnding,
    WaiverExpired,
    WaiverGranted,
    WaiverRejected,
    WaiverRevoked,
    WaiverWithdrawn,
)
from governance.waivers.lifecycle import WaiverState
from governance.waivers.models import Waiver, WaiverUse
from governance.waivers.registry import CHECKS
from organization.entities.models import LegalEntity
from organization.items.models import Item
from organization.parties.models import Party
from organization.sites.models import Site

TOPIC = gettext_lazy("Waivers")
LONGEST_DAYS = declare(
    "waiver_days",
    words=gettext_lazy("Longest waiver"),
    help=gettext_lazy("An exception to policy ends after so many days at most, and is asked for anew."),
    topic=TOPIC, unit=gettext_lazy("days"), owner="CFO", default=183, low=1, high=730, lowest=Level.ENTITY,
)  # fmt: skip
REMINDER_DAYS = declare(
    "waiver_reminder_days",
    words=gettext_lazy("Reminder before a waiver ends"),
    help=gettext_lazy("Whoever asked for an exception is told so many days before it ends."),
    topic=TOPIC, unit=gettext_lazy("days"), owner="CFO", default=7, low=1, high=60, lowest=Level.HOUSE,
)  # fmt: skip


@verb
def ask(
    *,
    check: str,
    reason: str,
    ends_at: datetime,
    entity: LegalEntity | None = None,
    site: Site | None = None,
    supplier: Party | None = None,
    item: Item | None = None,
    about: str = "",
    about_title: str = "",
    about_url: str = "",
    by: Actor,
    at: datetime,
    key: str,
) -> Waiver:
    """Ask that a check shall not count for a document, a supplier, an item, a site; nothing changes until granted.

    Refused without a reason, a place, or an end within ``LONGEST_DAYS``.
    """
    waiver = Waiver(
        check_name=check,
        entity=site.entity if site else entity,
        site=site,
        supplier=supplier,
        item=item,
        about=about,
        about_title=about_title[:200],
        about_url=about_url,
        reason=reason.strip(),
        owner_id=by.person_id,
        asked_at=at,
        ends_at=ends_at,
    )
    allow(by, "ask_waiver", waiver)
    if objections := _objections(waiver, at):
        raise Refused(*objections)
    with deciding(waiver, by=by, key=key) as waiver:
        journal.record(WaiverAsked(**_about(waiver), reason=waiver.reason, ends_at=ends_at), at=at)
    return waiver


def _objections(waiver: Waiver, at: datetime) -> list[str]:
    found, most = [], LONGEST_DAYS.count(entity=waiver.entity_id, at=at)
    if waiver.check_name not in CHECKS:
        found.append(_("There is no check “%(name)s” that could be waived.") % {"name": waiver.check_name[:40]})
    if not waiver.reason:
        found.append(_("Say why."))
    if not (waiver.about or waiver.entity_id or waiver.supplier_id or waiver.item_id):
        found.append(_("Say for what: a document, a supplier, an item, an entity or a site."))
    if not at < waiver.ends_at <= at + timedelta(days=most):
        found.append(_("A waiver ends: say until when, at most %(days)s days from now.") % {"days": most})
    return found


@verb
def grant(*, waiver: Waiver, answer: str = "", by: Actor, at: datetime, seen: int | None = None, key: str) -> Waiver:
    with deciding(waiver, by=by, seen=seen, key=key) as waiver:
        _decides(waiver, by)
        if objections := _objections(waiver, at):
            raise Refused(*objections)
        waiver.decider_id, waiver.answer = by.person_id, answer.strip()
        move(waiver.grant, at=at)
        journal.record(WaiverGranted(**_about(waiver), ends_at=waiver.ends_at, answer=waiver.answer), at=at)
    return waiver


@verb
def reject(*, waiver: Waiver, answer: str, by: Actor, at: datetime, seen: int | None = None, key: str) -> Waiver:
    with deciding(waiver, by=by, seen=seen, key=key) as waiver:
        _decides(waiver, by)
        if not answer.strip():
            raise Refused(_("Say why not: whoever asked reads it."))
        waiver.decider_id, waiver.answer = by.person_id, answer.strip()
        move(waiver.reject, at=at)
        journal.record(WaiverRejected(**_about(waiver), answer=waiver.answer), at=at)
    return waiver


@verb
def withdraw(*, waiver: Waiver, by: Actor, at: datetime, seen: int | None = None, key: str) -> Waiver:
    with deciding(waiver, by=by, seen=seen, key=key) as waiver:
        if by.is_human and by.person_id != waiver.owner_id:
            raise NotYours("ask_waiver", str(waiver))
        move(waiver.withdraw)
        journal.record(WaiverWithdrawn(**_about(waiver)), at=at)
    return waiver


@verb
def revoke(*, waiver: Waiver, answer: str, by: Actor, at: datetime, seen: int | None = None, key: str) -> Waiver:
    """From now on the check counts again. What passed by the waiver stays passed."""
    with deciding(waiver, by=by, seen=seen, key=key) as waiver:
        allow(by, "grant_waiver", waiver)
        if not answer.strip():
            raise Refused(_("Say why: whoever asked reads it."))
        waiver.answer = answer.strip()
        move(waiver.revoke)
        journal.record(WaiverRevoked(**_about(waiver), answer=waiver.answer), at=at)
    return waiver


@verb
def remind(*, waiver: Waiver, by: Actor, at: datetime, key: str) -> Waiver:
    """Tell the owner, once, that it ends soon."""
    with deciding(waiver, by=by, key=key) as waiver:
        if waiver.status != WaiverState.GRANTED or waiver.reminded_at:
            raise Refused(_("There is nothing to remind of."))
        waiver.reminded_at = at
        journal.record(WaiverEnding(**_about(waiver), ends_at=waiver.ends_at), at=at)
    return waiver


@verb
def expire(*, waiver: Waiver, by: Actor, at: datetime, key: str) -> Waiver:
    """Its time is over by the database's clock. Only told: what covers a document is read from its end."""
    with deciding(waiver, by=by, key=key) as waiver:
        if waiver.ends_at > current().recorded_at:
            raise Refused(_("Its time is not over."))
        was_granted = waiver.status == WaiverState.GRANTED
        move(waiver.expire)
        journal.record(WaiverExpired(**_about(waiver), was_granted=was_granted), at=at)
    return waiver


def note_uses(uses: Iterable[WaiverUse]) -> None:
    """Keep which document passed what by which waiver, inside the document's own door, whose event tells it."""
    if uses := list(uses):
        WaiverUse.objects.bulk_create(uses)


def _decides(waiver: Waiver, by: Actor) -> None:
    allow(by, "grant_waiver", waiver)
    if by.is_human and by.person_id == waiver.owner_id:
        raise Refused(_("Who asks for a waiver does not grant it. Ask somebody else to."))


def _about(waiver: Waiver) -> dict[str, Any]:
    return {"subject": waiver.subject, "check": waiver.check_name, "where": waiver.where, "owner_id": waiver.owner_id}
