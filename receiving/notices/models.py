"""Ship notices: what the supplier says is on the truck."""

import uuid

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import QUANTITY, UNSEEN, Document, Line
from receiving.notices.lifecycle import NoticeLifecycle


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


class ShipNoticeLine(Line):
    part_of = "notice"
    see_verb = "see_receipt"
    scope_paths = {
        "entity": "notice__site__entity_id",
        "site": "notice__site_id",
        "supplier": "notice__supplier_id",
    }

    notice = models.ForeignKey(ShipNotice, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    order_line = models.ForeignKey("procurement.PurchaseOrderLine", on_delete=models.PROTECT, related_name="announced")
    quantity = models.DecimalField(**QUANTITY)
    received = models.DecimalField(**QUANTITY)
    lot = models.CharField(max_length=40, blank=True, default="")
    expires_on = models.DateField(null=True)
    sscc = models.CharField(max_length=18, blank=True, default="", db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="one_notice_line_per_number"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="something_is_announced"),
        ]
