"""Entrances for Celery: deliver what the relay handed over, seal the journal."""

import time
from typing import Any

from celery import shared_task
from django.db import connection

from foundation.journal import leases, sealing
from foundation.journal.actions import BELL
from foundation.journal.carrying import Carrier

LEASE = 20.0
PONG = "worker"
"""What a worker rings with, so that relays know that somebody takes what they hand over."""


@shared_task(name="foundation.journal.tasks.deliver", ignore_result=True)
def deliver(*, batch: list[list[int]], **later: Any) -> int:
    """Deliver a batch of (delivery, token), each begun and finished by itself: one call that kills the worker costs
    its neighbors nothing. An empty batch is a relay asking whether anybody is there."""
    carrier, delivered = Carrier(lease=LEASE), 0
    for pair in batch:
        since = time.monotonic()
        delivered += carrier.carry(leases.start([pair], lease=LEASE), since=since)
    with connection.cursor() as cursor:
        cursor.execute(f"notify {BELL}, '{PONG}'")
    return delivered


@shared_task(name="foundation.journal.tasks.clock_seal", expires=60)
def clock_seal(**later: Any) -> int:
    """Seal what was committed since the last time."""
    seal = sealing.seal()
    return seal.entries if seal else 0
