"""What happened to a supplier's answer."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ConfirmationReceived(Event):
    """``verdicts``: [[line number, verdict, sentence], ...]."""

    order: str
    revision: int
    supplier_id: int
    header: str
    verdicts: list


@dataclass(frozen=True, kw_only=True)
class ConfirmationSettled(Event):
    order: str
    accepted: bool
