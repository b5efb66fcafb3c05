"""Upper floors say what becomes of each kind of submission: exactly one handler a kind."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from foundation.values.actor import Actor
from suppliers.submissions.models import Submission

Handler = Callable[..., dict[str, Any]]
_handlers: dict[str, Handler] = {}


def handles(kind: str) -> Callable[[Handler], Handler]:
    """``@handles("confirmation") def confirm(submission, *, by, at) -> answer`` — runs inside the submission's door."""

    def keep(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return keep


def handle(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """Apply it; the answer is what the supplier may read. Raises Refused."""
    return _handlers[submission.kind](submission, by=by, at=at)
