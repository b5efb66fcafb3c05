"""Items over HTTP."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from rest_framework import serializers

from foundation import rest
from foundation.rest.viewsets import Asked
from foundation.screens.policy import policy
from organization.items import actions as items
from organization.items import queries
from organization.items.models import Item
from organization.items.views import ITEMS

FIGURE: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}


class ItemOut(serializers.Serializer):
    sku = serializers.CharField()
    version = serializers.IntegerField()
    description = serializers.CharField()
    category = serializers.CharField(source="category.code")
    base_unit = serializers.CharField(source="base_unit.code")
    gtin = serializers.CharField()
    is_active = serializers.BooleanField()
    standard_price = serializers.DecimalField(**FIGURE)
    reorder_point = serializers.DecimalField(**FIGURE)
    safety_stock = serializers.DecimalField(**FIGURE)
    needs_inspection = serializers.BooleanField()
    tracks_lots = serializers.BooleanField()
    tracks_expiry = serializers.BooleanField()
    tracks_serials = serializers.BooleanField()
    needs_certificate = serializers.BooleanField()


class ChangeIn(rest.Nothing):
    """Any of these; what is not named stays."""

    description = serializers.CharField(max_length=200, required=False)
    gtin = serializers.RegexField(r"^([0-9]{8,14})?$", required=False, allow_blank=True)
    is_active = serializers.BooleanField(required=False)
    standard_price = serializers.DecimalField(min_value=0, required=False, **FIGURE)
    reorder_point = serializers.DecimalField(min_value=0, required=False, **FIGURE)
    safety_stock = serializers.DecimalField(min_value=0, required=False, **FIGURE)
    needs_inspection = serializers.BooleanField(required=False)
    tracks_lots = serializers.BooleanField(required=False)
    tracks_expiry = serializers.BooleanField(required=False)
    tracks_serials = serializers.BooleanField(required=False)
    needs_certificate = serializers.BooleanField(required=False)


@policy(policy.SIGNED_IN)
class Items(rest.Aggregate):
    """What is bought, stocked and sold."""

    output = ItemOut
    listing = ITEMS
    lookup_field = "sku"

    def rows(self) -> QuerySet[Item]:
        return queries.item_rows()

    @rest.verb("edit_master_data", takes=ChangeIn)
    def change(self, item: Item, asked: Asked) -> Item:
        """Change the master data of an item."""
        return items.change(item=item, values=asked.data, by=self.request.actor, at=now(), **asked.seen)
