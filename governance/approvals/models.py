"""What is asked, of whom, and what was said."""

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import MONEY, UNSEEN, Recorded
from governance.approvals.lifecycle import RequestLifecycle, RequestState, StepLifecycle, StepState


class ApprovalRequest(FSMModelMixin, RequestLifecycle, Recorded):
    """One question about one version of one document, with the facts it was routed by (replay reads them)."""

    lock_rank = 110

    about = models.CharField(max_length=80)
    about_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    matrix = models.ForeignKey("governance.AuthorityMatrix", null=True, **UNSEEN)
    facts = models.JSONField(default=dict)
    route = models.JSONField(default=dict)
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, **UNSEEN)
    amount = models.DecimalField(**MONEY)
    currency = models.CharField(max_length=3)
    requester = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about"], condition=Q(status=RequestState.OPEN), name="one_open_request_per_document"
            )
        ]
        indexes = [models.Index(fields=["about", "-id"], name="requests_of_document")]

    def __str__(self) -> str:
        return self.title


class ApprovalStep(FSMModelMixin, StepLifecycle, models.Model):
    """One slot of the route: a role somewhere, by rule numbers, with its clock. Written under its request's lock."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="steps")
    sequence = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=80)
    place = models.CharField(max_length=120, blank=True, default="")
    needs = models.PositiveSmallIntegerField(default=1)
    rules = models.JSONField(default=list)
    why = models.JSONField(default=list)
    sla_hours = models.DecimalField(max_digits=8, decimal_places=2, default=8)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(status=StepState.ACTIVE), name="steps_on_the_clock")]


class Task(models.Model):
    """One step in one person's inbox. Rows are written at submit, so the inbox never searches for rights."""

    step = models.ForeignKey(ApprovalStep, on_delete=models.CASCADE, related_name="tasks")
    person = models.ForeignKey("organization.Person", **UNSEEN)
    on_behalf_of = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    delegation = models.ForeignKey("governance.Delegation", null=True, **UNSEEN)
    is_open = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "person", "on_behalf_of"], nulls_distinct=False, name="one_task_per_person_and_step"
            )
        ]
        indexes = [models.Index(fields=["person", "due_at", "id"], condition=Q(is_open=True), name="inbox")]


class DecisionKind(models.TextChoices):
    APPROVE = "approve", "Approved"
    REJECT = "reject", "Rejected"
    SEND_BACK = "send_back", "Sent back"
    TAKE_BACK = "take_back", "Taken back"


class Decision(models.Model):
    """What a person said about the version that was seen. Never changed: taking back is another row."""

    append_only = True

    step = models.ForeignKey(ApprovalStep, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    person = models.ForeignKey("organization.Person", **UNSEEN)
    on_behalf_of = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    delegation = models.ForeignKey("governance.Delegation", null=True, **UNSEEN)
    seen = models.PositiveIntegerField()
    comment = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    takes_back = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["takes_back"], condition=Q(takes_back__isnull=False), name="taken_back_at_most_once"
            )
        ]
