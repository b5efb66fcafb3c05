"""Entrances for the clock: documents and contracts that end, failures that no longer count, answers that are late."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from celery import shared_task
from django.utils.timezone import now

from foundation.door import Busy
from foundation.lifecycles import Refused
from foundation.values.actor import DEADLINE, Actor
from suppliers.compliance import actions as compliance
from suppliers.compliance import queries as failures
from suppliers.contracts import actions as contracts
from suppliers.contracts import queries as agreed
from suppliers.disputes import actions as disputes
from suppliers.disputes import queries as threads
from suppliers.documents import actions as documents
from suppliers.documents import queries as papers
from suppliers.documents import showing

CLOCK = Actor(DEADLINE, "suppliers")
MOST = 200


@shared_task(name="suppliers.tasks.clock_ends", expires=60)
def clock_ends(**later: Any) -> int:
    """Each rung once a day at most, as its key says, whoever runs twice."""
    done, at = 0, now()
    showing.refresh(showing.in_the_portal())
    for act, key in _due(at):
        try:
            act(by=CLOCK, at=at, key=f"{key}:{at.date()}")
            done += 1
        except (Refused, Busy):
            continue
    return done


def _due(at: datetime) -> Iterator[tuple[Any, str]]:
    on = at.date()
    for document in papers.running_out(on)[:MOST]:
        yield partial(documents.tell_end, document=document, on=on), f"document:{document.pk}"
    for contract in agreed.running_out(on)[:MOST]:
        yield partial(contracts.tell_end, contract=contract, on=on), f"contract:{contract.pk}"
    for supplier in failures.to_unwatch(on)[:MOST]:
        yield partial(compliance.weigh, supplier=supplier), f"weigh:{supplier.pk}"
    for dispute in threads.overdue(at)[:MOST]:
        yield partial(disputes.lapse, dispute=dispute), f"dispute:{dispute.pk}:{dispute.said_count}"
