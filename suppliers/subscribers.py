"""What suppliers hear: a submission came in."""

from foundation.journal.events import subscribe
from suppliers.submissions import actions as submissions
from suppliers.submissions.events import SubmissionReceived
from suppliers.submissions.models import Submission


@subscribe(SubmissionReceived)
def answer_submission(event: SubmissionReceived, *, key: str) -> None:
    submission = Submission.objects.everywhere(because="delivered by the relay").get(pk=event.document_id)
    submissions.answer(submission=submission, at=submission.received_at, key=key)
