"""The caller's inbox over REST: what waits for a decision, and deciding it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from foundation import rest
from foundation.rest.viewsets import Asked
from foundation.screens import lists
from foundation.screens.policy import policy
from governance.approvals import actions as approvals
from governance.approvals import queries
from governance.approvals.models import DecisionKind, Question, Task
from governance.approvals.views.inbox import INBOX
from organization.people.models import Person

ANSWERS = [kind for kind in DecisionKind.choices if kind[0] != DecisionKind.TAKE_BACK]


class TaskOut(serializers.Serializer):
    """One step in the caller's inbox. ``version`` is the version of the document that is asked about."""

    id = serializers.IntegerField()
    is_open = serializers.BooleanField()
    kind = serializers.CharField(source="step.request.kind")
    title = serializers.CharField(source="step.request.title")
    url = serializers.CharField(source="step.request.url")
    version = serializers.IntegerField(source="step.request.about_version")
    amount = serializers.DecimalField(source="step.request.amount", max_digits=20, decimal_places=6)
    currency = serializers.CharField(source="step.request.currency")
    requester = serializers.CharField(source="step.request.requester.name", default="")
    site = serializers.CharField(source="step.request.site.code", default="")
    role = serializers.CharField(source="step.role")
    place = serializers.CharField(source="step.place")
    on_behalf_of = serializers.CharField(source="on_behalf_of.name", default="")
    status = serializers.CharField(source="step.status")
    asked_at = serializers.DateTimeField(source="step.request.asked_at")
    due_at = serializers.DateTimeField()
    snoozed_until = serializers.DateTimeField()


class Decide(rest.Nothing):
    """``version`` is that of the document, as the task shows it: nobody decides on what he has not seen."""

    kind = serializers.ChoiceField(choices=ANSWERS)
    comment = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class AskQuestion(rest.Nothing):
    """``whom``: the mail address of a colleague; empty asks who made the request."""

    text = serializers.CharField(max_length=2000)
    whom = serializers.EmailField(required=False, default="", allow_blank=True)


class PassOn(rest.Nothing):
    to = serializers.EmailField(help_text="The mail address of a colleague who holds the authority himself.")
    reason = serializers.CharField(max_length=2000)


class PutOff(rest.Nothing):
    until = serializers.DateTimeField(allow_null=True, help_text="At most 30 days ahead; null shows it again at once.")


class GiveAnswer(rest.Nothing):
    text = serializers.CharField(max_length=2000)


class QuestionOut(serializers.Serializer):
    """What an approver wants to know of the caller before he decides."""

    id = serializers.IntegerField()
    title = serializers.CharField(source="step.request.title")
    url = serializers.CharField(source="step.request.url")
    asker = serializers.CharField(source="asker.name")
    text = serializers.CharField()
    asked_at = serializers.DateTimeField()
    answer = serializers.CharField()
    answered_at = serializers.DateTimeField()


QUESTIONS = lists.List(
    "questions", title=gettext_lazy("Questions"), columns=[], default_sort="-asked", sorts={"asked": "asked_at"}
)


@policy("decide")
class Tasks(rest.Aggregate):
    """The list shows what is open; a task that was decided can still be asked for by its key."""

    output = TaskOut
    listing = INBOX
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self) -> QuerySet[Task]:
        person = self.actor.person_id or 0
        mine = queries.tasks_of(person, at=now()) if self.action == "list" else Task.objects.filter(person=person)
        return mine.select_related(*queries.TASK)

    @rest.verb("decide", takes=Decide)
    def decide(self, task: Task, asked: Asked) -> Any:
        """Approve, reject or send back. It takes effect after the hold, if there is one."""
        approvals.decide(step=task.step, by=self.actor, at=now(), **asked.seen, **asked.data)
        decided = Task.objects.select_related("step").get(pk=task.pk)
        decided.step.request, decided.on_behalf_of = task.step.request, task.on_behalf_of  # as they were
        return decided

    @rest.verb("decide")
    def take_back(self, task: Task, asked: Asked) -> Any:
        """Take one's own decision back, while it has not taken effect."""
        approvals.take_back(step=task.step, by=self.actor, at=now(), key=asked.key)
        return self.found(pk=str(task.pk))

    @rest.verb("decide", takes=AskQuestion)
    def ask(self, task: Task, asked: Asked) -> Any:
        """Ask something first. The task stays, and its clock runs on."""
        whom = asked.data["whom"] and _colleague("whom", asked.data["whom"])
        said = {"text": asked.data["text"], "of_whom": whom or None}
        approvals.ask_question(step=task.step, **said, by=self.actor, at=now(), key=asked.key)
        return self.found(pk=str(task.pk))

    @rest.verb("decide", takes=PassOn)
    def reassign(self, task: Task, asked: Asked) -> Any:
        """Pass the task to somebody who holds the authority himself."""
        to = _colleague("to", asked.data["to"])
        approvals.reassign(step=task.step, to=to, reason=asked.data["reason"], by=self.actor, at=now(), key=asked.key)
        return self.found(pk=str(task.pk))

    @rest.verb("decide", takes=PutOff)
    def snooze(self, task: Task, asked: Asked) -> Any:
        """Put the task out of sight; nothing else changes."""
        approvals.snooze(step=task.step, until=asked.data["until"], by=self.actor, at=now(), key=asked.key)
        return self.found(pk=str(task.pk))


@policy(policy.SIGNED_IN)
class Questions(rest.Aggregate):
    """What the caller was asked, answered or not."""

    output = QuestionOut
    listing = QUESTIONS
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self) -> QuerySet[Question]:
        return queries.questions_to(self.actor.person_id or 0)

    @rest.verb(policy.SIGNED_IN, takes=GiveAnswer)
    def answer(self, question: Question, asked: Asked) -> Any:
        """Answer, once."""
        said = asked.data["text"]
        approvals.answer_question(question=question, text=said, by=self.actor, at=now(), key=asked.key)
        return self.found(pk=str(question.pk))


def _colleague(field: str, email: str) -> Person:
    found = Person.objects.filter(email=email.lower(), kind=Person.INTERNAL, is_active=True).first()
    if found is None:
        raise serializers.ValidationError({field: [_("No colleague has this mail address.")]})
    return found
