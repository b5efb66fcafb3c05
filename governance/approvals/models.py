"""What is asked, of whom, and what was said."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import MONEY, UNSEEN, Recorded
from governance.approvals.lifecycle import UNDECIDED, RequestLifecycle, RequestState, StepLifecycle, StepState


class ApprovalRequest(FSMModelMixin, RequestLifecycle, Recorded):
    """One question about one version of one document, with the facts it was routed by (replay reads them)."""

    lock_rank = 110
    fixed = ("matrix",)

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
    barred = models.JSONField(default=list)
    """People who may not decide besides the requester, by key: the buyer of record, say."""
    asked_at = models.DateTimeField()
    broken_by = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    """Who let it pass without its steps, being named for that."""
    broken_because = models.CharField(max_length=2000, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about"], condition=Q(status=RequestState.OPEN), name="one_open_request_per_document"
            )
        ]
        indexes = [
            models.Index(fields=["about", "-id"], name="requests_of_document"),
            models.Index(fields=["asked_at"], name="requests_by_time"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def compared(self) -> Decimal:
        """What limits are held against: with related purchases, and with tax where the entity's limits are gross."""
        kept = [self.facts.get(name) for name in ("amount", "cumulative")]
        return max((Decimal(amount) for amount in kept if amount is not None), default=self.amount)


class AutoApproval(models.Model):
    """A document that the matrix let pass without asking anybody, with the facts it passed by (replay reads them)."""

    append_only = True

    about = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    matrix = models.ForeignKey("governance.AuthorityMatrix", **UNSEEN)
    facts = models.JSONField()
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    amount = models.DecimalField(**MONEY)
    currency = models.CharField(max_length=3)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["asked_at"], name="auto_approvals_by_time")]

    def __str__(self) -> str:
        return self.title


class Escalated(models.TextChoices):
    """What the deadline made of the role above: one more who may decide, or somebody who knows."""

    ADDED = "added", "May decide too"
    TOLD = "told", "Was told"


class ApprovalStep(FSMModelMixin, StepLifecycle, models.Model):
    """One slot of the route: a role somewhere, by rule numbers, with its clock. Written under its request's lock."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="steps")
    sequence = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=80)
    level = models.CharField(max_length=12, default="site")
    place = models.CharField(max_length=200, blank=True, default="")
    where = models.JSONField(default=dict)
    """The place by keys, which the decider's membership must cover: {"entity": [1], "site": [4]}."""
    mode = models.CharField(max_length=5, default="any")
    needs = models.PositiveSmallIntegerField(default=1)
    lines = models.JSONField(default=list)
    """The numbers of the lines that this step decides on; empty: on the document as a whole."""
    rules = models.JSONField(default=list)
    why = models.JSONField(default=list)
    sla_hours = models.DecimalField(max_digits=8, decimal_places=2, default=8)
    nudged_on = models.DateField(null=True)
    """The last day, by the site's calendar, on which somebody reminded those who are waited for."""
    remind_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalates_to = models.CharField(max_length=80, blank=True, default="")
    """The role that may decide too, or is told, when the hours are over; at ``escalation_where``."""
    escalation_where = models.JSONField(default=dict)
    escalation = models.CharField(max_length=5, choices=Escalated.choices, blank=True, default="")
    escalated_at = models.DateTimeField(null=True)
    returns_after = models.PositiveSmallIntegerField(null=True)
    """So many working hours after the deadline it goes back to the requester; empty: it waits."""
    returns_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status=StepState.ACTIVE), name="steps_on_the_clock"),
            models.Index(fields=["role"], condition=Q(status__in=UNDECIDED), name="undecided_steps_of_role"),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.place})" if self.place else self.role

    @property
    def seats(self) -> list[tuple[str, dict[str, Any]]]:
        """The roles whose holders may decide, each with its place: the step's own, and the one it escalated to."""
        above = [(self.escalates_to, self.escalation_where)] if self.escalation == Escalated.ADDED else []
        return [(self.role, self.where), *above]


class Task(models.Model):
    """One step in one person's inbox. Rows are written at submit, so the inbox never searches for rights."""

    step = models.ForeignKey(ApprovalStep, on_delete=models.CASCADE, related_name="tasks")
    person = models.ForeignKey("organization.Person", **UNSEEN)
    on_behalf_of = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    delegation = models.ForeignKey("governance.Delegation", null=True, **UNSEEN)
    is_open = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    """Out of the person's sight until then; the clock runs on."""
    passed_to = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    """Who was asked to decide instead: this task stays closed as long as that person may."""
    passed_because = models.CharField(max_length=2000, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "person", "on_behalf_of"], nulls_distinct=False, name="one_task_per_person_and_step"
            )
        ]
        indexes = [models.Index(fields=["person", "due_at", "id"], condition=Q(is_open=True), name="inbox")]

    def __str__(self) -> str:
        return self.step.request.title


class DecisionKind(models.TextChoices):
    APPROVE = "approve", "Approved"
    REJECT = "reject", "Rejected"
    SEND_BACK = "send_back", "Sent back"
    TAKE_BACK = "take_back", "Taken back"


class Decision(models.Model):
    """What a person said about the version that was seen. Never changed: taking back is another row.

    A decision whose document changed while it was held is taken back by nobody (``person`` is empty).
    """

    append_only = True

    step = models.ForeignKey(ApprovalStep, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    person = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    on_behalf_of = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    delegation = models.ForeignKey("governance.Delegation", null=True, **UNSEEN)
    membership = models.ForeignKey("organization.Membership", null=True, **UNSEEN)
    """The membership by which the person, or the one stood in for, had the authority."""
    seen = models.PositiveIntegerField()
    comment = models.TextField(blank=True, default="")
    out = models.JSONField(default=list)
    """Lines that the approval leaves out, by number; ``out_returned``: sent back rather than rejected."""
    out_returned = models.BooleanField(default=False)
    decided_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    takes_back = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["takes_back"], condition=Q(takes_back__isnull=False), name="taken_back_at_most_once"
            )
        ]
        indexes = [models.Index(fields=["person", "-id"], name="decisions_of_person")]


class Question(models.Model):
    """What an approver wants to know before he decides, of whom, and what was answered. The step stays his."""

    step = models.ForeignKey(ApprovalStep, on_delete=models.CASCADE, related_name="questions")
    asker = models.ForeignKey("organization.Person", **UNSEEN)
    asked = models.ForeignKey("organization.Person", **UNSEEN)
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked", "asked_at"], condition=Q(answered_at=None), name="unanswered_questions")
        ]


class MailLink(models.Model):
    """The way from a mail to one step, for one person and one content; of its secret only the hash is kept."""

    secret_hash = models.CharField(max_length=64, unique=True)
    step = models.ForeignKey(ApprovalStep, on_delete=models.CASCADE, related_name="links")
    person = models.ForeignKey("organization.Person", **UNSEEN)
    version = models.PositiveIntegerField()
    """Of the document, as the mail told of it."""
    head = models.CharField(max_length=64)
    """The head of the document's chain then: the hash of everything that had happened to it."""
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "person", "version"], name="one_link_per_person_step_and_content")
        ]
