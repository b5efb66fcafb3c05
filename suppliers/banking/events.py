"""What happened to a bank account. No entry carries the whole number: the journal is read by more people than it."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AboutAccount(Event):
    supplier_id: int
    entity_id: int | None
    account: str
    """Masked: ``NL•• •••• 6789``."""


@dataclass(frozen=True, kw_only=True)
class AccountProposed(AboutAccount):
    why: str
    instead_of: str


@dataclass(frozen=True, kw_only=True)
class AccountCalled(AboutAccount):
    """Who was called, under which number: it was known before the change was."""

    number: str
    whom: str


@dataclass(frozen=True, kw_only=True)
class AccountApproved(AboutAccount):
    instead_of: str


@dataclass(frozen=True, kw_only=True)
class AccountRefused(AboutAccount):
    reason: str


@dataclass(frozen=True, kw_only=True)
class AccountReplaced(AboutAccount): ...


@dataclass(frozen=True, kw_only=True)
class AccountSeen(AboutAccount):
    """Somebody looked at the whole number."""
