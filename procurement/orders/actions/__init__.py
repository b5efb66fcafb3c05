"""What can be done with an order."""

from procurement.orders.actions.draft import Taken, draft
from procurement.orders.actions.end import cancel, cancel_remainder, cancel_rest, close
from procurement.orders.actions.hand_over import hand_over
from procurement.orders.actions.issue import issue
from procurement.orders.actions.listen import note_confirmed, note_posted
from procurement.orders.actions.receive import note_received, note_reversed, note_sent_back
from procurement.orders.actions.revise import Delta, revise

__all__ = [
    "Delta",
    "Taken",
    "cancel",
    "cancel_remainder",
    "cancel_rest",
    "close",
    "draft",
    "hand_over",
    "issue",
    "note_confirmed",
    "note_posted",
    "note_received",
    "note_reversed",
    "note_sent_back",
    "revise",
]
