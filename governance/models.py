"""Table of contents."""

from governance.access.models import AccessReview, ConflictAcceptance, ReviewItem, Right
from governance.approvals.models import ApprovalRequest, ApprovalStep, AutoApproval, Decision, MailLink, Question, Task
from governance.authority.models import AuthorityMatrix, Delegation, MatrixReplay, MatrixRule, ReplayedDocument
from governance.cases.models import Case, CaseNote
from governance.parameters.models import ParameterValue
from governance.permits.models import Permit
from governance.waivers.models import Waiver, WaiverUse

__all__ = [
    "AccessReview",
    "ApprovalRequest",
    "ApprovalStep",
    "AuthorityMatrix",
    "AutoApproval",
    "Case",
    "CaseNote",
    "ConflictAcceptance",
    "Decision",
    "Delegation",
    "MailLink",
    "MatrixReplay",
    "MatrixRule",
    "ParameterValue",
    "Permit",
    "Question",
    "ReplayedDocument",
    "ReviewItem",
    "Right",
    "Task",
    "Waiver",
    "WaiverUse",
]
