"""What happened to requests for approval. The subject is the request; ``about`` is the document."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AboutDocument(Event):
    """What every event of a request says about the document."""

    about: str
    kind: str
    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(AboutDocument):
    about_version: int
    entity_id: int
    site_id: int | None
    amount: Decimal
    currency: str
    requester_id: int | None
    matrix: int | None
    steps: list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class StepActivated(AboutDocument):
    """Somebody is waited for now: these people, until ``due_at``."""

    step: int
    role: str
    place: str
    people: list[int]
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class NoApproverFound(AboutDocument):
    """Nobody can take a step of the route: nobody fills the role there, or segregation of duties bars all who do."""

    step: int
    role: str
    place: str
    entity_id: int
    site_id: int | None
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class ApproverFound(AboutDocument):
    """A step that nobody could take has somebody now."""

    step: int


@dataclass(frozen=True, kw_only=True)
class StepRestaffed(AboutDocument):
    """Roles or delegations changed: these people are asked now."""

    step: int
    people: list[int]


@dataclass(frozen=True, kw_only=True)
class StepDecided(AboutDocument):
    """Somebody decided. Delivered when the decision takes effect, not before."""

    step: int
    role: str
    decision: int
    decided: str
    person_id: int
    on_behalf_of_id: int | None
    delegation_id: int | None
    membership_id: int
    seen: int
    comment: str
    out: list[int] = field(default_factory=list)
    out_returned: bool = False
    effective_at: datetime
    matrix: int | None
    rules: list[int]


@dataclass(frozen=True, kw_only=True)
class DecisionTakenBack(AboutDocument):
    step: int
    decision: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionLapsed(AboutDocument):
    """The document changed while the decision was held: it counts for nothing and the step is asked again."""

    step: int
    decision: int
    seen: int
    now: int


@dataclass(frozen=True, kw_only=True)
class StepClosed(AboutDocument):
    """A decision took effect: the step is approved, rejected or sent back for good."""

    step: int
    role: str
    decision: int
    became: str


@dataclass(frozen=True, kw_only=True)
class ApprovalGranted(AboutDocument):
    about_version: int
    amount: Decimal
    currency: str
    requester_id: int | None


@dataclass(frozen=True, kw_only=True)
class ApprovalRefused(AboutDocument):
    """Rejected, or sent back to the requester (``returned``)."""

    returned: bool
    reason: str
    requester_id: int | None


@dataclass(frozen=True, kw_only=True)
class ApprovalWithdrawn(AboutDocument): ...


@dataclass(frozen=True, kw_only=True)
class ApprovalSuperseded(AboutDocument):
    """The content changed: what was said so far counts for nothing."""


@dataclass(frozen=True, kw_only=True)
class ApprovalRerouted(AboutDocument):
    """Somebody chose to ask it anew by another version of the matrix; ``passes``: nobody needs to be asked now."""

    before: int | None
    after: int
    passes: bool


@dataclass(frozen=True, kw_only=True)
class QuestionAsked(AboutDocument):
    """An approver wants to know something first. The step stays his and its clock runs on."""

    step: int
    question: int
    asker_id: int
    asked_id: int
    text: str


@dataclass(frozen=True, kw_only=True)
class QuestionAnswered(AboutDocument):
    step: int
    question: int
    asker_id: int
    asked_id: int
    text: str


@dataclass(frozen=True, kw_only=True)
class StepReassigned(AboutDocument):
    """Somebody passed his task to a colleague who holds the authority himself, by that membership."""

    step: int
    role: str
    from_id: int
    to_id: int
    membership_id: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class TaskSnoozed(AboutDocument):
    """Out of this person's sight until then; shown again at once when ``until`` is empty."""

    step: int
    person_id: int
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class GlassBroken(AboutDocument):
    """Somebody who is named for it let the document pass without its steps."""

    person_id: int
    reason: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class ReviewDue(AboutDocument):
    """It is to be looked at afterwards, by somebody who took no part: the kind of case says why."""

    review: str
    entity_id: int
    site_id: int | None
    amount: Decimal
    currency: str
    requester_id: int | None


@dataclass(frozen=True, kw_only=True)
class LinesLeft(AboutDocument):
    """The document goes on without these lines; ``amount`` is that of the others."""

    step: int
    lines: list[int]
    returned: bool
    reason: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class StepEscalated(AboutDocument):
    """The time was over, or nobody could answer: ``people`` of the role above may decide too, or were only told."""

    step: int
    role: str
    place: str
    to_role: str
    added: bool
    people: list[int]
    due_at: datetime | None
    returns_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class StepUnanswered(AboutDocument):
    """Nobody answered in all the time there was: it goes back."""

    step: int
    role: str
    due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class StepNudged(AboutDocument):
    """Those who are waited for were reminded, by a colleague or by the clock."""

    step: int
    role: str
    by_id: int | None
    people: list[int]
    day: date
