"""What happened to match tolerances."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ToleranceSet(Event):
    entity_id: int
    supplier_id: int | None
    reason: str
