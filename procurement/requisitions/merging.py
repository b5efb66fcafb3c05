"""Two requests for the same become one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from procurement.requisitions import actions, drafting, queries
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.events import RequisitionCancelled, RequisitionMerged
from procurement.requisitions.lifecycle import EDITABLE, RequisitionState
from procurement.requisitions.models import Requisition

TAKES = [*EDITABLE, RequisitionState.IN_APPROVAL]
"""States in which a request takes lines: what waits for approval goes back to draft for it."""


@verb
def merge(*, requisition: Requisition, into: Requisition, by: Actor, at: datetime, seen: int, key: str) -> Requisition:
    """Add the lines of a draft to another request, which is then sent again; the draft is cancelled.

    Lines of one item, day, supplier, unit and price become one. Whoever was asked about the other request is told that
    it was taken back. Refused once the other one is approved, or when one of them is not for this person to raise.
    """
    if requisition.pk == into.pk:
        raise Refused(_("A request is not merged with itself."))
    with deciding(requisition, by=by, seen=seen, key=key, first=[into]) as requisition:
        allow(by, "raise_requisition", requisition)
        if requisition.status not in EDITABLE:
            raise Refused(_("Only a draft can be merged: withdraw the request first."))
        with deciding(into, by=by) as other:
            allow(by, "raise_requisition", other)
            if other.status not in TAKES:
                raise Refused(_("%(number)s is approved already: ask for what is missing.") % {"number": other.number})
            if other.entity_id != requisition.entity_id or other.currency != requisition.currency:
                raise Refused(_("They are for different legal entities."))
            if other.status == RequisitionState.IN_APPROVAL:
                actions.take_back(other, by=by, at=at)
            lines = [*queries.full_lines(other), *queries.full_lines(requisition)]
            other.lines.all().delete()
            actions.write_lines(other, added_up(drafting.again(lines)), entity=other.entity, at=at)
            merged = RequisitionMerged(
                subject=other.subject,
                number=requisition.number,
                amount=other.amount,
                currency=other.currency,
                lines=other.line_count,
            )
            journal.record(merged, at=at)
        move(requisition.cancel)
        reason = _("merged with %(number)s") % {"number": other.number}
        journal.record(RequisitionCancelled(subject=requisition.subject, reason=reason), at=at)
    return other


def added_up(wanted: Iterable[Wanted]) -> list[Wanted]:
    """What is asked for twice stands there once, in the order in which it came."""
    found: dict[Wanted, Wanted] = {}
    for one in wanted:
        same = replace(one, quantity=0, note="") if one.item_id else one
        before = found.get(same)
        notes = [part for part in (before.note if before else "", one.note) if part]
        found[same] = replace(
            one, quantity=one.quantity + (before.quantity if before else 0), note="; ".join(dict.fromkeys(notes))[:200]
        )
    return list(found.values())
