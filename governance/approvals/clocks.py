"""A step's clock: when those who are waited for are reminded, when it escalates, when it goes back."""

from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from governance import deadlines
from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalStep, Escalated, Task

REMIND_AT = Decimal("0.5")
"""Of the step's working hours."""
TIMES = ("due_at", "remind_at", "returns_at")


def wind(step: ApprovalStep, *, at: datetime, site_id: int | None) -> None:
    """Set the clock of a step that is active from ``at`` on; one query."""
    hours, back = Decimal(step.sla_hours), step.returns_after
    spans = [hours, hours * REMIND_AT, *([hours + back] if back else [])]
    due, remind, *returns = deadlines.dues(at, spans, site_id=site_id)
    step.due_at, step.remind_at, step.returns_at = due, remind, returns[0] if returns else None


def to_remind(at: datetime) -> QuerySet[ApprovalStep]:
    """Active steps whose reminder is due and whose deadline is not over."""
    return _active().filter(remind_at__lte=at, reminded_at=None, due_at__gt=at)


def to_escalate(at: datetime) -> QuerySet[ApprovalStep]:
    """Active steps out of time, or with nobody at all who could answer, whose rule names somebody above."""
    asked = Task.objects.filter(step=OuterRef("pk"), is_open=True)
    over = Q(due_at__lte=at) | ~Exists(asked)
    return _active().filter(over, escalated_at=None).exclude(escalates_to="")


def to_return(at: datetime) -> QuerySet[ApprovalStep]:
    return _active().filter(returns_at__lte=at)


def _active() -> QuerySet[ApprovalStep]:
    return ApprovalStep.objects.filter(status=StepState.ACTIVE).select_related("request").order_by("due_at", "id")


def runs_out(step: ApprovalStep) -> str:
    """What happens, or happened, when the hours are over; empty when nothing does or it is decided."""
    if step.status not in (StepState.WAITING, StepState.ACTIVE):
        return ""
    said = []
    if step.escalation == Escalated.ADDED:
        said.append(_("Time is over: %(role)s may decide too.") % {"role": step.escalates_to})
    elif step.escalation == Escalated.TOLD:
        said.append(_("Time is over: %(role)s was told.") % {"role": step.escalates_to})
    elif step.escalates_to:
        said.append(_("When time is over it also goes to %(role)s.") % {"role": step.escalates_to})
    if step.returns_after:
        said.append(_("Without an answer it goes back %(n)s working hours later.") % {"n": step.returns_after})
    return " ".join(said)
