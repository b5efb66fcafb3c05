"""Asking something before deciding, and answering it. The step stays with whoever asked, and its clock runs on."""

from datetime import datetime

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from foundation.values.actor import Actor
from governance.approvals import queries
from governance.approvals.actions.asking import about_of
from governance.approvals.actions.handing import task_of
from governance.approvals.events import QuestionAnswered, QuestionAsked
from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalRequest, ApprovalStep, Question
from organization.people.models import Person


@verb
def ask_question(
    *, step: ApprovalStep, text: str, of_whom: Person | None = None, by: Actor, at: datetime, key: str
) -> ApprovalRequest:
    """Ask the requester, or a colleague, about the document that waits for one's decision.

    Refused when nothing is asked, nobody can be asked, or the step is decided; NotYours when it is not one's own.
    """
    if not text.strip():
        raise Refused(_("Write what you want to know."))
    with deciding(step.request, by=by, key=key, of=step.request) as request:
        task = task_of(request, step, by, at=at)
        asked = of_whom or request.requester
        if asked is None:
            raise Refused(_("No person made this request: name a colleague to ask."))
        if not asked.is_active or asked.kind != Person.INTERNAL:
            raise Refused(_("%(name)s does not work here any more: ask somebody else.") % {"name": asked.name})
        if asked.pk == task.person_id:
            raise Refused(_("Ask somebody other than yourself."))
        question = Question.objects.create(
            step_id=task.step_id, asker_id=task.person_id, asked=asked, text=text.strip(), asked_at=at
        )
        told = QuestionAsked(
            **about_of(request),
            step=task.step_id,
            question=question.pk,
            asker_id=task.person_id,
            asked_id=asked.pk,
            text=question.text,
        )
        journal.record(told, at=at)
    return request


@verb
def answer_question(*, question: Question, text: str, by: Actor, at: datetime, key: str) -> ApprovalRequest:
    """Answer what one was asked, once. Refused when it is answered, or decided without the answer."""
    if not text.strip():
        raise Refused(_("Write your answer."))
    with deciding(question.step.request, by=by, key=key, of=question.step.request) as request:
        question = Question.objects.select_related("step").get(pk=question.pk)
        if question.asked_id != by.person_id:
            raise NotYours("decide", str(request))
        if question.answered_at is not None:
            raise Refused(_("This is answered already."))
        if queries.step_of(request, question.step_id).status != StepState.ACTIVE:
            raise Refused(_("It was decided meanwhile: the answer is not needed any more."))
        question.answer, question.answered_at = text.strip(), at
        question.save(update_fields=["answer", "answered_at"])
        told = QuestionAnswered(
            **about_of(request),
            step=question.step_id,
            question=question.pk,
            asker_id=question.asker_id,
            asked_id=question.asked_id,
            text=question.answer,
        )
        journal.record(told, at=at)
    return request
