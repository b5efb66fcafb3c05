"""Shipments over REST."""

from django.utils.timezone import now
from rest_framework import serializers

from foundation import rest
from foundation.screens.policy import policy
from fulfillment.shipments import actions as shipments
from fulfillment.shipments import queries, views


class Shipment(serializers.Serializer):
    number = serializers.CharField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    order = serializers.CharField(source="order.number")
    site = serializers.CharField(source="site.code")
    carrier = serializers.CharField()
    tracking = serializers.CharField()
    created_at = serializers.DateTimeField()
    shipped_at = serializers.DateTimeField()


class Ship(rest.Nothing):
    carrier = serializers.CharField(max_length=80, required=False)
    tracking = serializers.CharField(max_length=80, required=False)


@policy("see_demand")
class Shipments(rest.Aggregate):
    output = Shipment
    listing = views.SHIPMENTS

    def rows(self):  # type: ignore[no-untyped-def]
        return queries.shipment_rows(self.request.actor)

    @rest.verb("ship", takes=Ship)
    def ship(self, shipment, asked):  # type: ignore[no-untyped-def]
        return shipments.ship(shipment=shipment, by=self.request.actor, at=now(), **asked.seen, **asked.data)
