"""What happened between us and a supplier about a case. It stands in the case's journal."""

from dataclasses import dataclass
from datetime import datetime

from governance.cases.events import AboutCase


@dataclass(frozen=True, kw_only=True)
class DisputeSaid(AboutCase):
    """One side wrote, proposed, agreed or refused. ``said`` is the number of it in the thread."""

    dispute: int
    supplier_id: int
    said: int
    side: str
    does: str
    words: str


@dataclass(frozen=True, kw_only=True)
class DisputeOverdue(AboutCase):
    """The supplier did not answer in time."""

    dispute: int
    supplier_id: int
    answer_by: datetime


@dataclass(frozen=True, kw_only=True)
class DisputeStuck(AboutCase):
    """Both sides agree, but what was agreed cannot be done by itself: the owner of the case looks after it."""

    dispute: int
    said: int
    reasons: list
