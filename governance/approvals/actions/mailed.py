"""Deciding by the link of a mail: good once, for one person, one step and one content."""

from datetime import datetime

from django.utils.translation import gettext as _

from foundation.door import Stale, opening, verb
from foundation.journal import queries as journal
from foundation.lifecycles import Refused
from foundation.subjects import registry as subjects
from foundation.values.actor import Actor
from governance.approvals import links
from governance.approvals.actions.deciding import decide
from governance.approvals.models import ApprovalRequest, MailLink


@verb
def decide_by_mail(
    *, link: MailLink, kind: str, comment: str = "", by: Actor, at: datetime, key: str
) -> ApprovalRequest:
    """Decide on exactly what the mail told of, and use the link up in the same transaction.

    Raises Refused if the link is used, too old or somebody else's, Stale if the document is not what it was, and
    everything that ``decide`` raises.
    """
    with opening(by=by, key=key):
        # before the request's own lock, which nobody holds while he waits for a link
        held = MailLink.objects.select_for_update().select_related(None).get(pk=link.pk)
        if not links.is_good(held, person_id=by.person_id, at=at):
            raise Refused(_("This link does nothing any more. What waits for you is in the inbox."))
        document = subjects.fetch(link.step.request.about)
        if links.is_of_other_content(held, document):
            missed = journal.since(document.subject, held.version)
            raise Stale(subject=document.subject, seen=held.version, now=document.version, difference=missed)
        request = decide(step=link.step, kind=kind, comment=comment, by=by, at=at, seen=held.version, key=key)
        MailLink.objects.filter(pk=held.pk).update(used_at=at)
    return request
