"""Asking for a permit, and what the approvers' answer makes of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from foundation.documents.models import Recorded
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.numbering import actions as numbering
from foundation.values.actor import Actor
from governance.approvals import actions as approvals
from governance.approvals.cards import Tile
from governance.authority.kinds import KINDS, PERMITS
from governance.authority.queries import Routed, route_for
from governance.permits.events import PermitAsked, PermitGranted, PermitRefused
from governance.permits.lifecycle import PermitState
from governance.permits.models import Permit
from organization.entities.models import LegalEntity


@verb
def ask(
    *,
    kind: str,
    about: Recorded,
    about_title: str,
    about_url: str,
    entity: LegalEntity,
    site_id: int | None,
    amount: Decimal,
    reason: str,
    category_ids: Iterable[int] = (),
    tiles: Iterable[Tile] = (),
    facts: Mapping[str, Any] | None = None,
    words: Mapping[str, str] | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Permit:
    """Ask whoever the matrix names for this kind and amount (in the entity's currency), inside a door or on its own.

    ``tiles`` are what the card shows besides, ``words`` further inputs of the matrix, ``facts`` what the asking flow
    needs to go on: it hears ``PermitGranted`` or ``PermitRefused``.

    Raises Refused without reason or amount, when it is asked for already, or when the matrix names nobody.
    """
    if kind not in PERMITS:
        raise ValueError(f"{kind} is no kind of permit.")
    if not reason.strip():
        raise Refused(_("Say why: whoever decides reads it."))
    if amount <= 0:
        raise Refused(_("Say how much is at stake: an amount above zero."))
    if Permit.objects.filter(kind=kind, about=about.subject, status=PermitState.ASKED).exists():
        raise Refused(_("It is asked for already."))
    place = {"entity_id": entity.pk, "site_id": site_id, "category_ids": category_ids}
    routed = route_for(kind=kind, **place, amount=amount, at=at, **(words or {}))
    if routed.objections:
        raise Refused(*routed.objections)
    permit = Permit(
        number=numbering.take("PT", entity.code, at.date()),
        kind=kind,
        about=about.subject,
        about_title=about_title[:200],
        about_url=about_url,
        reason=reason.strip()[:2000],
        entity=entity,
        site_id=site_id,
        requester_id=by.person_id,
        amount=amount,
        currency=entity.currency,
        tiles=[{"label": str(one.label), "tone": one.tone, "words": str(one.words)} for one in tiles],
        facts=dict(facts or {}),
        asked_at=at,
    )
    with deciding(permit, by=by, key=key) as permit:
        journal.record(PermitAsked(**of(permit), reason=permit.reason), at=at)
        _route(permit, routed, by=by, at=at)
    return permit


def _route(permit: Permit, routed: Routed, *, by: Actor, at: datetime) -> None:
    tiles = [*permit.tiles, {"label": _("Why"), "tone": "neutral", "words": permit.reason[:300]}]
    said: dict[str, Any] = {
        "about": permit,
        "kind": permit.kind,
        "title": f"{KINDS[permit.kind]}: {permit.about_title}",
        "url": permit.about_url,
        "routed": Routed(routed.matrix, routed.route, routed.facts | {"tiles": tiles}),
        "entity_id": permit.entity_id,
        "amount": permit.amount,
        "currency": permit.currency,
        "at": at,
    }
    if routed.route.auto_approved:
        approvals.auto_approve(**said)
        _grant(permit, at=at)
    else:
        approvals.ask(**said, site_id=permit.site_id, requester_id=permit.requester_id, by=by)


def grant(*, permit: Permit, by: Actor, at: datetime) -> Permit:
    """Everybody said yes. Called by the subject door."""
    with deciding(permit, by=by) as permit:
        _grant(permit, at=at)
    return permit


def _grant(permit: Permit, *, at: datetime) -> None:
    move(permit.grant, at=at)
    journal.record(PermitGranted(**of(permit)), at=at)


def refuse(*, permit: Permit, reason: str, by: Actor, at: datetime) -> Permit:
    """Rejected or sent back: either way the flow goes on without it, and may ask again."""
    with deciding(permit, by=by) as permit:
        move(permit.refuse, at=at)
        journal.record(PermitRefused(**of(permit), reason=reason), at=at)
    return permit


def of(permit: Permit) -> dict[str, Any]:
    """What every event of a permit says."""
    names = ("number", "kind", "about", "amount", "currency", "facts")
    return {"subject": permit.subject} | {name: getattr(permit, name) for name in names}
