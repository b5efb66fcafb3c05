"""Changes to orders over REST."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from rest_framework import serializers

from foundation import rest
from foundation.screens.policy import policy
from procurement.changes import actions as changes
from procurement.changes import queries
from procurement.changes.models import ChangeRequest
from procurement.changes.views import CHANGES


class DeltaOut(serializers.Serializer):
    line = serializers.IntegerField(source="order_line.number")
    field = serializers.CharField()
    before = serializers.CharField(help_text="Quantities and prices are for base units.")
    after = serializers.CharField()
    sentence = serializers.CharField()
    is_declined = serializers.BooleanField()


class ChangeOut(serializers.Serializer):
    number = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.CharField()
    origin = serializers.CharField()
    order = serializers.CharField(source="order.number")
    base_revision = serializers.IntegerField()
    reason = serializers.CharField()
    amount_change = serializers.DecimalField(max_digits=20, decimal_places=6)
    created_at = serializers.DateTimeField()
    deltas = serializers.SerializerMethodField()

    def get_deltas(self, change: ChangeRequest) -> list[dict[str, Any]]:
        if self.parent is not None:
            return []
        return DeltaOut(queries.full_rows(change), many=True).data  # type: ignore[return-value]


class OfLines(rest.Nothing):
    lines = serializers.ListField(child=serializers.IntegerField(min_value=1), allow_null=True, default=None)
    reason = serializers.CharField(max_length=200, allow_blank=True, default="")


class WithReason(rest.Nothing):
    reason = serializers.CharField(max_length=200)


@policy("see_order")
class Changes(rest.Aggregate):
    output = ChangeOut
    listing = CHANGES

    def rows(self) -> QuerySet[ChangeRequest]:
        return queries.change_rows(self.request.actor)

    @rest.verb("change_order", takes=OfLines)
    def accept(self, change: ChangeRequest, asked: Any) -> ChangeRequest:
        """Agree to what the supplier proposes, or to some lines of it: the next revision, or approval again."""
        return changes.accept(change=change, by=self.request.actor, at=now(), **asked.seen, **asked.data)

    @rest.verb("change_order", takes=WithReason)
    def decline(self, change: ChangeRequest, asked: Any) -> ChangeRequest:
        return changes.decline(change=change, by=self.request.actor, at=now(), **asked.seen, **asked.data)
