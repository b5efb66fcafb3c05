"""What happened to documents of suppliers, and to what is asked of them."""

from dataclasses import dataclass
from datetime import date

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class DocumentAsked(Event):
    """A kind of document was described, or described anew."""

    code: str


@dataclass(frozen=True, kw_only=True)
class AboutDocument(Event):
    supplier_id: int
    type: str
    reference: str
    valid_until: date | None


@dataclass(frozen=True, kw_only=True)
class DocumentSent(AboutDocument):
    sha256: str
    """Of what was sent: the file can be told from any other for good."""


@dataclass(frozen=True, kw_only=True)
class DocumentAccepted(AboutDocument): ...


@dataclass(frozen=True, kw_only=True)
class DocumentRefused(AboutDocument):
    reason: str


@dataclass(frozen=True, kw_only=True)
class DocumentReplaced(AboutDocument): ...


@dataclass(frozen=True, kw_only=True)
class DocumentRunsOut(AboutDocument):
    """One rung of the ladder: so many days are left."""

    days: int
