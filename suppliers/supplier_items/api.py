"""What suppliers sell, over HTTP."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation import rest
from foundation.rest.viewsets import KEY, Asked
from foundation.screens.policy import policy
from organization.items.models import Item, Unit
from suppliers.supplier_items import actions as offers
from suppliers.supplier_items import queries
from suppliers.supplier_items.models import SupplierItem
from suppliers.supplier_items.views import OFFERS
from suppliers.suppliers.queries import supplier_rows

FIGURE: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}
MOST_BREAKS = 50


class OfferOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    supplier = serializers.CharField(source="supplier.number")
    item = serializers.CharField(source="item.sku")
    supplier_sku = serializers.CharField()
    unit = serializers.CharField(source="unit.code")
    numerator = serializers.IntegerField(help_text="1 unit is numerator / denominator base units.")
    denominator = serializers.IntegerField()
    minimum = serializers.DecimalField(**FIGURE)
    multiple = serializers.DecimalField(**FIGURE)
    lead_time_days = serializers.IntegerField()
    currency = serializers.CharField()
    price_today = serializers.DecimalField(allow_null=True, **FIGURE)
    is_preferred = serializers.BooleanField()
    is_active = serializers.BooleanField()


class PriceStep(serializers.Serializer):
    quantity_from = serializers.DecimalField(min_value=0, **FIGURE)
    price = serializers.DecimalField(min_value=0, **FIGURE)


class EnterOffer(rest.Nothing):
    supplier = serializers.CharField(max_length=20)
    item = serializers.CharField(max_length=40, help_text="Our SKU.")
    unit = serializers.CharField(max_length=3)
    supplier_sku = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    numerator = serializers.IntegerField(min_value=1, max_value=10**9, default=1)
    denominator = serializers.IntegerField(min_value=1, max_value=10**9, default=1)
    minimum = serializers.DecimalField(min_value=0, default=0, **FIGURE)
    multiple = serializers.DecimalField(min_value=0, default=1, **FIGURE)
    lead_time_days = serializers.IntegerField(min_value=0, max_value=999, default=14)
    currency = serializers.RegexField(r"^[A-Z]{3}$", required=False)
    is_preferred = serializers.BooleanField(default=False)
    valid_from = serializers.DateField(required=False)
    prices = PriceStep(many=True, max_length=MOST_BREAKS, required=False, default=list)


class ChangeOfferIn(rest.Nothing):
    """Any of these; what is not named stays."""

    supplier_sku = serializers.CharField(max_length=60, required=False, allow_blank=True)
    minimum = serializers.DecimalField(min_value=0, required=False, **FIGURE)
    multiple = serializers.DecimalField(min_value=0, required=False, **FIGURE)
    lead_time_days = serializers.IntegerField(min_value=0, max_value=999, required=False)
    is_preferred = serializers.BooleanField(required=False)
    is_active = serializers.BooleanField(required=False)


@policy("see_supplier")
class Offers(rest.Aggregate):
    """One item from one supplier each."""

    output = OfferOut
    listing = OFFERS
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self) -> QuerySet[SupplierItem]:
        return queries.offer_rows(supplier_rows(self.request.actor), on=localdate())

    @extend_schema(request=EnterOffer, parameters=[KEY])
    def create(self, request: Request) -> Response:
        """Enter an offer with its prices."""
        self.insist("edit_supplier")
        asked = self.asked(EnterOffer)
        said = asked.data
        valid_from = said.pop("valid_from", localdate())
        prices = [(row["quantity_from"], row["price"]) for row in said.pop("prices")]
        sellers = supplier_rows(self.request.actor)
        said["supplier"] = _named(sellers, "supplier", number=said["supplier"])
        said["item"] = _named(Item.objects.all(), "item", sku=said["item"])
        said["unit"] = _named(Unit.objects.all(), "unit", code=said["unit"])
        said.setdefault("currency", said["supplier"].currency)
        given = [{**said, "prices": prices}]
        (made,) = offers.enter(given=given, valid_from=valid_from, by=self.request.actor, at=now(), key=asked.key)
        return self.shown(self.found(pk=made.pk), status=201)

    @rest.verb("edit_supplier", takes=ChangeOfferIn)
    def change(self, offer: SupplierItem, asked: Asked) -> SupplierItem:
        """Change how it is sold."""
        offers.change_offer(offer=offer, terms=asked.data, by=self.request.actor, at=now(), **asked.seen)
        return self.found(pk=offer.pk)


def _named(rows: QuerySet[Any], name: str, **by: str) -> Any:
    """The row of a code, or a 400 that names the field."""
    found = rows.filter(**by).first()
    if found is None:
        raise serializers.ValidationError({name: [_("There is none of this number that you may see.")]})
    return found
