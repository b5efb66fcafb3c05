"""Table of contents."""

from governance.approvals.models import ApprovalRequest, ApprovalStep, Decision, MailLink, Question, Task
from governance.authority.models import AuthorityMatrix, Delegation, MatrixRule
from governance.cases.models import Case, CaseNote

__all__ = [
    "ApprovalRequest",
    "ApprovalStep",
    "AuthorityMatrix",
    "Case",
    "CaseNote",
    "Decision",
    "Delegation",
    "MailLink",
    "MatrixRule",
    "Question",
    "Task",
]
