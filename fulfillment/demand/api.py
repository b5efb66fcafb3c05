"""Customer orders over REST."""

from django.utils.timezone import now
from rest_framework import serializers

from foundation import rest
from foundation.screens.policy import policy
from fulfillment.demand import actions as demand
from fulfillment.demand import queries, views


class CustomerOrder(serializers.Serializer):
    number = serializers.CharField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    customer = serializers.CharField(source="customer.number")
    reference = serializers.CharField()
    site = serializers.CharField(source="site.code")
    ordered_at = serializers.DateTimeField()
    promised_on = serializers.DateField()
    priority = serializers.IntegerField()
    ships_complete = serializers.BooleanField()
    lines_count = serializers.IntegerField()
    short_count = serializers.IntegerField()


class Cancel(rest.Nothing):
    reason = serializers.CharField(max_length=200)


@policy("see_demand")
class CustomerOrders(rest.Aggregate):
    output = CustomerOrder
    listing = views.DEMAND

    def rows(self):  # type: ignore[no-untyped-def]
        return queries.order_rows(self.request.actor)

    @rest.verb("edit_demand", takes=Cancel)
    def cancel(self, order, asked):  # type: ignore[no-untyped-def]
        demand.cancel(order=order, by=self.request.actor, at=now(), **asked.seen, **asked.data)
        return self.found(number=order.number)
