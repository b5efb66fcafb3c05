"""Deliveries over HTTP: what is on its way, and sending it again."""

from django.db.models import QuerySet
from django.utils.timezone import now
from rest_framework import serializers

from foundation import rest
from foundation.journal import replay
from foundation.journal.models import Delivery
from foundation.rest.viewsets import Asked
from foundation.screens.policy import policy
from integration.deliveries import flows, queries
from integration.deliveries.views import DELIVERIES


class DeliveryOut(serializers.Serializer):
    id = serializers.IntegerField()
    flow = serializers.CharField(source="subscriber")
    document = serializers.SerializerMethodField()
    subject = serializers.CharField(source="entry.subject")
    event = serializers.CharField(source="entry.name")
    status = serializers.CharField()
    attempts = serializers.IntegerField()
    next_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField()
    note = serializers.CharField()

    def get_document(self, delivery: Delivery) -> str:
        return flows.number_of(delivery.entry)


class Because(serializers.Serializer):
    reason = serializers.CharField(max_length=200)


@policy("see_integration")
class Deliveries(rest.Aggregate):
    """What the journal carries to whom."""

    output = DeliveryOut
    listing = DELIVERIES
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self) -> QuerySet[Delivery]:
        return queries.delivery_rows()

    @rest.verb("replay_delivery", takes=Because)
    def redeliver(self, delivery: Delivery, asked: Asked) -> Delivery:
        """Send it again, under its own key."""
        return self._settle(delivery, asked, replay.redeliver)

    @rest.verb("replay_delivery", takes=Because)
    def skip(self, delivery: Delivery, asked: Asked) -> Delivery:
        """Let it be."""
        return self._settle(delivery, asked, replay.skip)

    def _settle(self, delivery: Delivery, asked: Asked, action: object) -> Delivery:
        action(delivery=delivery, by=self.request.actor, at=now(), key=asked.key, **asked.data)  # type: ignore[operator]
        return queries.delivery_rows().get(pk=delivery.pk)
