"""What happened to a system's access."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ClientRegistered(Event):
    client_id: str
    supplier_id: int | None
    scopes: list


@dataclass(frozen=True, kw_only=True)
class SecretMade(Event):
    client_id: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class SecretEnded(Event):
    client_id: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class ClientRevoked(Event):
    client_id: str
    reason: str
