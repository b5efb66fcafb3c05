"""Table of contents."""

from governance.access.models import AccessReview, ConflictAcceptance, ReviewItem, Right
from governance.approvals.models import ApprovalRequest, ApprovalStep, Decision, MailLink, Question, Task, Waiver
from governance.authority.models import AuthorityMatrix, Delegation, MatrixReplay, MatrixRule, ReplayedDocument
from governance.cases.models import Case, CaseNote

__all__ = [
    "AccessReview",
    "ApprovalRequest",
    "ApprovalStep",
    "AuthorityMatrix",
    "Case",
    "CaseNote",
    "ConflictAcceptance",
    "Decision",
    "Delegation",
    "MailLink",
    "MatrixReplay",
    "MatrixRule",
    "Question",
    "ReplayedDocument",
    "ReviewItem",
    "Right",
    "Task",
    "Waiver",
]
