"""The request being carried out in this thread. Apart, so that the journal and the door need not know each other."""

from contextvars import ContextVar
from typing import Any

open_turn: ContextVar[Any] = ContextVar("open_turn", default=None)


class Silent(AssertionError):
    """Something changed and nothing was recorded, or something was recorded where nothing may change."""


def current() -> Any:
    """The open turn: ``by``, ``recorded_at`` (the database's clock), ``rows`` held."""
    if (turn := open_turn.get()) is None:
        raise Silent("Nothing can be recorded outside a door.")
    return turn
