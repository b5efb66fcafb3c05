"""What happened to a legal entity."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class EntityChanged(Event):
    code: str


@dataclass(frozen=True, kw_only=True)
class CostCenterOpened(Event):
    """Of this entity, from now on."""

    code: str
    name: str
