"""Everything the loader has in hand: one sheet a table, the journal's chains, the next numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models

from foundation.journal.events import Event
from foundation.journal.models import Entry, Turn
from foundation.numbering import actions as numbering
from world.bulk.pouring import Sheet

encode = DjangoJSONEncoder(sort_keys=True, separators=(",", ":")).encode
"""As ``foundation.journal.chain`` writes facts before it digests them: the chains must verify."""


@dataclass
class Chain:
    """The journal of one document while it is written; the row takes its head at the end."""

    subject: str
    version: int = 0
    length: int = 0
    head: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return {"version": self.version, "chain_length": self.length, "chain_head": self.head}


class Books:
    def __init__(self, kinds: Iterable[type[models.Model]]) -> None:
        self.sheets = {kind: Sheet(kind) for kind in (*kinds, Turn, Entry)}
        self.turns, self.entries = self.sheets[Turn], self.sheets[Entry]
        self.numbers: dict[str, int] = {}

    def __getitem__(self, kind: type[models.Model]) -> Sheet:
        return self.sheets[kind]

    def number(self, kind: str, entity: str, on: date) -> str:
        self.numbers[kind] = taken = self.numbers.get(kind, 0) + 1
        return numbering.written(kind, entity, on, taken)

    def chain(self, kind: type[models.Model], key: int) -> Chain:
        return Chain(f"{kind._meta.label_lower}:{key}")

    def record(
        self, chain: Chain, *events: Event, by: str, at: datetime, verb: str, changes: dict[str, Any] | None = None
    ) -> None:
        """One turn about one document: its version rises once, and each event is a link of its chain."""
        chain.version += 1
        turn = self.turns.add(actor=by, verb=verb, key=f"bulk-{self.turns.last + 1}", fingerprint="", recorded_at=at)
        instant, moved = at.isoformat(), encode(changes or {})
        for event in events:
            facts = encode(event.as_dict())
            number, previous = chain.length + 1, chain.head
            said = (
                f'["{previous}","{chain.subject}",{number},{chain.version},"{event.name}",{facts},{moved},'
                f'"{by}","{instant}","{instant}",{turn}]'
            )
            chain.length, chain.head = number, sha256(said.encode()).hexdigest()
            self.entries.add(
                turn_id=turn,
                subject=chain.subject,
                number=number,
                document_version=chain.version,
                name=event.name,
                facts=facts,
                changes=moved,
                by=by,
                at=at,
                recorded_at=at,
                previous=previous,
                digest=chain.head,
            )

    def look_again(self, *kinds: type[models.Model]) -> None:
        """The database wrote rows of these kinds by itself."""
        for kind in kinds:
            self.sheets[kind].look_again()

    def pour(self) -> None:
        for sheet in self.sheets.values():
            sheet.pour()

    def settle(self) -> None:
        """Sequences go on where the load stopped, those of numbers too."""
        for sheet in self.sheets.values():
            sheet.settle()
        with connection.cursor() as cursor:
            for kind, last in self.numbers.items():
                cursor.execute("select setval(%s, %s)", [numbering.sequence(kind), last])
