"""What can be done about approvals: ask or let pass, decide, take back, withdraw; question, pass, put off, remind.

The clock reminds, escalates and sends back too.
"""

from governance.approvals.actions.asking import ask, restaff, supersede, withdraw
from governance.approvals.actions.breaking import break_glass
from governance.approvals.actions.deciding import Early, apply_decision, decide, take_back
from governance.approvals.actions.escalating import escalate, remind, return_unanswered
from governance.approvals.actions.handing import nudge, reassign, snooze
from governance.approvals.actions.mailed import decide_by_mail
from governance.approvals.actions.passing import auto_approve
from governance.approvals.actions.questions import answer_question, ask_question
from governance.approvals.actions.rerouting import reroute
from governance.approvals.actions.together import approve_many

__all__ = [
    "Early",
    "answer_question",
    "apply_decision",
    "approve_many",
    "ask",
    "ask_question",
    "auto_approve",
    "break_glass",
    "decide",
    "decide_by_mail",
    "escalate",
    "nudge",
    "reassign",
    "remind",
    "reroute",
    "restaff",
    "return_unanswered",
    "snooze",
    "supersede",
    "take_back",
    "withdraw",
]
