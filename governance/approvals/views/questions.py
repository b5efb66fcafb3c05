"""A question, for the one who was asked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from governance.approvals import actions as approvals
from governance.approvals import queries
from governance.approvals.forms import Answer
from governance.approvals.lifecycle import StepState
from governance.approvals.models import Question

PAGE = "governance/approvals/question.html"


@require_safe
@policy(policy.SIGNED_IN)
def question(request: Request, pk: int) -> HttpResponse:
    return render(request, PAGE, shown(_asked(request, pk), Answer()))


@require_POST
@policy(policy.SIGNED_IN)
def answer(request: Request, pk: int) -> HttpResponse:
    asked, form = _asked(request, pk), Answer(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            said = form.cleaned_data["text"]
            approvals.answer_question(question=asked, text=said, by=request.actor, at=now(), key=answer.key)
            return answer.redirect(
                reverse("governance:question", args=[pk]),
                said=_("Sent to %(name)s.") % {"name": asked.asker.name},
            )
    return answer.form(form, PAGE, shown(asked, form))


def shown(asked: Question, form: Answer) -> dict[str, object]:
    waits = asked.answered_at is None and asked.step.status == StepState.ACTIVE
    return {"question": asked, "form": form, "is_open": waits}


def _asked(request: Request, pk: int) -> Question:
    return find(queries.questions_to(request.actor.person_id or 0), pk=pk)
