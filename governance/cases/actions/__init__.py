"""What can be done about cases."""

from governance.cases.actions.opening import auto_resolve, open_
from governance.cases.actions.settling import close, reopen, resolve
from governance.cases.actions.working import add_note, ask_internal, ask_supplier, assign, escalate, go_on, take, work

__all__ = [
    "add_note",
    "ask_internal",
    "ask_supplier",
    "assign",
    "auto_resolve",
    "close",
    "escalate",
    "go_on",
    "open_",
    "reopen",
    "resolve",
    "take",
    "work",
]
