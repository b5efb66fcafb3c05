"""Table of contents."""

from governance.approvals.models import ApprovalRequest, ApprovalStep, AutoApproval, Decision, MailLink, Question, Task
from governance.authority.models import AuthorityMatrix, Delegation, MatrixReplay, MatrixRule, ReplayedDocument
from governance.cases.models import Case, CaseNote

__all__ = [
    "ApprovalRequest",
    "ApprovalStep",
    "AuthorityMatrix",
    "AutoApproval",
    "Case",
    "CaseNote",
    "Decision",
    "Delegation",
    "MailLink",
    "MatrixReplay",
    "MatrixRule",
    "Question",
    "ReplayedDocument",
    "Task",
]
