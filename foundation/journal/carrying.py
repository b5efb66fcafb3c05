"""Calling subscribers with what was claimed, and judging how it went."""

import logging
import random
import time
from collections.abc import Sequence
from concurrent.futures import Executor

from django.db import close_old_connections

from foundation.failpoints import failpoint
from foundation.journal import leases
from foundation.journal.events import NeedsHelp, rebuild, subscribers
from foundation.journal.leases import Claim, Result
from foundation.journal.models import Delivery, Entry
from foundation.lifecycles import Refused

TRIES, BACKOFF, LONGEST = 12, 5.0, 900.0
"""Attempts before parking (about an hour and a half), the first pause, the longest."""
log = logging.getLogger("countersign.relay")


class Carrier:
    """Carries claimed deliveries to their subscribers, some at a time, and writes the results."""

    def __init__(
        self,
        *,
        lease: float,
        tries: int = TRIES,
        backoff: float = BACKOFF,
        hands: Executor | None = None,
        loud: bool = False,
    ) -> None:
        self.lease, self.tries, self.backoff, self.hands, self.loud = lease, tries, backoff, hands, loud

    def carry(self, claims: Sequence[Claim], *, since: float) -> int:
        """Call every subscriber once and write how it went. ``since`` is when the lease began (monotonic)."""
        entries = Entry.objects.in_bulk([claim.entry_id for claim in claims])
        work = [(claim, entries[claim.entry_id], since) for claim in claims]
        if self.hands is not None and len(work) > 1:
            results = list(self.hands.map(lambda one: self.call(*one), work))
        else:
            results = [self.call(*one) for one in work]
        return leases.finish(results) if results else 0

    def call(self, claim: Claim, entry: Entry, since: float) -> Result:
        """One delivery. Its key is its own number, so whoever is called may be called twice."""
        if time.monotonic() - since > self.lease / 2:  # the batch was slow: let somebody begin with a fresh lease
            return Result(claim.pk, claim.token, Delivery.Status.READY, unburnt=1)
        try:
            if self.hands is not None:
                close_old_connections()
            failpoint("call.before")
            listen = subscribers[entry.name].get(claim.subscriber)
            if listen is None:
                raise LookupError(f"Nobody listens as {claim.subscriber} any more.")
            listen(rebuild(entry.name, entry.facts), key=f"delivery:{claim.pk}")
            failpoint("call.after")
            return Result(claim.pk, claim.token, Delivery.Status.DONE)
        except Refused as refused:  # the rules answered: there is nothing to try again
            return Result(claim.pk, claim.token, Delivery.Status.DONE, f"refused: {refused}"[:400])
        except Exception as error:  # whatever a subscriber raises is the delivery's fate, not the process's
            if self.loud and is_fault(error):
                raise
            return self.failed(claim, error)

    def failed(self, claim: Claim, error: Exception) -> Result:
        note = f"{type(error).__name__}: {error}"[:400]
        if claim.attempts >= self.tries or isinstance(error, NeedsHelp):
            log.error("delivery %s to %s is parked: %s", claim.pk, claim.subscriber, note)
            return Result(claim.pk, claim.token, Delivery.Status.PARKED, note)
        pause = random.uniform(0.5, 1) * min(self.backoff * 2 ** (claim.attempts - 1), LONGEST)
        return Result(claim.pk, claim.token, Delivery.Status.READY, note, pause)


def is_fault(error: Exception) -> bool:
    """Whether an error is our own mistake: a bare one of Python, Django or the foundation. What a package raises of
    its own ("the ERP cannot be reached") is an answer."""
    if isinstance(error, NeedsHelp):
        return False
    return type(error).__module__.partition(".")[0] in ("builtins", "django", "psycopg", "foundation")
