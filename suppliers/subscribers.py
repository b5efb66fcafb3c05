"""What suppliers hear: a submission came in; an account, a document, a dispute or a decision needs a letter."""

from django.utils.timezone import now

from foundation.journal.events import subscribe
from governance.cases.events import CaseReopened, CaseResolved, CaseSolvedItself
from suppliers.banking import telling as banking
from suppliers.banking.events import AccountApproved, AccountProposed
from suppliers.compliance.events import RiskJudged
from suppliers.disputes import following
from suppliers.disputes import telling as disputes
from suppliers.disputes.events import DisputeOverdue, DisputeSaid, DisputeStuck
from suppliers.documents import showing
from suppliers.documents import telling as documents
from suppliers.documents.events import (
    AboutDocument,
    DocumentAccepted,
    DocumentRefused,
    DocumentRunsOut,
    DocumentSent,
)
from suppliers.scorecards import telling as scorecards
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


@subscribe(DisputeSaid)
def tell_other_side(event: DisputeSaid, *, key: str) -> None:
    disputes.tell(event, key=key, at=now())


@subscribe(DisputeOverdue)
def remind_of_answer(event: DisputeOverdue, *, key: str) -> None:
    disputes.remind(event, key=key, at=now())


@subscribe(DisputeStuck)
def tell_what_stands_against(event: DisputeStuck, *, key: str) -> None:
    disputes.tell_stuck(event, key=key, at=now())


@subscribe(CaseResolved, CaseSolvedItself, CaseReopened)
def follow_case(event: CaseResolved | CaseSolvedItself | CaseReopened, *, key: str) -> None:
    following.follow(event.document_id, at=now())


@subscribe(CaseResolved)
def write_what_was_decided(event: CaseResolved, *, key: str) -> None:
    scorecards.tell(event, key=key, at=now())
