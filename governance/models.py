"""Table of contents."""

from governance.approvals.models import ApprovalRequest, ApprovalStep, Decision, MailLink, Question, Task, Waiver
from governance.authority.models import AuthorityMatrix, Delegation, MatrixReplay, MatrixRule, ReplayedDocument
from governance.cases.models import Case, CaseNote
from governance.permits.models import Permit

__all__ = [
    "ApprovalRequest",
    "ApprovalStep",
    "AuthorityMatrix",
    "Case",
    "CaseNote",
    "Decision",
    "Delegation",
    "MailLink",
    "MatrixReplay",
    "MatrixRule",
    "Permit",
    "Question",
    "ReplayedDocument",
    "Task",
    "Waiver",
]
