"""The authority matrix as rows, version by version, and delegations of authority."""

from datetime import date, datetime
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin

from foundation.documents.models import MONEY, UNSEEN, Recorded
from governance.authority.lifecycle import MatrixLifecycle, MatrixState


def words() -> ArrayField:
    """One input of a rule (``facts.WORDS``): any of these, or anything."""
    return ArrayField(models.CharField(max_length=20), default=list, blank=True)


class AuthorityMatrix(FSMModelMixin, MatrixLifecycle, Recorded):
    """One version of who may approve what. Requests keep the version they were routed by."""

    lock_rank = 12

    number = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=120)
    author = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    publisher = models.ForeignKey("organization.Person", null=True, **UNSEEN)

    class Meta:
        verbose_name = "authority matrix"
        verbose_name_plural = "authority matrices"
        constraints = [
            models.UniqueConstraint(
                fields=["status"], condition=Q(status=MatrixState.ACTIVE), name="one_active_matrix"
            ),
            models.UniqueConstraint(
                fields=["status"], condition=Q(status=MatrixState.PLANNED), name="one_planned_matrix"
            ),
            models.UniqueConstraint(fields=["effective_at"], name="one_matrix_at_any_instant"),
            models.CheckConstraint(
                condition=Q(status=MatrixState.DRAFT, effective_at=None)
                | (~Q(status=MatrixState.DRAFT) & Q(effective_at__isnull=False)),
                name="what_is_published_says_from_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class MatrixRule(models.Model):
    """One row of the decision table. An empty input matches anything, a list any of its words.

    The amount band is half-open, [from, to), in the entity's currency.
    """

    matrix = models.ForeignKey(AuthorityMatrix, on_delete=models.CASCADE, related_name="rules")
    number = models.PositiveIntegerField()
    is_on = models.BooleanField(default=True)
    document_kind = models.CharField(max_length=40, blank=True, default="")
    entity = models.ForeignKey("organization.LegalEntity", null=True, blank=True, **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, blank=True, **UNSEEN)
    category = models.ForeignKey("organization.Category", null=True, blank=True, **UNSEEN)
    amount_from = models.DecimalField(max_digits=20, decimal_places=6, default=0)
    amount_to = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    cost_center = models.ForeignKey("organization.CostCenter", null=True, blank=True, **UNSEEN)
    contract = words()
    urgency = words()
    source = words()
    budget = words()
    supplier_risk = words()
    supplier_tenure = words()
    price = words()
    inventory_impact = words()
    customer_commitment = words()
    steps = models.JSONField(default=list)
    """[{"sequence": 1, "role": "Branch manager", "at": "site", "mode": "any", "sla_hours": 8}, ...]"""
    auto_approve_cap = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    forbid = models.CharField(max_length=200, blank=True, default="")
    note = models.CharField(max_length=200, blank=True, default="")
    owner = models.CharField(max_length=80, blank=True, default="")
    """Who answers for the rule: a role, or somebody by name."""
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    """The first and the last day on which it takes part, by the entity's calendar day; empty is always."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="rule_has_a_day"
            ),
            models.UniqueConstraint(fields=["matrix", "number"], name="one_rule_per_number"),
            models.CheckConstraint(
                condition=Q(amount_to=None) | Q(amount_to__gt=F("amount_from")), name="band_is_not_empty"
            ),
        ]

    def takes_part(self, on: date | None) -> bool:
        """Whether it is switched on and its days hold this one; without a day, whether they ever could."""
        if on is None or not self.is_on:
            return self.is_on
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_on is None or on <= self.ends_on)


class MatrixReplay(models.Model):
    """What a draft would have made of the documents of some days, beside the version in force then.

    It speaks for the very rules it was run with: ``head`` is the end of the draft's chain, which every edit moves.
    """

    matrix = models.ForeignKey(AuthorityMatrix, on_delete=models.CASCADE, related_name="replays")
    head = models.CharField(max_length=64)
    base = models.ForeignKey(AuthorityMatrix, null=True, **UNSEEN)
    days = models.PositiveSmallIntegerField()
    until = models.DateTimeField()
    job = models.ForeignKey("foundation.Job", null=True, **UNSEEN)
    figures = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["matrix", "-id"], name="replays_of_matrix")]

    def __str__(self) -> str:
        return f"{self.matrix}, {self.days} d"


class ReplayedDocument(models.Model):
    """A document that the draft would have treated otherwise. Roles and rules as they were when it was replayed."""

    replay = models.ForeignKey(MatrixReplay, on_delete=models.CASCADE, related_name="documents")
    fate = models.CharField(max_length=20)
    about = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    amount = models.DecimalField(**MONEY)
    currency = models.CharField(max_length=3)
    before = models.TextField()
    after = models.TextField()
    added = models.JSONField(default=list)
    removed = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["replay", "fate", "id"], name="replayed_by_fate")]

    def __str__(self) -> str:
        return self.title


class Delegation(Recorded):
    """One person's authority lent to another, for a time, up to an amount. Never passed on."""

    lock_rank = 10

    giver = models.ForeignKey("organization.Person", **UNSEEN)
    taker = models.ForeignKey("organization.Person", **UNSEEN)
    kinds = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    cap = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="delegation_to_somebody_else"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="delegation_has_a_span"),
        ]
        indexes = [
            models.Index(fields=["giver", "ends_at"], condition=Q(ended_at=None), name="delegations_by_giver"),
            models.Index(fields=["taker", "ends_at"], condition=Q(ended_at=None), name="delegations_by_taker"),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"

    def lends(self, *, kind: str, amount: Decimal, at: datetime) -> bool:
        """Whether the giver's authority stands behind the taker for this document at this instant."""
        return (
            self.ended_at is None
            and self.starts_at <= at < self.ends_at
            and (not self.kinds or kind in self.kinds)
            and (self.cap is None or amount <= self.cap)
        )
