"""Who works on which delivery, until when: claims, starts and results, each one committed statement.

A *lease* (token and ``lease_until``) belongs to whoever calls the subscriber; only its token may write the result. A
delivery *handed over* to a worker has a token but no lease: it is merely not due for a while, so a message that the
broker loses costs a delay and counts as nothing. All instants are the database's.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.db import connection, transaction

from foundation.failpoints import failpoint
from foundation.journal.models import Delivery

NEW, LEFT_BEHIND = "d.lease_until is null", "d.lease_until < clock_timestamp()"
HANDED = "handed to a worker"
"""The note of a delivery that waits for a worker to start."""

CLAIM = """
with due as materialized (
    select d.id, d.note as was from foundation_delivery d
    where d.status = 'ready' and d.next_at <= clock_timestamp() and {which}
      and not exists (select from foundation_delivery e where e.lane = d.lane and e.number < d.number
                      and e.status in ('ready', 'parked'))
    order by d.next_at, d.id limit %(limit)s for update of d skip locked)
update foundation_delivery c
set token = nextval('lease_token'),
    lease_until = case when %(handed)s then null else clock_timestamp() + make_interval(secs => %(lease)s) end,
    next_at = case when %(handed)s then clock_timestamp() + make_interval(secs => %(patience)s) else c.next_at end,
    attempts = c.attempts + (not %(handed)s)::int,
    lost = c.lost + (c.lease_until is not null)::int,
    status = case when c.lease_until is not null and c.lost + 1 >= %(starts)s then 'parked' else 'ready' end,
    note = case when c.lease_until is not null and c.lost + 1 >= %(starts)s
                then 'The process that called died each time.' when %(handed)s then %(note)s else '' end
from due
where c.id = due.id
returning c.id, c.token, c.status, c.entry_id, c.subscriber, c.attempts, due.was"""

START = """
update foundation_delivery d
set lease_until = clock_timestamp() + make_interval(secs => %s), attempts = d.attempts + 1, note = ''
from unnest(%s::bigint[], %s::bigint[]) as mine(id, token)
where d.id = mine.id and d.token = mine.token and d.status = 'ready' and d.lease_until is null and d.note = %s
returning d.id, d.token, d.status, d.entry_id, d.subscriber, d.attempts, ''"""

FINISH = """
update foundation_delivery d
set status = r.status, note = r.note, lease_until = null, attempts = d.attempts - r.unburnt,
    done_at = case when r.status = 'ready' then null else clock_timestamp() end,
    next_at = clock_timestamp() + make_interval(secs => r.wait)
from unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::float[], %s::int[])
     as r(id, token, status, note, wait, unburnt)
where d.id = r.id and d.token = r.token and d.lease_until is not null"""

SOONEST = """
select extract(epoch from least(
    (select min(next_at) from foundation_delivery where status = 'ready' and next_at > clock_timestamp()),
    (select min(lease_until) from foundation_delivery where status = 'ready' and lease_until > clock_timestamp())
) - clock_timestamp())"""


class Claim(NamedTuple):
    """A delivery that is ours for now. ``note`` is what it said before."""

    pk: int
    token: int
    status: str
    entry_id: int
    subscriber: str
    attempts: int
    note: str

    @property
    def is_parked(self) -> bool:
        """It was taken from a dead process once too often, and is nobody's now."""
        return self.status == Delivery.Status.PARKED


class Result(NamedTuple):
    """How a call ended; ``wait`` is the seconds until the next one, ``unburnt`` gives the attempt back."""

    pk: int
    token: int
    status: str
    note: str = ""
    wait: float = 0.0
    unburnt: int = 0


def claim(which: str, *, limit: int, lease: float, starts: int, patience: float, handed: bool = False) -> list[Claim]:
    """Take what is due and first in its lane, for ourselves or (``handed``) for a worker.

    NEW takes what nobody works on, LEFT_BEHIND what a dead process held; those starts alone count towards parking.
    """
    given = {
        "handed": handed,
        "lease": lease,
        "patience": patience,
        "starts": starts,
        "limit": limit,
        "note": HANDED,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLAIM.format(which=which), given)
        claims = [Claim(*row) for row in cursor.fetchall()]
        if claims:
            failpoint("claim.written")
    if claims:
        failpoint("claim.committed")
    return claims


def start(pairs: Sequence[Sequence[int]], *, lease: float) -> list[Claim]:
    """A worker begins with what it was handed. What was begun, taken or settled meanwhile is left out."""
    with transaction.atomic(), connection.cursor() as cursor:
        ids, tokens = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        cursor.execute(START, [lease, ids, tokens, HANDED])
        claims = [Claim(*row) for row in cursor.fetchall()]
        failpoint("start.written")
    failpoint("start.committed")
    return claims


def finish(results: Sequence[Result]) -> int:
    """Write results whose lease is still ours; how many were."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FINISH, [list(column) for column in zip(*results, strict=True)])
        written = cursor.rowcount
        failpoint("finish.written")
    failpoint("finish.committed")
    return written


def seconds_to_next() -> float | None:
    """Until a delivery falls due or a lease runs out; what is due already but blocked does not count."""
    with connection.cursor() as cursor:
        cursor.execute(SOONEST)
        soonest = cursor.fetchone()[0]
    return None if soonest is None else float(soonest)
