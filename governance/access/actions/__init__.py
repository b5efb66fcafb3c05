"""What can be done about conflicts of duties and in reviews of access."""

from governance.access.actions.accepting import accept, ask_acceptance, decline, expire, take_back
from governance.access.actions.answering import keep, let_go, remove
from governance.access.actions.reviewing import call_off, escalate, finish, remind, start

__all__ = [
    "accept",
    "ask_acceptance",
    "call_off",
    "decline",
    "escalate",
    "expire",
    "finish",
    "keep",
    "let_go",
    "remind",
    "remove",
    "start",
    "take_back",
]
