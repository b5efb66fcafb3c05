"""Deliver what was committed, in this process, at the instant of the story."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from foundation.journal.events import rebuild, subscribers
from foundation.journal.models import Delivery, Entry
from foundation.lifecycles import Refused

DONE = """
update foundation_delivery set status = 'done', note = %s, done_at = clock_timestamp(), attempts = 1 where id = %s"""
READY = Delivery.Status.READY


def drain(at: datetime) -> int:
    """Hand every waiting entry to its subscribers, oldest first, until nothing waits; answers how many.

    An error ends the whole world: a story whose consequences are missing is no story.
    """
    told = 0
    while waiting := list(Delivery.objects.filter(status=READY).order_by("id").values_list("id", "entry", "subscriber")):
        entries = Entry.objects.in_bulk({entry for _pk, entry, _subscriber in waiting})
        for pk, entry, subscriber in waiting:
            _deliver(pk, entries[entry], subscriber, at)
        told += len(waiting)
    return told


def _deliver(pk: int, entry: Entry, subscriber: str, at: datetime) -> None:
    function = subscribers[entry.name][subscriber]
    note = ""
    try:
        with standing_clock(function, at):
            function(rebuild(entry.name, entry.facts), key=f"delivery:{pk}")
    except Refused as refused:
        note = f"refused: {refused}"[:400]
    with connection.cursor() as cursor:
        cursor.execute(DONE, [note, pk])


@contextmanager
def standing_clock(function: Any, at: datetime) -> Iterator[None]:
    """Subscribers date what they do by the clock; in the story that clock stands at ``at``."""
    names = function.__globals__
    was = names.get("now")
    if was:
        names["now"] = lambda: at
    try:
        yield
    finally:
        if was:
            names["now"] = was
