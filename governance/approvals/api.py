"""The caller's inbox over REST: what waits for a decision, and deciding it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from rest_framework import serializers

from foundation import rest
from foundation.rest.viewsets import Asked
from foundation.screens.policy import policy
from governance.approvals import actions as approvals
from governance.approvals import queries
from governance.approvals.models import DecisionKind, Task
from governance.approvals.views import INBOX

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


class Decide(rest.Nothing):
    """``version`` is that of the document, as the task shows it: nobody decides on what he has not seen."""

    kind = serializers.ChoiceField(choices=ANSWERS)
    comment = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


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
