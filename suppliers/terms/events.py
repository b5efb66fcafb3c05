"""What happened to agreements."""

from dataclasses import dataclass
from datetime import date

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class TermsAgreed(Event):
    supplier_id: int
    where: str
    starts_on: date
    said: dict


@dataclass(frozen=True, kw_only=True)
class TermsEnded(Event):
    supplier_id: int
    where: str
    ends_on: date
