"""What happened to what a supplier said of his own firm."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class CompanySaid(Event):
    supplier_id: int
    fields: list


@dataclass(frozen=True, kw_only=True)
class CompanyTaken(Event):
    """Somebody looked through it: what was taken over, what was not."""

    supplier_id: int
    taken: list
    left: list
    answer: str


@dataclass(frozen=True, kw_only=True)
class MergeProposed(Event):
    """Two suppliers seem to be one firm; a case asks whoever keeps master data to decide."""

    into: str
    reason: str
