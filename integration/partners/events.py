"""What was agreed with whose system."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class PartnerNamed(Event):
    """Whoever sends under this address is that supplier."""

    address: str
    supplier_id: int


@dataclass(frozen=True, kw_only=True)
class AgreementChanged(Event):
    """The row's own changes say what."""

    address: str


@dataclass(frozen=True, kw_only=True)
class PartnerSecretMade(Event):
    address: str
    whose: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class PartnerSecretEnded(Event):
    address: str
    hint: str
