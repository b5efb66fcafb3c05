"""Orders over REST: the same lists, the same verbs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from rest_framework import serializers

from foundation import rest
from foundation.screens.policy import policy
from procurement.orders import actions as orders
from procurement.orders import queries
from procurement.orders.models import PurchaseOrder
from procurement.orders.views.listing import ORDERS

NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}


class OrderLineOut(serializers.Serializer):
    """Counters are in the item's base unit and keep the quantity law."""

    number = serializers.IntegerField()
    sku = serializers.CharField(source="item.sku", default="")
    supplier_sku = serializers.CharField()
    description = serializers.CharField()
    unit = serializers.CharField(source="unit.code")
    numerator = serializers.IntegerField()
    denominator = serializers.IntegerField()
    price = serializers.DecimalField(**NUMBER, help_text="For one base unit.")
    amount = serializers.DecimalField(**NUMBER)
    need_by = serializers.DateField()
    promised_on = serializers.DateField()
    confirmed = serializers.DecimalField(**NUMBER, source="confirmed_quantity")
    ordered = serializers.DecimalField(**NUMBER)
    open = serializers.DecimalField(**NUMBER)
    over = serializers.DecimalField(**NUMBER)
    received = serializers.DecimalField(**NUMBER)
    reopened = serializers.DecimalField(**NUMBER)
    cancelled = serializers.DecimalField(**NUMBER)
    closed_short = serializers.BooleanField()


class OrderOut(serializers.Serializer):
    number = serializers.CharField()
    version = serializers.IntegerField()
    status = serializers.CharField()
    revision = serializers.IntegerField()
    supplier = serializers.CharField(source="supplier.number")
    site = serializers.CharField(source="site.code")
    amount = serializers.DecimalField(**NUMBER)
    currency = serializers.CharField()
    need_by = serializers.DateField()
    payment_terms = serializers.CharField()
    incoterm = serializers.CharField()
    confirmed = serializers.CharField()
    supplier_reference = serializers.CharField()
    synced = serializers.CharField()
    erp_number = serializers.CharField()
    issued_at = serializers.DateTimeField()
    lines = serializers.SerializerMethodField()

    def get_lines(self, order: PurchaseOrder) -> list[dict[str, Any]]:
        """On the page of one order only: a list stays short."""
        if self.parent is not None:
            return []
        return OrderLineOut(queries.full_lines(order), many=True).data  # type: ignore[return-value]


class WithReason(rest.Nothing):
    reason = serializers.CharField(max_length=200)


class CancelRemainder(WithReason):
    line = serializers.IntegerField(min_value=1)


@policy("see_order")
class Orders(rest.Aggregate):
    output = OrderOut
    listing = ORDERS

    def rows(self) -> QuerySet[PurchaseOrder]:
        return queries.order_pages(self.request.actor)

    @rest.verb("issue_order")
    def issue(self, order: PurchaseOrder, asked: Any) -> PurchaseOrder:
        """Freeze revision 1 and tell the supplier."""
        return orders.issue(order=order, by=self.request.actor, at=now(), **asked.seen)

    @rest.verb("cancel_order", takes=WithReason)
    def cancel(self, order: PurchaseOrder, asked: Any) -> PurchaseOrder:
        return orders.cancel(order=order, by=self.request.actor, at=now(), **asked.seen, **asked.data)

    @rest.verb("change_order", takes=CancelRemainder)
    def cancel_remainder(self, order: PurchaseOrder, asked: Any) -> PurchaseOrder:
        return orders.cancel_remainder(
            order=order,
            line_number=asked.data["line"],
            reason=asked.data["reason"],
            by=self.request.actor,
            at=now(),
            **asked.seen,
        )

    @rest.verb("change_order")
    def close(self, order: PurchaseOrder, asked: Any) -> PurchaseOrder:
        return orders.close(order=order, by=self.request.actor, at=now(), **asked.seen)
