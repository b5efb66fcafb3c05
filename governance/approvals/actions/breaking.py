"""Letting an urgent document pass without its steps. It is told everywhere and reviewed afterwards by somebody else."""

from datetime import datetime

from django.utils.translation import gettext as _

from foundation.documents.models import Recorded
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.subjects import registry as subjects
from foundation.values.actor import Actor
from governance.approvals import queries, rules
from governance.approvals.actions.asking import about_of, void
from governance.approvals.actions.deciding import grant
from governance.approvals.events import GlassBroken
from governance.approvals.models import ApprovalRequest
from governance.authority.facts import Urgency


@verb
def break_glass(*, about: Recorded, reason: str, by: Actor, at: datetime, seen: int, key: str) -> ApprovalRequest:
    """Let a document that waits for approval pass at once, by one who is named for it there (``break_glass``).

    Duties stay apart: never one's own request, never one that one took part in; whoever does it does not review it.
    Needs a fresh proof. Raises NotYours without the verb, Refused without urgency or reason, Stale when it is not what
    was seen.
    """
    if not reason.strip():
        raise Refused(_("Say why it cannot wait: whoever reviews it reads this."))
    request = queries.open_request(about)
    if request is None:
        raise Refused(_("Nobody is asked at the moment, so there is nothing to pass by."))
    first = [about, *subjects.handler(request.about).lock(about)]
    with deciding(request, by=by, seen=seen, key=key, of=about, first=first, proof=True) as request:
        allow(by, "break_glass", about)
        _check(request, by)
        request.broken_by_id, request.broken_because = by.person_id, reason.strip()[:2000]
        void(request)
        told = GlassBroken(
            **about_of(request), person_id=by.person_id or 0, reason=request.broken_because, amount=request.amount
        )
        journal.record(told, at=at)
        grant(request, by=by, at=at)
    return request


def _check(request: ApprovalRequest, by: Actor) -> None:
    if request.closed_at is not None:
        raise Refused(_("Nobody is asked at the moment, so there is nothing to pass by."))
    if request.facts.get("urgency", Urgency.NORMAL) == Urgency.NORMAL:
        raise Refused(_("Only what is urgent passes without its approvals: this was not asked for as urgent."))
    objection = rules.objection(
        decider=by.person_id or 0,
        stands_in_for=None,
        requester=request.requester_id,
        barred=request.barred,
        spoke=queries.spoke(request),
    )
    if objection:
        raise Refused(_("You took part in this document: somebody else who is named for it must do this."))
