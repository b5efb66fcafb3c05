"""The inbox: what waits for my decision, one card at a time, and many clean ones at once."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST, require_safe

from foundation.lifecycles import Refused
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.policy import policy
from foundation.screens.requests import Request, is_partial
from foundation.subjects import registry as subjects
from governance.approvals import actions as approvals
from governance.approvals import cards, deriving, queries
from governance.approvals.forms import Reason, Remark, Snooze
from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalStep, Decision, DecisionKind, Task
from governance.authority import queries as authority

PAGE = "governance/approvals/inbox.html"
SHOWN = 100
TABS = {
    "mine": gettext_lazy("For me"),
    "standing-in": gettext_lazy("Standing in"),
    "snoozed": gettext_lazy("Snoozed"),
    "coming": gettext_lazy("Coming"),
    "done": gettext_lazy("Decided"),
}
INBOX = lists.List(
    "inbox",
    title=gettext_lazy("Inbox"),
    columns=[],
    default_sort="due",
    sorts={"due": "due_at"},
    url=lambda task: reverse("governance:inbox-card", args=[task.step_id]),
)
SAID = {
    DecisionKind.APPROVE: gettext_lazy("Approved: %(title)s"),
    DecisionKind.REJECT: gettext_lazy("Rejected: %(title)s"),
    DecisionKind.SEND_BACK: gettext_lazy("Sent back: %(title)s"),
}


@require_safe
@policy("decide")
def inbox(request: Request) -> HttpResponse:
    return page(request)


@require_safe
@policy("decide")
def card(request: Request, step: int) -> HttpResponse:
    return page(request, chosen=mine(request, step))


@require_GET
@policy("decide")
def derive(request: Request, step: int) -> HttpResponse:
    """The route worked out anew from what was kept: a part of the card, or a page of its own."""
    task = mine(request, step)
    template = "governance/approvals/derived.html"
    context = {"task": task, "asked": task.step.request, "derived": deriving.derive(task.step.request)}
    return render(request, f"{template}#derived" if is_partial(request) else template, context)


@require_POST
@policy("decide")
def approve(request: Request, step: int) -> HttpResponse:
    return decide(request, step, DecisionKind.APPROVE, Remark(request.POST))


@require_POST
@policy("decide")
def reject(request: Request, step: int) -> HttpResponse:
    return decide(request, step, DecisionKind.REJECT, Reason(request.POST))


@require_POST
@policy("decide")
def send_back(request: Request, step: int) -> HttpResponse:
    return decide(request, step, DecisionKind.SEND_BACK, Reason(request.POST))


@require_POST
@policy("decide")
def take_back(request: Request, step: int) -> HttpResponse:
    task = mine(request, step)
    with answering(request) as answer:
        approvals.take_back(step=task.step, by=request.actor, at=now(), key=answer.key)
    return answer.redirect(address(step), said=_("Taken back: it waits for you again."))


@require_POST
@policy("decide")
def approve_many(request: Request) -> HttpResponse:
    """Clean ones only: what needs a look is opened, whoever ticks it."""

    def act(chosen: list[tuple[Task, int]], key: str) -> dict[int, Exception | None]:
        clean, fates = [], {}
        for task, seen in chosen:
            if worst := cards.warnings(task.step.request.facts):
                words = f"{worst[0].label}, {worst[0].words}".lower()
                fates[task.pk] = Refused(_("Needs a look: %(what)s.") % {"what": words})
            else:
                clean.append((task, seen))
        asked = [(task.step, seen) for task, seen in clean]
        said = approvals.approve_many(asked=asked, by=request.actor, at=now(), key=key)
        return fates | {task.pk: said[task.step_id] for task, _seen in clean}

    rows = queries.tasks_of(request.actor.person_id or 0, at=now()).select_related("step__request")
    return lists.bulk_together(request, INBOX, rows, title=_("Approve"), act=act, back=reverse("governance:inbox"))


def decide(request: Request, step: int, kind: DecisionKind, form: Reason | Remark) -> HttpResponse:
    """Bound to the version on the screen. The next question is on the page that follows, with a way to take it back."""
    task = mine(request, step)
    if not form.is_valid():
        return page(request, chosen=task, asked=kind, form=form, status=422)
    with answering(request) as answer:
        said = {"kind": kind, "comment": form.cleaned_data["comment"]}
        approvals.decide(step=task.step, **said, by=request.actor, at=now(), **answer.seen)
    if answer.problem and not answer.is_partial:
        return page(request, chosen=task, asked=kind, form=form, problem=answer.problem, status=answer.problem.status)
    return answer.redirect(reverse("governance:inbox"), said=words_after(kind, task.step))


def words_after(kind: DecisionKind, step: ApprovalStep) -> str:
    """What is said once; while a decision is held, the form that takes it back says it."""
    is_held = settings.APPROVAL_HOLD_SECONDS and ApprovalStep.objects.filter(pk=step.pk, status=StepState.HELD).exists()
    return "" if is_held else SAID[kind] % {"title": step.request.title}


def page(request: Request, *, chosen: Task | None = None, status: int = 200, **more: Any) -> HttpResponse:
    at, person = now(), request.actor.person_id or 0
    tab = request.GET.get("tab", "mine")
    tab = tab if tab in TABS else "mine"
    rows = [cards.row(task, at) for task in queries.tab(tab, person, at=at)[:SHOWN]]
    first = chosen or (rows[0].task if rows and tab in ("mine", "standing-in", "snoozed") else None)
    context = {
        "tabs": [(key, label, key == tab) for key, label in TABS.items()],
        "tab": tab,
        "groups": cards.groups(rows),
        "card": cards.card(first, subjects.fetch(first.step.request.about)) if first else None,
        "is_chosen": chosen is not None,
        "held": [(one, seconds_left(one, at)) for one in queries.held_decisions(person)],
        "coming": queries.coming_count(person),
        "away": authority.lent_by(person, at=at),
        "snooze": Snooze(),
        **more,
    }
    return render(request, PAGE, context, status=status)


def seconds_left(decision: Decision, at: datetime) -> int:
    left = round((decision.effective_at - at).total_seconds())
    return max(1, min(left, round(settings.APPROVAL_HOLD_SECONDS)))


def mine(request: Request, step: int) -> Task:
    """The task that this person has or had on a step; what was never asked of him is not found."""
    rows = Task.objects.filter(person=request.actor.person_id).select_related(*queries.TASK)
    task = rows.filter(step=step).order_by("-is_open", "id").first()
    if task is None:
        raise Http404
    return task


def address(step: int) -> str:
    return reverse("governance:inbox-card", args=[step])
