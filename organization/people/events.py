"""What happened to what a person proves himself with, and to his sessions."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class FactorAdded(Event):
    """A passkey or an authenticator app (``kind``), as the person calls it."""

    person_id: int
    kind: str
    called: str


@dataclass(frozen=True, kw_only=True)
class FactorRemoved(Event):
    person_id: int
    kind: str
    called: str


@dataclass(frozen=True, kw_only=True)
class PasskeyRenamed(Event):
    person_id: int
    called: str
    was: str


@dataclass(frozen=True, kw_only=True)
class RecoveryCodesMade(Event):
    """The codes before them open nothing any more."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class RecoveryCodeUsed(Event):
    person_id: int
    left: int


@dataclass(frozen=True, kw_only=True)
class IdentityLinked(Event):
    """From now on the company's identity provider vouches for the person, as one subject there and no other."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Event):
    """The person ended sessions of his own from another one."""

    person_id: int
    count: int
