"""Errands: what somebody waits for in front of a page, so that it cannot stand in line with deliveries.

The relay's process runs each in a thread of its own, which listens for the errand's bell and looks by itself when
nobody rings. Any number of relays may run: an errand bears being done twice at a time.
"""

import logging
import threading
from collections.abc import Callable

from django.db import connections

from foundation.journal.listening import AWAY, ear, patiently

log = logging.getLogger("countersign.relay")
POLL = 5.0
"""Seconds between looks when nobody rings."""
Work = Callable[[], object]
errands: dict[str, Work] = {}
"""By the bell that calls for each."""


def errand(bell: str) -> Callable[[Work], Work]:
    """Declare what is done whenever the bell rings, and now and then."""

    def declare(work: Work) -> Work:
        errands[bell] = work
        return work

    return declare


def run_all(over: threading.Event) -> None:
    """Start every errand beside what this process does; the threads end with it."""
    for bell, work in errands.items():
        threading.Thread(target=run, args=(bell, work, over), name=f"errand {bell}", daemon=True).start()


def run(bell: str, work: Work, over: threading.Event, *, poll: float = POLL) -> None:
    """Do the errand until it is over. A database that goes away is waited for; what breaks is tried again."""

    def attend() -> None:
        with ear(bell) as line:
            while not over.is_set():
                attempt(work)
                for _ in line.notifies(timeout=poll, stop_after=1):
                    pass

    try:
        patiently(attend, over.is_set)
    finally:
        connections.close_all()


def attempt(work: Work) -> None:
    try:
        work()
    except AWAY:
        raise
    except Exception:
        log.exception("an errand broke; it is tried again")
