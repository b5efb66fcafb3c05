"""Documents for the tests of the door and the journal: legal entities, the plainest rows that are recorded."""

import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal import chain
from foundation.journal.events import Event
from foundation.journal.models import Turn
from foundation.values.actor import PERSON, Actor, system
from organization.entities.models import LegalEntity

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANA, BEN, SYSTEM = Actor(PERSON, "1"), Actor(PERSON, "2"), system("tests")


@dataclass(frozen=True, kw_only=True)
class Renamed(Event):
    """The document of these tests got another name."""

    title: str


def key() -> str:
    return uuid.uuid4().hex


def unborn(title: str = "Ours") -> LegalEntity:
    return LegalEntity(code=uuid.uuid4().hex[:8], name=title, country="NL", currency="EUR")


@verb
def found(*, title: str, by: Actor = ANA, at: datetime = AT, key: str) -> LegalEntity:
    """Make a document through the door."""
    with deciding(unborn(title), by=by, key=key) as document:
        journal.record(Renamed(subject=document.subject, title=title), at=at)
    return document


@verb
def rename(
    *, document: LegalEntity, title: str, by: Actor = ANA, at: datetime = AT, seen: int | None = None, key: str
) -> LegalEntity:
    """Change a document through the door."""
    with deciding(document, by=by, seen=seen, key=key) as document:
        document.name = title
        journal.record(Renamed(subject=document.subject, title=title), at=at)
    return document


def renamed(document: LegalEntity, title: str, **given: Any) -> LegalEntity:
    """The same document after another change, whatever its version is by now."""
    return rename(document=document, title=title, by=SYSTEM, key=key(), **given)


def fresh(document: LegalEntity) -> LegalEntity:
    return LegalEntity.objects.get(pk=document.pk)


def backlog(documents: int, each: int) -> int:
    """Many entries at once, without the door's cost for each: chains forged and written by the door's own code."""
    rows = LegalEntity.objects.bulk_create(unborn() for _ in range(documents))
    with transaction.atomic():
        turn: Any = Turn.objects.create(actor="tests", verb="backlog", key=key(), fingerprint="", recorded_at=now())
        turn.by = SYSTEM
        forged: list[chain.Forged] = []
        for row in rows:
            forged += chain.link(row, _notes(row, each), turn=turn, changes={})
            row.save(update_fields=["chain_length", "chain_head"])
        random.shuffle(forged)
        journal.write(forged)
    return documents * each


def _notes(row: LegalEntity, each: int) -> Iterable[chain.Note]:
    return [(Renamed(subject=row.subject, title=str(number)), AT, None, True) for number in range(1, each + 1)]
