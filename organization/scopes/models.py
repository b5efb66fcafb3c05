"""Scopes and the grants on them: which verbs a person or a role holds where."""

from django.db import models
from django.db.models import F, Q
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from foundation.documents.models import MONEY, UNSEEN, Recorded
from foundation.scopes.reach import DIMENSIONS


class Scope(models.Model):
    """One row of reach: empty means any, AND within the row, OR across rows."""

    entity = models.ForeignKey("organization.LegalEntity", null=True, blank=True, **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, blank=True, **UNSEEN)
    category = models.ForeignKey("organization.Category", null=True, blank=True, **UNSEEN)
    supplier = models.ForeignKey("organization.Party", null=True, blank=True, **UNSEEN)
    cost_center = models.ForeignKey("organization.CostCenter", null=True, blank=True, **UNSEEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=list(DIMENSIONS), name="one_scope_per_reach", nulls_distinct=False)
        ]

    def __str__(self) -> str:
        named = [str(getattr(self, name)) for name in DIMENSIONS if getattr(self, f"{name}_id")]
        return " · ".join(named) or "everywhere"

    def places(self) -> dict[str, set[int]]:
        """Where the scope itself lies, for asking whether somebody's reach covers it: a site lies in its entity."""
        found = {name: {value} for name in DIMENSIONS if (value := getattr(self, f"{name}_id"))}
        if self.site:
            found.setdefault("entity", {self.site.entity_id})
        return found


class PersonGrant(UserObjectPermissionBase):
    """A verb that one person holds in one scope. Guardian's direct-key table, not its generic one."""

    content_object = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="+")


class RoleGrant(GroupObjectPermissionBase):
    """A verb that everybody in a role holds in one scope."""

    content_object = models.ForeignKey(Scope, on_delete=models.CASCADE, related_name="+")


class StepUpLimit(models.Model):
    """Above which amount a role's approvers prove again who they are; a role without a row never asks."""

    role = models.OneToOneField("auth.Group", on_delete=models.CASCADE, primary_key=True, related_name="step_up")
    above = models.DecimalField(**MONEY)
    """In the currency of the entity whose document is approved, as the matrix's amounts are."""

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(above__gte=0), name="step_up_above_zero")]


class Membership(Recorded):
    """A person fills a role in a scope. The role's verbs there are kept as the person's grants by the action.

    Recorded, because authority is decided by it: its chain says who gave it and who took it away, and a decision
    holds the row still while it is made.
    """

    lock_rank = 11

    person = models.ForeignKey("organization.Person", on_delete=models.CASCADE, related_name="memberships")
    role = models.ForeignKey("auth.Group", on_delete=models.PROTECT, related_name="memberships")
    scope = models.ForeignKey(Scope, **UNSEEN)
    granted_by = models.CharField(max_length=80)
    granted_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    """Given for a time: the clock ends it then."""
    warned_at = models.DateTimeField(null=True)
    """When its end was announced to the person."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("granted_at")), name="membership_has_a_span"),
            models.UniqueConstraint(
                fields=["person", "role", "scope"], condition=Q(ended_at=None), name="one_membership_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["role", "person"], condition=Q(ended_at=None), name="living_memberships"),
            models.Index(fields=["ends_at"], condition=Q(ended_at=None), name="memberships_by_end"),
        ]
