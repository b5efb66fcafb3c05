"""What governance does when something happened: held decisions take effect, questions find new people, cases open."""

from contextlib import suppress

from django.utils.timezone import now

from foundation.journal.events import Event, subscribe
from foundation.lifecycles import Refused
from foundation.subjects import registry as subjects
from foundation.values.actor import system
from governance.access import actions as access
from governance.access import queries as reviews
from governance.access import telling as access_telling
from governance.access.events import (
    AcceptanceAsked,
    AcceptanceExpired,
    MembershipGone,
    MembershipKept,
    MembershipRemoved,
    ReviewEscalated,
    ReviewFinished,
    ReviewReminded,
    ReviewStarted,
)
from governance.access.lifecycle import UNFINISHED
from governance.access.models import AccessReview
from governance.approvals import actions as approvals
from governance.approvals import queries, reviewing, telling
from governance.approvals.events import (
    ApprovalRefused,
    ApprovalSuperseded,
    ApprovalWithdrawn,
    ApproverFound,
    LinesLeft,
    NoApproverFound,
    QuestionAnswered,
    QuestionAsked,
    ReviewDue,
    StepActivated,
    StepDecided,
    StepEscalated,
    StepNudged,
    StepReassigned,
    StepRestaffed,
)
from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalRequest, ApprovalStep, Decision
from governance.authority.events import AuthorityLent, LoanEnded
from governance.cases import actions as cases
from governance.waivers import telling as waivers
from governance.waivers.events import WaiverEnding
from organization.scopes import queries as scopes
from organization.scopes.events import PersonLetIn, PersonShutOut, RoleEnded, RoleGiven

APPROVALS = system("approvals")
ACCESS = system("review")


@subscribe(StepDecided)
def take_effect(event: StepDecided, *, key: str) -> None:
    """The delivery of a held decision comes when the hold is over. One without a hold is done already."""
    decision = Decision.objects.select_related("step__request").get(pk=event.decision)
    if decision.step.status == StepState.HELD:
        approvals.apply_decision(decision=decision, by=APPROVALS, at=now(), key=key)


@subscribe(RoleEnded)
def settle_reviewed(event: RoleEnded, *, key: str) -> None:
    """Nobody needs to be asked about what has ended."""
    for item in reviews.items_of(event.document_id):
        access.let_go(item=item, by=ACCESS, at=now(), key=f"{key}:{item.pk}")


@subscribe(MembershipKept, MembershipRemoved, MembershipGone)
def finish_review(event: MembershipKept | MembershipRemoved | MembershipGone, *, key: str) -> None:
    """The last answer ends a review."""
    review = AccessReview.objects.get(pk=event.review_id)
    if review.status in UNFINISHED and not reviews.items_left(review).exists():
        with suppress(Refused):  # another delivery was quicker
            access.finish(review=review, by=ACCESS, at=now(), key=key)


@subscribe(ReviewStarted, ReviewReminded, ReviewEscalated, ReviewFinished, AcceptanceAsked, AcceptanceExpired)
def tell_access(event: Event, *, key: str) -> None:
    access_telling.tell(event, key=key, at=now())


@subscribe(RoleGiven, RoleEnded)
def staff_role(event: RoleGiven | RoleEnded, *, key: str) -> None:
    """A role has somebody more or less: whoever may decide now is asked."""
    for request in queries.undecided_of(roles=[event.role]):
        approvals.restaff(request=request, by=APPROVALS, at=now(), key=f"{key}:{request.pk}")


@subscribe(PersonShutOut, PersonLetIn)
def staff_person(event: PersonShutOut | PersonLetIn, *, key: str) -> None:
    """What waited for him goes to others, what his roles decide comes to him again."""
    roles = scopes.unended().filter(person=event.person_id).values_list("role__name", flat=True)
    for request in queries.undecided_of(roles=roles, people=[event.person_id]):
        approvals.restaff(request=request, by=APPROVALS, at=now(), key=f"{key}:{request.pk}")


@subscribe(AuthorityLent, LoanEnded)
def staff_delegates(event: AuthorityLent | LoanEnded, *, key: str) -> None:
    for request in queries.undecided_of(people=[event.giver_id, event.taker_id]):
        approvals.restaff(request=request, by=APPROVALS, at=now(), key=f"{key}:{request.pk}")


