"""One request: where it stands, what became of each line, what can be done now."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.journal.queries import timeline
from foundation.lifecycles import Refused
from foundation.scopes.permissions import may
from foundation.screens import shown
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.values.quantity import Factor
from governance.approvals import actions as asking
from governance.approvals import queries as approvals
from governance.approvals.lifecycle import RequestState
from governance.approvals.models import ApprovalRequest
from governance.approvals.queries import StripStep
from procurement.requisitions import actions as requisitions
from procurement.requisitions import drafting, queries, rules
from procurement.requisitions.forms import Why, WhyLine
from procurement.requisitions.lifecycle import EDITABLE, TO_ORDER, RequisitionState
from procurement.requisitions.models import Requisition, RequisitionLine, Urgency
from procurement.requisitions.queries import Served

PAGE = "procurement/requisitions/page.html"
OVER = (RequisitionState.REJECTED, RequisitionState.CANCELLED)
"""Nothing comes of it: the way on is a new draft."""


@require_GET
@policy("see_requisition")
def page(request: HttpRequest, number: str) -> HttpResponse:
    requisition = find(queries.requisition_pages(request.actor), number=number)
    asked = approvals.request_of(requisition)
    route = approvals.route_strip(asked) if asked else []
    became = queries.served(requisition)
    lines = queries.full_lines(requisition)
    context = {
        "requisition": requisition,
        "left_out": sum(bool(line.outcome) for line in lines),
        "strip": [_step(step) for step in route],
        "sentence": sentence(requisition, asked, route),
        "lines": [Shown(line, became.get(line.pk, [])) for line in lines],
        "entries": timeline([requisition.subject]),
        "is_editable": requisition.status in EDITABLE,
        "is_over": requisition.status in OVER,
        "is_asked": requisition.status == RequisitionState.IN_APPROVAL,
        "asked": asked,
        "may_break": _may_break(request, requisition),
        "may_end": requisition.status in (*EDITABLE, RequisitionState.IN_APPROVAL, RequisitionState.APPROVED),
        "waits_to_order": requisition.status in TO_ORDER,
    }
    return render(request, PAGE, context)


@require_POST
@policy("raise_requisition")
def submit(request: HttpRequest, number: str) -> HttpResponse:
    requisition = _found(request, number)
    with answering(request) as answer:
        requisition = requisitions.submit(requisition=requisition, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_address(number), said=_("The request is sent."))


@require_POST
@policy("raise_requisition")
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    requisition = _found(request, number)
    with answering(request) as answer:
        requisitions.withdraw(requisition=requisition, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_address(number), said=_("The request is a draft again; nobody is asked any more."))


@require_POST
@policy("raise_requisition")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    requisition, form = _found(request, number), Why(request.POST)
    with answering(request) as answer:
        reason = _reason(form)
        requisitions.cancel(requisition=requisition, reason=reason, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_address(number), said=_("The request is cancelled."))


@require_POST
@policy("raise_requisition")
def cancel_remainder(request: HttpRequest, number: str) -> HttpResponse:
    requisition, form = _found(request, number), WhyLine(request.POST)
    with answering(request) as answer:
        reason = _reason(form)
        line = form.cleaned_data["line"]
        requisitions.cancel_remainder(
            requisition=requisition, line_number=line, reason=reason, by=request.actor, at=now(), **answer.seen
        )
    return answer.redirect(_address(number), said=_("The rest of the line is not needed any more."))


@require_POST
@policy("see_requisition")
def nudge(request: HttpRequest, number: str) -> HttpResponse:
    """Remind those whom the request waits for; whoever sees it may, once a step and day."""
    requisition = _found(request, number)
    with answering(request) as answer:
        asking.nudge(about=requisition, by=request.actor, at=now(), key=answer.key)
    return answer.redirect(_address(number), said=_("Reminded."))


@require_POST
@policy("break_glass")
def break_glass(request: HttpRequest, number: str) -> HttpResponse:
    """Pass at once, by one who is named for it; whoever does not see the request does not pass it either."""
    requisition, form = _found(request, number), Why(request.POST)
    with answering(request) as answer:
        reason = _reason(form)
        asking.break_glass(about=requisition, reason=reason, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_address(number), said=_("It passed. Somebody else reviews it."))


def _may_break(request: HttpRequest, requisition: Requisition) -> bool:
    urgent = requisition.urgency != Urgency.NORMAL and requisition.status == RequisitionState.IN_APPROVAL
    is_own = requisition.requester_id == request.actor.person_id
    return urgent and not is_own and may(request.actor, "break_glass", requisition)


@require_POST
@policy("raise_requisition")
def copy(request: HttpRequest, number: str) -> HttpResponse:
    """The same again as a new draft, at today's prices; ``only=out``: the lines that approvers took out."""
    requisition = _found(request, number)
    lines = queries.full_lines(requisition)
    if request.POST.get("only") == "out":
        lines = [line for line in lines if line.outcome]
    with answering(request) as answer:
        again = requisitions.raise_(
            site=requisition.site,
            title=requisition.title,
            wanted=drafting.again(lines),
            cost_center_id=requisition.cost_center_id,
            need_by=requisition.need_by,
            note=requisition.note,
            by=request.actor,
            at=now(),
            key=answer.key,
        )
    return answer.redirect(
        lambda: reverse("procurement:request-edit", args=[again.number]), said=_("Copied. Check dates and prices.")
    )


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it."""

    line: RequisitionLine
    became: list[Served]

    @property
    def quantity(self) -> Decimal:
        return Factor(self.line.numerator, self.line.denominator).from_base(self.line.quantity, rounding=True)

    @property
    def price(self) -> Decimal:
        return Factor(self.line.numerator, self.line.denominator).to_base(self.line.price, rounding=True)

    @property
    def base_unit(self) -> str:
        return self.line.item.base_unit.code if self.line.item else self.line.unit.code

    @property
    def waiting(self) -> Decimal:
        return self.line.remaining

    @property
    def fate(self) -> rules.Fate:
        return rules.fate(self.line, self.became)


def sentence(requisition: Requisition, asked: ApprovalRequest | None, route: list[StripStep]) -> str:
    """Where the request stands, in one sentence."""
    now_ = next((step for step in route if step.is_now), None)
    if asked and asked.status == RequestState.OPEN and now_ and asked.asked_at:
        said = {
            "who": _(" or ").join(now_.names) or now_.role,
            "since": shown.span(round((now() - asked.asked_at).total_seconds())),
        }
        return _("Waiting for %(who)s since %(since)s.") % said
    words = {
        RequisitionState.DRAFT: _("Not sent yet."),
        RequisitionState.RETURNED: _("Sent back: mend it and send it again."),
        RequisitionState.APPROVED: _("Approved; the lines wait to be ordered."),
        RequisitionState.PARTLY_ORDERED: _("Some lines are ordered, some still wait."),
        RequisitionState.ORDERED: _("Every line is on an order."),
        RequisitionState.REJECTED: _("Rejected: nothing will be bought."),
        RequisitionState.CANCELLED: _("Cancelled: nothing will be bought."),
    }
    return words.get(RequisitionState(requisition.status), _("Waiting for approval."))


TONES = {"approved": "ok", "rejected": "bad", "returned": "warn", "active": "wait", "held": "info"}


def _step(step: StripStep) -> dict[str, Any]:
    when = shown.instant(step.decided_at) if step.is_done else shown.instant(step.due_at) if step.due_at else ""
    due = _("due") if step.due_at and not step.is_done else ""
    return {
        "tone": TONES.get(step.state, "neutral"),
        "what": step.label,
        "who": ", ".join(step.names) or step.role,
        "role": f"{step.role} · {step.place}" if step.place else step.role,
        "when": when,
        "due": due,
        "is_current": step.is_now,
        "comment": step.comment,
        "because": step.because,
        "runs_out": step.runs_out,
    }


def _found(request: HttpRequest, number: str) -> Requisition:
    return find(queries.requisition_pages(request.actor), number=number)


def _address(number: str) -> str:
    return reverse("procurement:request", args=[number])


def _reason(form: Why) -> str:
    if not form.is_valid():
        raise Refused(_("Say why, in a few words."))
    return str(form.cleaned_data["reason"])
