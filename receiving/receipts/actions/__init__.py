"""What can be done with a goods receipt."""

from receiving.receipts.actions.count import add_line, count, discard, start
from receiving.receipts.actions.post import post
from receiving.receipts.actions.reverse import note_posted, reverse

__all__ = ["add_line", "count", "discard", "note_posted", "post", "reverse", "start"]