@subscribe(AuthorityLent)
def tell_stand_in(event: AuthorityLent, *, key: str) -> None:
    telling.tell_loan(event.document_id, key=key, at=now())


@subscribe(NoApproverFound)
def open_case(event: NoApproverFound, *, key: str) -> None:
    request = ApprovalRequest.objects.get(pk=event.document_id)
    if request.closed_at is not None:
        return
    cases.open_(
        kind="no_approver",
        about=subjects.fetch(event.about),
        about_title=event.title,
        about_url=event.url,
        cause=f"step:{event.step}",
        summary=f"{event.role} ({event.place})" if event.place else event.role,
        entity_id=event.entity_id,
        site_id=event.site_id,
        supplier_id=None,
        stake=request.amount,
        currency=event.currency,
        facts={"role": event.role, "place": event.place, "step": event.step},
        by=APPROVALS,
        at=now(),
        key=key,
    )


@subscribe(ApproverFound)
def settle_case(event: ApproverFound, *, key: str) -> None:
    cases.auto_resolve(
        kind="no_approver", about=event.about, cause=f"step:{event.step}", by=APPROVALS, at=now(), key=key
    )


@subscribe(ApprovalWithdrawn, ApprovalSuperseded, ApprovalRefused)
def settle_cases(event: Event, *, key: str) -> None:
    """Nobody needs to be found for a question that is moot."""
    request = ApprovalRequest.objects.get(pk=event.document_id)
    for step in request.steps.order_by("id"):
        cases.auto_resolve(
            kind="no_approver",
            about=request.about,
            cause=f"step:{step.pk}",
            by=APPROVALS,
            at=now(),
            key=f"{key}:{step.pk}",
        )


@subscribe(StepActivated, StepRestaffed)
def tell_approvers(event: StepActivated | StepRestaffed, *, key: str) -> None:
    telling.tell_waited_for(event.step, key=key, at=now())


@subscribe(WaiverEnding)
def tell_owner(event: WaiverEnding, *, key: str) -> None:
    waivers.tell_ending(event, key=key, at=now())


@subscribe(StepEscalated)
def tell_above(event: StepEscalated, *, key: str) -> None:
    """Who may decide too is asked like anybody else; who may not is told that it stands still."""
    if event.added:
        telling.tell_waited_for(event.step, key=key, at=now())
    else:
        telling.tell_above(event.step, event.people, key=key, at=now())


@subscribe(LinesLeft)
def tell_of_the_rest(event: LinesLeft, *, key: str) -> None:
    """Whoever is asked beside is asked about less now: a mail that tells of more does not decide any more."""
    for step in ApprovalStep.objects.filter(request=event.document_id, status=StepState.ACTIVE).order_by("pk"):
        telling.tell_waited_for(step.pk, key=f"{key}:{step.pk}", at=now())


@subscribe(ReviewDue)
def open_review(event: ReviewDue, *, key: str) -> None:
    """The owner is somebody who took no part, or nobody yet; the clock of cases escalates what nobody reviews."""
    apart = reviewing.took_part(event.about) | ({event.requester_id} if event.requester_id else set())
    cases.open_(
        kind=event.review,
        about=subjects.fetch(event.about),
        about_title=event.title,
        about_url=event.url,
        cause=event.subject,
        summary=event.title,
        entity_id=event.entity_id,
        site_id=event.site_id,
        supplier_id=None,
        stake=event.amount,
        currency=event.currency,
        facts={"requester": event.requester_id},
        not_by=apart,
        by=APPROVALS,
        at=now(),
        key=key,
    )


@subscribe(StepReassigned)
def tell_successor(event: StepReassigned, *, key: str) -> None:
    telling.tell_successor(event.step, to=event.to_id, giver=event.from_id, reason=event.reason, key=key, at=now())


@subscribe(StepNudged)
def remind_approvers(event: StepNudged, *, key: str) -> None:
    telling.remind(event.step, event.people, by_id=event.by_id, key=key, at=now())


@subscribe(QuestionAsked)
def tell_question(event: QuestionAsked, *, key: str) -> None:
    telling.tell_question(event.question, key=key, at=now())


@subscribe(QuestionAnswered)
def tell_answer(event: QuestionAnswered, *, key: str) -> None:
    telling.tell_answer(event.question, key=key, at=now())
