"""Ship notices: what the supplier says is on the truck, on which pallets it stands, and how far it has come."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin

from foundation.documents.models import QUANTITY, UNSEEN, Document, Line
from receiving.notices.lifecycle import MilestoneKind, NoticeLifecycle


class ShipNotice(FSMModelMixin, NoticeLifecycle, Document):
    lock_rank = 70
    see_verb = "see_receipt"
    scope_paths = {"entity": "site__entity_id", "site": "site_id", "supplier": "supplier_id"}

    number = models.CharField(max_length=30, unique=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    site = models.ForeignKey("organization.Site", **UNSEEN)
    reference = models.CharField(max_length=40)
    """The supplier's own number of the notice."""
    ships_on = models.DateField()
    arrives_on = models.DateField()
    carrier = models.CharField(max_length=80, blank=True, default="")
    tracking = models.CharField(max_length=80, blank=True, default="")
    package_count = models.PositiveIntegerField(default=1)
    flags = models.JSONField(default=list)
    """[{"code": "over_open", "line": 3, "sentence": "..."}]."""
    submission = models.ForeignKey("suppliers.Submission", null=True, **UNSEEN)
    announced_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "reference"], condition=~Q(status="cancelled"), name="one_notice_per_reference"
            )
        ]
        indexes = [models.Index(fields=["site", "arrives_on"], name="notices_calendar")]

    def __str__(self) -> str:
        return self.number

    @property
    def passed_label(self) -> str:
        """The last milestone, where a query says it (``queries.with_counts``)."""
        kind = getattr(self, "last_milestone", None)
        return str(MilestoneKind(kind).label) if kind else ""


THROUGH_NOTICE = {
    "entity": "notice__site__entity_id",
    "site": "notice__site_id",
    "supplier": "notice__supplier_id",
}
"""The scope of what is part of a notice is the notice's."""


def serials() -> ArrayField:
    return ArrayField(models.CharField(max_length=40), default=list)


class ShipNoticeLine(Line):
    """So much of one order line, of one lot, on the truck."""

    part_of = "notice"
    see_verb = "see_receipt"
    scope_paths = THROUGH_NOTICE

    notice = models.ForeignKey(ShipNotice, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    order_line = models.ForeignKey("procurement.PurchaseOrderLine", on_delete=models.PROTECT, related_name="announced")
    quantity = models.DecimalField(**QUANTITY)
    received = models.DecimalField(**QUANTITY)
    lot = models.CharField(max_length=40, blank=True, default="")
    expires_on = models.DateField(null=True)
    serials = serials()
    certificate = models.CharField(max_length=40, blank=True, default="")
    """Number of the certificate that is said to travel with the goods."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="one_notice_line_per_number"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="something_is_announced"),
        ]


class HandlingUnit(Line):
    """A pallet, a carton: what carries a label of its own."""

    part_of = "notice"
    see_verb = "see_receipt"
    scope_paths = THROUGH_NOTICE

    notice = models.ForeignKey(ShipNotice, on_delete=models.CASCADE, related_name="units")
    number = models.PositiveIntegerField()
    """Its place on the notice, from 1: "pallet 3 of 8"."""
    around = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="inner")
    """The unit that it stands in."""
    sscc = models.CharField(max_length=18, blank=True, default="", db_index=True)
    package = models.CharField(max_length=3)
    """UN/ECE Recommendation 21: PX is a pallet, CT a carton."""
    gross_weight = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    """In kilograms."""
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    keeps_sscc = models.BooleanField(default=True)
    """Whether nothing else of the supplier may carry its SSCC: for a year, unless the notice is cancelled."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="one_unit_per_number"),
            models.UniqueConstraint(
                fields=["supplier", "sscc"], condition=Q(keeps_sscc=True) & ~Q(sscc=""), name="one_unit_per_sscc"
            ),
            models.CheckConstraint(condition=Q(around=None) | ~Q(around=F("id")), name="no_unit_in_itself"),
            models.CheckConstraint(condition=Q(gross_weight=None) | Q(gross_weight__gt=0), name="units_have_weight"),
        ]


class UnitContent(Line):
    """How much of one line of the notice stands on one unit itself, units inside it not counted."""

    part_of = "unit"
    see_verb = "see_receipt"
    scope_paths = {name: f"unit__{path}" for name, path in THROUGH_NOTICE.items()}

    unit = models.ForeignKey(HandlingUnit, on_delete=models.CASCADE, related_name="contents")
    line = models.ForeignKey(ShipNoticeLine, on_delete=models.CASCADE, related_name="packed")
    quantity = models.DecimalField(**QUANTITY)
    serials = serials()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "line"], name="one_content_per_line"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="something_is_packed"),
        ]


class Milestone(Line):
    """How far a truck has come: when, and who said so. What is said later counts; the journal keeps both."""

    part_of = "notice"
    see_verb = "see_receipt"
    scope_paths = THROUGH_NOTICE

    notice = models.ForeignKey(ShipNotice, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=9, choices=MilestoneKind.choices)
    happened_at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "kind"], name="one_milestone_of_a_kind")]


class NoticeDraft(models.Model):
    """What somebody has typed of a notice and not sent yet, so that nothing typed is lost. Only his own."""

    person = models.ForeignKey("organization.Person", on_delete=models.CASCADE, related_name="+")
    order = models.ForeignKey("procurement.PurchaseOrder", on_delete=models.CASCADE, related_name="+")
    typed = models.TextField()
    """The form's fields, as a form is sent."""
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "order"], name="one_draft_per_person")]
