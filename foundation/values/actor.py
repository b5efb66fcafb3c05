"""Who acts: a person, a supplier's person, a machine client, a deadline or the system itself."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

PERSON, SUPPLIER, CLIENT, DEADLINE, SYSTEM = "person", "supplier", "client", "deadline", "system"


@dataclass(frozen=True)
class Actor:
    """A kind and a key, not a row: the record of what somebody did outlives the account.

    ``kept`` is a place for what was already looked up about the actor in this request (its reach). ``proved_at``
    is when the person last gave a strong proof in the session that asks, ``known_at`` when any (a password, say).
    """

    kind: str
    key: str
    proved_at: datetime | None = field(default=None, compare=False, repr=False)
    known_at: datetime | None = field(default=None, compare=False, repr=False)
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @classmethod
    def parse(cls, text: str) -> "Actor":
        kind, _, key = text.partition(":")
        return cls(kind, key)

    @property
    def is_human(self) -> bool:
        return self.kind in (PERSON, SUPPLIER)

    @property
    def person_id(self) -> int | None:
        """The primary key of the person who acts, if a person acts."""
        return int(self.key) if self.is_human else None


def system(name: str) -> Actor:
    return Actor(SYSTEM, name)
