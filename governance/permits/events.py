"""What happened to a permit. The flow that asked listens for its ``kind`` and ``about``."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AboutPermit(Event):
    number: str
    kind: str
    about: str
    amount: Decimal
    currency: str
    facts: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class PermitAsked(AboutPermit):
    reason: str


@dataclass(frozen=True, kw_only=True)
class PermitGranted(AboutPermit): ...


@dataclass(frozen=True, kw_only=True)
class PermitRefused(AboutPermit):
    reason: str
