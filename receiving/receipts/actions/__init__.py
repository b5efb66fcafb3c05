"""What can be done with a goods receipt."""

from receiving.receipts.actions.count import add_line, as_announced, count, nothing_more
from receiving.receipts.actions.post import post
from receiving.receipts.actions.reverse import note_posted, reverse
from receiving.receipts.actions.scan import scan
from receiving.receipts.actions.start import discard, start

__all__ = [
    "add_line",
    "as_announced",
    "count",
    "discard",
    "note_posted",
    "nothing_more",
    "post",
    "reverse",
    "scan",
    "start",
]
