"""Nobody needs to be asked: that is kept too, with the facts that said so."""

from datetime import datetime
from decimal import Decimal

from foundation.documents.models import Recorded
from foundation.journal import actions as journal
from governance.approvals import reviewing
from governance.approvals.events import ReviewDue
from governance.approvals.models import AutoApproval
from governance.authority.queries import Routed


def auto_approve(
    *,
    about: Recorded,
    kind: str,
    title: str,
    url: str,
    routed: Routed,
    entity_id: int,
    amount: Decimal,
    currency: str,
    at: datetime,
) -> AutoApproval:
    """Keep that a document passed by itself, inside the document's own door, whose event tells it.

    ``amount`` is in the entity's currency, as limits are. Emergencies and a share of the others are reviewed.
    """
    if not routed.route.auto_approved:
        raise ValueError(f"{about.subject} does not pass by itself.")
    named = {"about": about.subject, "kind": kind, "title": title[:200], "url": url}
    if review := reviewing.after_passing(about.subject, routed.facts):
        told = ReviewDue(
            subject=about.subject,
            **named,
            review=review,
            entity_id=entity_id,
            site_id=routed.facts["site"],
            amount=amount,
            currency=currency,
            requester_id=getattr(about, "requester_id", None),
        )
        journal.record(told, at=at)
    return AutoApproval.objects.create(
        **named,
        matrix=routed.matrix,
        facts=routed.facts,
        entity_id=entity_id,
        amount=amount,
        currency=currency,
        asked_at=at,
    )
