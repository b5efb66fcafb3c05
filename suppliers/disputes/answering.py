"""What becomes of what a supplier says in a dispute."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.files import actions as files
from foundation.files.models import StoredFile
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from governance.cases.models import Case
from suppliers.disputes import actions as disputes
from suppliers.disputes.actions import Offer
from suppliers.disputes.models import LONGEST, Dispute, Does
from suppliers.submissions import reading
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind

MOST_FILES = 5


@handles(SubmissionKind.DISPUTE)
def answer(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"does": "says" | "offers" | "agrees" | "refuses", "text", "number": of the proposal that is answered,
    "settlement", "amount", "day", "files": [{"sha256", "name"}]}`` about the public id of a dispute of its own."""
    everywhere = Dispute.objects.everywhere(because="bound to the submission's supplier")
    bound = everywhere.filter(public_id=submission.about, supplier_id=submission.supplier_id)
    dispute = bound.select_related("case").first()
    if dispute is None:
        raise Refused(_("There is no such dispute."))
    body = submission.body
    said = {"case": dispute.case, "text": text_of(body), "by": by, "at": at}
    match reading.text(body, "does", 8):
        case Does.AGREES:
            disputes.agree(**said, number=reading.whole(body, "number"))
        case Does.REFUSES:
            disputes.refuse(**said, number=reading.whole(body, "number"))
        case Does.OFFERS:
            _may_follow(dispute, body)
            disputes.write(**said, offer=_offer(body), files=files_of(body, dispute.case, by=by, at=at))
        case _:
            disputes.write(**said, files=files_of(body, dispute.case, by=by, at=at))
    return {"about": dispute.about, "does": reading.text(body, "does", 8)}


def text_of(body: dict[str, Any]) -> str:
    """As long as it is: too long is said, not cut."""
    return reading.text(body, "text", LONGEST + 1)


def files_of(body: dict[str, Any], case: Case, *, by: Actor, at: datetime) -> list[StoredFile]:
    """The files that came along, judged anew from their bytes."""
    sent = reading.rows(body, "files")
    if len(sent) > MOST_FILES:
        raise Refused(_("At most %(n)s files at once.") % {"n": MOST_FILES})
    return [
        files.take_up(
            sha256=reading.text(one, "sha256", 64),
            name=reading.text(one, "name", 120),
            about=case.subject,
            by=by,
            at=at,
        )
        for one in sent
    ]


def _may_follow(dispute: Dispute, body: dict[str, Any]) -> None:
    """A proposal takes the place of the last one only by somebody who has read that."""
    if dispute.open_offer and reading.whole(body, "seen", default=0) < dispute.open_offer:
        raise Refused(_("The buyer made a proposal meanwhile: read it, then agree or propose yours again."))


def _offer(body: dict[str, Any]) -> Offer:
    return Offer(
        settlement=reading.text(body, "settlement", 20),
        amount=reading.maybe_number(body, "amount"),
        day=reading.maybe_day(body, "day"),
    )
