"""Some verbs want to know that the person is still there: a session can be stolen, a passkey or a code not so easily.

An action says so where it opens its door: ``deciding(matrix, by=by, ..., proof=True)``. Whoever acts by himself (the
clock, an import) has no passkey and is not asked.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from foundation.values.actor import PERSON, Actor

FRESH_FOR = timedelta(minutes=5)
EVERYBODY, ENROLLED = "everybody", "enrolled"
"""What STEP_UP_ASKS can be: who is asked for a proof."""

_has_factor: list[Callable[[Actor], bool]] = []


class ProofNeeded(Exception):
    """The last strong proof is too old, or there was none. After a fresh one the same request goes through."""

    def __init__(self) -> None:
        super().__init__(_("This needs a fresh proof that it is you."))


def provide(has_factor: Callable[[Actor], bool]) -> None:
    """Say once who knows whether a person has something to prove himself with."""
    _has_factor[:] = [has_factor]


def insist(by: Actor, *, at: datetime) -> None:
    """Go on, or raise ProofNeeded. ``at`` is the database's clock, as the instant of the proof is."""
    if by.kind != PERSON or is_fresh(by.proved_at, at=at):
        return
    if settings.STEP_UP_ASKS == ENROLLED and not has_factor(by):
        return
    raise ProofNeeded


def is_fresh(proved_at: datetime | None, *, at: datetime) -> bool:
    return proved_at is not None and at - proved_at <= FRESH_FOR


def has_factor(by: Actor) -> bool:
    return any(known(by) for known in _has_factor)
