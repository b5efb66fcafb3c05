"""Table of contents."""

from governance.approvals.models import ApprovalRequest, ApprovalStep, AutoApproval, Decision, MailLink, Question, Task
from governance.authority.models import AuthorityMatrix, Delegation, MatrixReplay, MatrixRule, ReplayedDocument
from governance.cases.models import Case, CaseNote
from governance.parameters.models import ParameterValue
from governance.permits.models import Permit
from governance.waivers.models import Waiver, WaiverUse

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
    "ParameterValue",
    "Permit",
    "Question",
    "ReplayedDocument",
    "Task",
    "Waiver",
    "WaiverUse",
]
