"""The one thing the portal writes about business: a submission. And the page on which it is answered."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.door.door import answer as first_answer
from foundation.door.door import fingerprint
from foundation.door.refusals import Repeated
from foundation.door.turn import Turn, asked
from foundation.journal import chain
from foundation.journal.models import Entry
from foundation.journal.models import Turn as TurnRow
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import is_partial
from foundation.values.actor import Actor
from suppliers.submissions.events import SubmissionReceived
from suppliers.submissions.lifecycle import SubmissionState
from suppliers.submissions.models import OF_COLLEAGUES, OF_THE_FIRM, Submission, SubmissionKind
from suppliers.suppliers.models import Channel

VERB = "suppliers.submissions.actions.submit"
"""The name that keys are kept under, the same as where the back office takes a submission in."""
PATIENCE = 40
"""How often the page asks before it says that it takes longer than usual."""


def submit(*, supplier_id: int, kind: str, about: UUID | None, body: dict[str, Any], by: Actor, key: str) -> Submission:
    """Keep word for word what the supplier says, with its entry, in the transaction of the request.

    The same as ``submissions.submit``, without a door: the portal's role locks nothing and changes nothing. The
    database checks that order, supplier and person belong together, makes the delivery and wakes the relay. The same
    key twice is one submission, with other content KeyReused.
    """
    said = {"supplier": supplier_id, "kind": kind, "about": about, "channel": Channel.PORTAL, "body": body}
    mine = asked.set((VERB, fingerprint(said)))
    try:
        turn = Turn(by, key)
    except Repeated as repeated:
        return first_answer(repeated.turn_id)  # type: ignore[return-value]
    finally:
        asked.reset(mine)
    submission = Submission(
        supplier_id=supplier_id,
        kind=kind,
        about=about,
        channel=Channel.PORTAL,
        by=str(by),
        body=body,
        received_at=turn.recorded_at,
        version=1,
    )
    submission.save(force_insert=True)
    event = SubmissionReceived(subject=submission.subject, kind=kind, supplier_id=supplier_id, channel=Channel.PORTAL)
    (forged,) = chain.link(submission, [(event, turn.recorded_at, None, True)], turn=turn, changes={})
    forged.entry.save(force_insert=True)
    return submission


@require_GET
@policy(policy.SUPPLIER)
def sent(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What became of one submission. While it is on its way the page asks again by itself."""
    submission = find(Submission.objects.visible_to(request.actor), public_id=public_id)
    context = {"submission": submission, "said": said_of(submission), **waiting(request, [submission])}
    template = "portal/submissions/sent.html"
    return render(request, f"{template}#result" if is_partial(request) else template, context)


@require_GET
@policy(policy.SUPPLIER)
def sent_together(request: HttpRequest, key: str) -> HttpResponse:
    """What became of several submissions that were sent by one press."""
    turns = TurnRow.objects.filter(actor=str(request.actor), verb=VERB, key__startswith=f"{key}:")
    subjects = Entry.objects.filter(turn__in=turns).values_list("subject", flat=True)
    ids = [int(subject.partition(":")[2]) for subject in subjects]
    mine = Submission.objects.visible_to(request.actor).filter(pk__in=ids).order_by("pk")
    if not (submissions := list(mine)):
        raise Http404
    context = {"submissions": submissions, **waiting(request, submissions)}
    template = "portal/submissions/sent_together.html"
    return render(request, f"{template}#result" if is_partial(request) else template, context)


def waiting(request: HttpRequest, submissions: list[Submission]) -> dict[str, Any]:
    """Whether something is still on its way, and how often the page has asked."""
    text = request.GET.get("asked", "0")
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    is_waiting = any(one.status == SubmissionState.RECEIVED for one in submissions)
    return {"is_waiting": is_waiting, "asked": count + 1, "is_slow": count >= PATIENCE}


def said_of(submission: Submission) -> str:
    """The template that puts the answer into words."""
    known = (
        SubmissionKind.CONFIRMATION,
        SubmissionKind.SHIP_NOTICE,
        SubmissionKind.NOTICE_UPDATE,
        SubmissionKind.INVOICE,
        SubmissionKind.CONTEST,
        SubmissionKind.MESSAGE,
    )
    if submission.kind in OF_THE_FIRM:
        return "portal/submissions/own.html"
    if submission.kind in OF_COLLEAGUES:
        return "portal/submissions/colleague.html"
    return f"portal/submissions/{submission.kind if submission.kind in known else 'other'}.html"
