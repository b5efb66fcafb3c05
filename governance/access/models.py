"""Rights as they are read, accepted conflicts of duties, reviews of access."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Recorded
from governance.access.lifecycle import (
    UNFINISHED,
    AcceptanceLifecycle,
    AcceptanceState,
    ItemLifecycle,
    ItemState,
    ReviewLifecycle,
)


class Right(models.Model):
    """A verb that a membership means. No table: rows come of a statement (``rights``)."""

    membership = models.ForeignKey(
        "organization.Membership", on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    verb = models.CharField(max_length=100)

    class Meta:
        managed = False

    def __str__(self) -> str:
        return self.verb


class ConflictAcceptance(FSMModelMixin, AcceptanceLifecycle, Recorded):
    """Two people said why one person may hold two conflicting duties, until when."""

    lock_rank = 6

    person = models.ForeignKey("organization.Person", **UNSEEN)
    conflict = models.CharField(max_length=40)
    grounds = ArrayField(models.CharField(max_length=40), default=list)
    """What the conflict came of (``"membership:7"``, ``"delegation:3"``). One that comes of more is open again."""
    reason = models.CharField(max_length=300)
    asked_by = models.ForeignKey("organization.Person", **UNSEEN)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "conflict"],
                condition=Q(status__in=[AcceptanceState.ASKED, AcceptanceState.ACCEPTED]),
                name="one_acceptance_at_a_time",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("asked_at")), name="acceptance_has_a_span"),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("asked_by")), name="acceptance_by_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.conflict}"


class AccessReview(FSMModelMixin, ReviewLifecycle, Recorded):
    """Do these people still need these roles? Asked of their managers, or of one owner, until a day."""

    lock_rank = 7

    title = models.CharField(max_length=120)
    entity = models.ForeignKey("organization.LegalEntity", null=True, **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, **UNSEEN)
    role = models.ForeignKey("auth.Group", null=True, **UNSEEN)
    owner = models.ForeignKey("organization.Person", **UNSEEN)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], condition=Q(status__in=UNFINISHED), name="reviews_by_due")]

    def __str__(self) -> str:
        return self.title


class ReviewItem(FSMModelMixin, ItemLifecycle, Recorded):
    """One membership in a review, as it was when the review began."""

    lock_rank = 8

    review = models.ForeignKey(AccessReview, on_delete=models.CASCADE, related_name="items")
    membership = models.ForeignKey("organization.Membership", **UNSEEN)
    person = models.ForeignKey("organization.Person", **UNSEEN)
    role = models.CharField(max_length=150)
    place = models.CharField(max_length=200)
    verbs = models.JSONField(default=list)
    granted_by = models.CharField(max_length=80)
    granted_at = models.DateTimeField()
    reviewer = models.ForeignKey("organization.Person", **UNSEEN)
    answered_by = models.CharField(max_length=80, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "membership"], name="one_item_per_membership"),
            models.CheckConstraint(condition=~Q(reviewer=F("person")), name="nobody_reviews_himself"),
        ]
        indexes = [
            models.Index(fields=["reviewer", "review"], condition=Q(status=ItemState.OPEN), name="items_to_review")
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.place})"
