"""What suppliers hear: a submission came in; an account or a document needs a letter to the supplier."""

from django.utils.timezone import now

from foundation.journal.events import subscribe
from suppliers.banking import telling as banking
from suppliers.banking.events import AccountApproved, AccountProposed
from suppliers.compliance.events import RiskJudged
from suppliers.documents import showing
from suppliers.documents import telling as documents
from suppliers.documents.events import (
    AboutDocument,
    DocumentAccepted,
    DocumentRefused,
    DocumentRunsOut,
    DocumentSent,
)
from suppliers.submissions import actions as submissions
from suppliers.submissions.events import SubmissionReceived
from suppliers.submissions.models import Submission
from suppliers.suppliers.events import PortalPersonInvited


@subscribe(SubmissionReceived)
def answer_submission(event: SubmissionReceived, *, key: str) -> None:
    submission = Submission.objects.everywhere(because="delivered by the relay").get(pk=event.document_id)
    submissions.answer(submission=submission, at=submission.received_at, key=key)


@subscribe(AccountProposed, AccountApproved)
def write_about_account(event: AccountProposed | AccountApproved, *, key: str) -> None:
    banking.tell(event, key=key, at=now())


@subscribe(DocumentSent, DocumentAccepted, DocumentRefused, DocumentRunsOut)
def show_documents(event: AboutDocument, *, key: str) -> None:
    showing.refresh([event.supplier_id])


@subscribe(PortalPersonInvited, RiskJudged)
def show_what_is_asked(event: PortalPersonInvited | RiskJudged, *, key: str) -> None:
    showing.refresh([event.document_id])


@subscribe(DocumentRefused, DocumentRunsOut)
def write_about_document(event: DocumentRefused | DocumentRunsOut, *, key: str) -> None:
    documents.tell(event, key=key, at=now())
