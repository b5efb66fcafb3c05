"""Seals: a digest over everything committed, chained to the seal before.

Kept outside the database, a seal proves that nothing before it was changed, whatever the rows say of themselves.
"""

import hashlib
import time

from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import now

from foundation.journal.models import Entry, Seal

LOCK = 715_001
"""Advisory lock: one sealer at a time."""


def seal(*, wait: float = 5.0) -> Seal | None:
    """Seal every entry that came since the last seal; None if there is none, or if writers take too long.

    Numbers are given out before transactions commit, so the newest number is read first and then every transaction
    that was under way is waited for: below that number nothing can appear any more.
    """
    last = newest_number()
    if not settled(wait):
        return None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return None
        before = Seal.objects.order_by("-id").first()
        count, digest = over(before, last)
        if not count:
            return None
        return Seal.objects.create(
            last_entry_id=last,
            entries=count,
            sealed_at=now(),
            previous=before.digest if before else "",
            digest=digest,
        )


def newest_number() -> int:
    return Entry.objects.aggregate(newest=Max("id"))["newest"] or 0


def settled(wait: float) -> bool:
    """Wait until every transaction that runs now has ended.

    A transaction number taken now is higher than those of all writers under way; when the oldest running one is past
    it, they are through.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_xact_id()::text::bigint")
        ours = cursor.fetchone()[0]
        deadline = time.monotonic() + wait
        while True:
            cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [ours])
            if cursor.fetchone()[0]:
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)


def over(before: Seal | None, last: int) -> tuple[int, str]:
    """How many entries lie between a seal and ``last``, and the digest over them and the seal's own."""
    said = hashlib.sha256((before.digest if before else "").encode())
    rows = Entry.objects.filter(id__gt=before.last_entry_id if before else 0, id__lte=last).order_by("id")
    count = 0
    for pk, digest in rows.values_list("id", "digest").iterator(chunk_size=10_000):
        said.update(f"{pk}:{digest};".encode())
        count += 1
    said.update(str(count).encode())
    return count, said.hexdigest()


def broken_seals() -> list[int]:
    """Seals that no longer fit what they sealed, or one another."""
    broken, before = [], None
    for one in Seal.objects.order_by("id"):
        count, digest = over(before, one.last_entry_id)
        if (one.entries, one.digest, one.previous) != (count, digest, before.digest if before else ""):
            broken.append(one.pk)
        before = one
    return broken
