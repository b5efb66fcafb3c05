"""Entries of one document form a chain of digests; here links are forged and chains are walked."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from foundation.journal.events import Event
from foundation.journal.models import Entry

Note = tuple[Event, datetime, datetime | None, bool]


@dataclass(frozen=True)
class Forged:
    entry: Entry
    due: datetime | None
    told: bool


def plain(value: Any) -> Any:
    """As the database will give it back: text, so that no digit and no key order is lost on the way."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def digest(entry: Entry) -> str:
    """SHA-256 over everything an entry says, its place in the chain included."""
    said = [
        entry.previous,
        entry.subject,
        entry.number,
        entry.document_version,
        entry.name,
        entry.facts,
        entry.changes,
        entry.by,
        entry.at.astimezone(UTC).isoformat(),  # whatever zone it was said in: the database answers in one
        entry.recorded_at.isoformat(),
        entry.turn_id,
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def link(row: Any, notes: Iterable[Note], *, turn: Any, changes: dict[str, Any]) -> list[Forged]:
    """Forge the next links of a document's chain; the caller holds the row and will save its new head."""
    forged = []
    for event, at, due, told in notes:
        entry = Entry(
            turn_id=turn.pk,
            subject=row.subject,
            number=row.chain_length + 1,
            document_version=row.version,
            name=type(event).name,  # a fact of the event may be called "name", too
            facts=plain(event.as_dict()),
            changes=plain(changes),
            by=str(turn.by),
            at=at,
            recorded_at=turn.recorded_at,
            previous=row.chain_head,
        )
        entry.digest = digest(entry)
        row.chain_length, row.chain_head = entry.number, entry.digest
        forged.append(Forged(entry, due, told))
    return forged


def broken_links(heads: dict[str, tuple[int, str]]) -> list[str]:
    """Walk the chains of these documents; ``heads`` is what they themselves say (length, digest).

    Answers with the first bad link of each chain: ``subject#number``, ``subject#tail`` when links are missing at the
    end, ``subject#all`` when the whole chain is gone.
    """
    broken, seen = [], set()
    entries = Entry.objects.filter(subject__in=list(heads)).order_by("subject", "number").iterator()
    for subject, links in groupby(entries, lambda entry: entry.subject):
        seen.add(subject)
        number, head = 0, ""
        for entry in links:
            if entry.number != number + 1 or entry.previous != head or entry.digest != digest(entry):
                broken.append(f"{subject}#{entry.number}")
                break
            number, head = entry.number, entry.digest
        else:
            if heads[subject] != (number, head):
                broken.append(f"{subject}#tail")
    return broken + [f"{subject}#all" for subject, (length, _) in heads.items() if length and subject not in seen]
