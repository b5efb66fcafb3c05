"""Stock over REST."""

from rest_framework import serializers

from foundation import rest
from foundation.screens.policy import policy
from receiving.stock import queries, views


class Balance(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    sku = serializers.CharField(source="item.sku")
    site = serializers.CharField(source="site.code")
    status = serializers.CharField()
    unit = serializers.CharField(source="item.base_unit.code")
    quantity = serializers.DecimalField(max_digits=20, decimal_places=6)
    allocated = serializers.DecimalField(max_digits=20, decimal_places=6)
    free = serializers.DecimalField(max_digits=20, decimal_places=6)
    inbound = serializers.DecimalField(max_digits=20, decimal_places=6)


@policy("see_stock")
class Stock(rest.Aggregate):
    output = Balance
    listing = views.STOCK
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self):  # type: ignore[no-untyped-def]
        return queries.balance_rows(self.request.actor)
