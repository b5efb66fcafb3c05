"""Celery's workers as the relay sees them: there or not, and never waited for.

The broker is a doorbell, not a ledger. A relay hands over only while it hears from workers; a broker that refuses,
hangs or swallows messages costs a second here and there, after which the relay delivers by itself.
"""

import threading
import time
from collections.abc import Sequence
from typing import Any

from celery import current_app

from foundation.journal import tasks

FAST = {
    "socket_timeout": 1,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
}
"""Options of the relay's own connection to the broker: no patience."""


class Workers:
    """Hands batches to Celery while somebody is known to be there."""

    def __init__(self, *, ping: float = 20.0, fresh: float = 60.0, timeout: float = 1.5, pause: float = 15.0) -> None:
        self.ping_every, self.fresh, self.timeout, self.pause = ping, fresh, timeout, pause
        self._heard = self._pinged = self._away_until = float("-inf")
        self._sending: threading.Thread | None = None
        self._broker = Broker()

    def heard(self) -> None:
        """A worker rang."""
        self._heard = time.monotonic()

    def deaf(self) -> None:
        """What was handed over was not begun in time: nobody is believed to be there until somebody rings."""
        self._heard = float("-inf")

    def are_there(self) -> bool:
        """Whether to hand over now. Asks now and then whether anybody is there; the answer comes by the bell."""
        now = time.monotonic()
        if now < self._away_until or (self._sending is not None and self._sending.is_alive()):
            return False
        if now - self._pinged > self.ping_every:
            self._pinged = now
            self._send([])
        return now - self._heard < self.fresh

    def hand_over(self, pairs: Sequence[tuple[int, int]]) -> bool:
        """Send one batch; False if the broker did not take it at once. A sending that hangs is left behind: should
        its message arrive after all, its tokens have been replaced and it does nothing."""
        if self._sending is not None:
            self._sending.join(self.timeout)
            if self._sending.is_alive():
                return self._gone()
        outcome = self._send(pairs)
        assert self._sending
        self._sending.join(self.timeout)
        return bool(outcome) or self._gone()

    def _send(self, pairs: Sequence[tuple[int, int]]) -> list[bool]:
        """Publish in a thread of its own; the list is filled when the broker has the message."""
        outcome: list[bool] = []
        self._sending = threading.Thread(target=self._broker.send, args=(pairs, outcome), daemon=True)
        self._sending.start()
        return outcome

    def _gone(self) -> bool:
        self._away_until = time.monotonic() + self.pause
        return False


class Broker:
    """One connection, kept while it works and thrown away when it does not."""

    link: Any = None

    def send(self, pairs: Sequence[tuple[int, int]], outcome: list[bool]) -> None:
        try:
            if self.link is None:
                options = {**current_app.conf.broker_transport_options, **FAST}
                self.link = current_app.connection_for_write(connect_timeout=1, transport_options=options)
            batch = [list(pair) for pair in pairs]
            tasks.deliver.apply_async(kwargs={"batch": batch}, connection=self.link, retry=False, expires=60)
            outcome.append(True)
        except Exception:  # refused, unreachable, misconfigured: the relay delivers by itself
            self.link = None
