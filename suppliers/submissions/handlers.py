"""Upper floors say what becomes of each kind of submission: exactly one handler a kind."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from foundation.documents.models import Recorded
from foundation.values.actor import Actor
from suppliers.submissions.models import Submission

Handler = Callable[..., dict[str, Any]]
First = Callable[[Submission], Recorded]
_handlers: dict[str, Handler] = {}
_first: dict[str, First] = {}


def handles(kind: str, *, first: First | None = None) -> Callable[[Handler], Handler]:
    """``@handles("confirmation") def confirm(submission, *, by, at) -> answer`` — runs inside the submission's door.

    ``first`` names a row that it changes and that comes before submissions in the order of locks.
    """

    def keep(function: Handler) -> Handler:
        _handlers[kind] = function
        if first:
            _first[kind] = first
        return function

    return keep


def held_first(submission: Submission) -> list[Recorded]:
    """What must be held before the submission is."""
    return [_first[submission.kind](submission)] if submission.kind in _first else []


def handle(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Apply it; the answer is what the supplier may read. Raises Refused."""
    return _handlers[submission.kind](submission, by=by, at=at)
