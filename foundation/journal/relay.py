"""Carries committed entries to their subscribers: listens, and looks by itself when nobody rings.

Every claim is committed before the call and every result is written only by the claim's own token. What a dead
process left behind is taken up one at a time, so that one poisonous entry cannot use up the attempts of its
neighbors. Any number of relays may run; while Celery's workers are heard from, they are handed the work in batches.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg

from foundation.failpoints import failpoint
from foundation.journal import leases
from foundation.journal.actions import BELL
from foundation.journal.carrying import BACKOFF, TRIES, Carrier
from foundation.journal.leases import HANDED, LEFT_BEHIND, NEW, Claim
from foundation.journal.listening import ear, patiently
from foundation.journal.tasks import LEASE, PONG
from foundation.journal.workers import Workers

log = logging.getLogger("countersign.relay")
STARTS = 3
"""How often a process may die over one delivery before it is parked."""


class Relay:
    """One loop: take what is due, carry it or hand it over, sleep until the bell or the next due instant."""

    def __init__(
        self,
        *,
        lease: float = LEASE,
        poll: float = 5.0,
        limit: int = 64,
        batch: int = 8,
        patience: float = 15.0,
        tries: int = TRIES,
        starts: int = STARTS,
        backoff: float = BACKOFF,
        hands: int = 8,
        workers: Workers | None = None,
        loud: bool = False,
    ) -> None:
        self.lease, self.poll, self.limit, self.batch = lease, poll, limit, batch
        self.patience, self.starts, self.workers = patience, starts, workers
        pool = ThreadPoolExecutor(hands, thread_name_prefix="hand") if hands > 1 else None
        self.carrier = Carrier(lease=lease, tries=tries, backoff=backoff, hands=pool, loud=loud)
        self.stopping = False

    def stop(self) -> None:
        """End after the batch at hand."""
        self.stopping = True

    def run(self, *, until: Callable[[], bool] = lambda: False) -> None:
        """Until stopped. A database that goes away is waited for."""
        patiently(lambda: self.listen(until), lambda: self.stopping)

    def listen(self, until: Callable[[], bool]) -> None:
        with ear(BELL) as line:
            while not (self.stopping or until()):
                self.work()
                self.sleep(line)

    def work(self) -> int:
        """Everything that is due now; how many deliveries were taken."""
        taken = total = 0
        while not self.stopping and (taken := self.once(LEFT_BEHIND, limit=1)):
            total += taken
        while not self.stopping and (taken := self.once(NEW, limit=self.limit)):
            total += taken
        return total

    def once(self, which: str, *, limit: int) -> int:
        """Take one batch and see it through, or hand it over."""
        handed = self.workers is not None and self.workers.are_there()
        since = time.monotonic()
        claims = leases.claim(
            which, limit=limit, lease=self.lease, starts=self.starts, patience=self.patience, handed=handed
        )
        sound = [claim for claim in claims if not claim.is_parked]
        for claim in claims:
            if claim.is_parked:
                log.error("delivery %s to %s is parked: its callers died", claim.pk, claim.subscriber)
        if handed and sound:
            sound, since = self.hand_over(sound), time.monotonic()
        if sound:
            self.carrier.carry(sound, since=since)
        return len(claims)

    def hand_over(self, claims: list[Claim]) -> list[Claim]:
        """Send batches to the workers; what they do not get, or did not begin last time, is leased to ourselves."""
        assert self.workers is not None
        ours = [claim for claim in claims if claim.note == HANDED]
        if ours:
            self.workers.deaf()
        theirs = [claim for claim in claims if claim.note != HANDED]
        for place in range(0, len(theirs), self.batch):
            batch = theirs[place : place + self.batch]
            if not self.workers.hand_over([(claim.pk, claim.token) for claim in batch]):
                ours += theirs[place:]
                break
            failpoint("hand.sent")
        return leases.start([(claim.pk, claim.token) for claim in ours], lease=self.lease) if ours else []

    def sleep(self, line: psycopg.Connection) -> None:
        """Until the bell, the next due instant or the poll, in short steps so that stopping is quick."""
        soonest = leases.seconds_to_next()
        wake = time.monotonic() + (self.poll if soonest is None else min(max(soonest, 0.005), self.poll))
        rung = False
        while not (rung or self.stopping) and (left := wake - time.monotonic()) > 0:
            for notice in line.notifies(timeout=min(left, 1.0), stop_after=1):
                if notice.payload == PONG and self.workers is not None:
                    self.workers.heard()
                else:
                    rung = True


def drain(*, loud: bool = True) -> int:
    """Deliver everything that is due, in this connection, and what becomes due by it; how many deliveries.

    For flow tests and the shell: works inside a test's transaction. A subscriber's fault is raised here, unless
    ``loud`` is off; what is an answer ("the ERP cannot be reached") is noted and tried again later, as always.
    """
    relay = Relay(hands=1, loud=loud)
    return relay.work()
