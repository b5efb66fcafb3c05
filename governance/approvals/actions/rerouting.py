"""Asking an open question anew by the version of the matrix that is in force."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import AS_IT_IS, deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.subjects import registry as subjects
from foundation.values.actor import Actor
from governance.approvals.actions.asking import about_of, ask, supersede
from governance.approvals.actions.passing import auto_approve
from governance.approvals.events import ApprovalRerouted
from governance.approvals.lifecycle import RequestState
from governance.approvals.models import ApprovalRequest
from governance.authority import matrices, queries
from governance.authority.models import AuthorityMatrix
from governance.authority.queries import Routed


@verb
def reroute(*, request: ApprovalRequest, matrix: AuthorityMatrix, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """Supersede a question and ask it anew with the same facts; what was decided so far stays on the old one.

    A document that nobody needs to be asked about any more is approved. Refused, and left as it is, when the question
    is closed by now, its document changed, or the version names nobody or forbids it.
    """
    document = subjects.fetch(request.about)
    handler = subjects.handler(request.about)
    with deciding(request, by=by, key=key, seen=AS_IT_IS, first=[document, *handler.lock(document)]) as held:
        allow(by, "publish_matrix")
        document = _unchanged(held)
        route = matrices.compiled_for(matrix, held.kind, queries.day_of(held.facts)).decide(
            queries.from_kept(held.facts)
        )
        routed = Routed(matrix, route, held.facts)
        if routed.objections:
            raise Refused(*routed.objections)
        told: dict[str, Any] = {
            "before": held.matrix.number if held.matrix else None,
            "after": matrix.number,
            "passes": route.auto_approved,
        }
        said: dict[str, Any] = {
            "about": document,
            "kind": held.kind,
            "title": held.title,
            "url": held.url,
            "routed": routed,
            "entity_id": held.entity_id,
            "amount": held.amount,
            "currency": held.currency,
            "at": at,
        }
        if route.auto_approved:
            supersede(about=document, by=by, at=at)
            auto_approve(**said)
            handler.on_granted(document, by=by, at=at)
        else:
            who: dict[str, Any] = {"site_id": held.site_id, "requester_id": held.requester_id, "barred": held.barred}
            ask(**said, **who, by=by)
        journal.record(ApprovalRerouted(**about_of(held), **told), at=at)
    return held


def _unchanged(held: ApprovalRequest) -> Any:
    """The document under its lock, as it was when the question was asked."""
    document = subjects.fetch(held.about)
    if held.status != RequestState.OPEN:
        raise Refused(_("This is decided: %(state)s.") % {"state": held.get_status_display().lower()})
    if document.version != held.about_version:
        raise Refused(_("The document changed since it was asked about."))
    return document
