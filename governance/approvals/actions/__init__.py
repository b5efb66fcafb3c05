"""What can be done about approvals: ask or let pass, decide, take back, withdraw; question, pass, put off, remind."""

from governance.approvals.actions.asking import ask, restaff, supersede, withdraw
from governance.approvals.actions.deciding import Early, apply_decision, decide, take_back
from governance.approvals.actions.handing import nudge, reassign, snooze
from governance.approvals.actions.mailed import decide_by_mail
from governance.approvals.actions.passing import auto_approve
from governance.approvals.actions.questions import answer_question, ask_question
from governance.approvals.actions.rerouting import reroute

__all__ = [
    "Early",
    "answer_question",
    "apply_decision",
    "ask",
    "ask_question",
    "auto_approve",
    "decide",
    "decide_by_mail",
    "nudge",
    "reassign",
    "reroute",
    "restaff",
    "snooze",
    "supersede",
    "take_back",
    "withdraw",
]
