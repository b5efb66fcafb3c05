"""Shipments: allocated goods that leave a site for a customer."""

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import QUANTITY, UNSEEN, Document, Line
from fulfillment.shipments.lifecycle import ShipmentLifecycle


class Shipment(FSMModelMixin, ShipmentLifecycle, Document):
    lock_rank = 100
    see_verb = "see_demand"
    scope_paths = {"entity": "site__entity_id", "site": "site_id"}

    number = models.CharField(max_length=30, unique=True)
    site = models.ForeignKey("organization.Site", **UNSEEN)
    order = models.ForeignKey("fulfillment.CustomerOrder", on_delete=models.PROTECT, related_name="shipments")
    carrier = models.CharField(max_length=80, blank=True, default="")
    tracking = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class ShipmentLine(Line):
    part_of = "shipment"
    see_verb = "see_demand"
    scope_paths = {"entity": "shipment__site__entity_id", "site": "shipment__site_id"}

    shipment = models.ForeignKey(Shipment, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey("fulfillment.DemandLine", on_delete=models.PROTECT, related_name="shipped_lines")
    quantity = models.DecimalField(**QUANTITY)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="something_leaves")]
