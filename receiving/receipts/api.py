"""Goods receipts over REST."""

from django.utils.timezone import now
from rest_framework import serializers

from foundation import rest
from foundation.screens.policy import policy
from receiving.receipts import actions as receipts
from receiving.receipts import queries, views


class Receipt(serializers.Serializer):
    number = serializers.CharField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    site = serializers.CharField(source="site.code")
    supplier = serializers.CharField(source="supplier.number")
    notice = serializers.CharField(source="notice.number", default=None)
    delivery_note = serializers.CharField()
    line_count = serializers.IntegerField()
    counted_count = serializers.IntegerField()
    differences = serializers.IntegerField()
    arrived_at = serializers.DateTimeField()
    posted_at = serializers.DateTimeField()
    erp_number = serializers.CharField()


class Scanned(serializers.Serializer):
    """A scan from a device. The same ``device_id`` counts once, however often it is sent."""

    device_id = serializers.UUIDField()
    code = serializers.CharField(max_length=200)
    quantity = serializers.DecimalField(max_digits=20, decimal_places=6, required=False, min_value=0)
    condition = serializers.ChoiceField(choices=["accepted", "damaged", "refused"], default="accepted")


class Reverse(rest.Nothing):
    reason = serializers.CharField(max_length=200)


@policy("see_receipt")
class Receipts(rest.Aggregate):
    output = Receipt
    listing = views.RECEIPTS

    def rows(self):  # type: ignore[no-untyped-def]
        return queries.receipt_rows(self.request.actor)

    @rest.verb("receive_goods", takes=Scanned)
    def scan(self, receipt, asked):  # type: ignore[no-untyped-def]
        receipts.scan(receipt=receipt, by=self.request.actor, at=now(), **asked.data)
        return self.found(number=receipt.number)

    @rest.verb("receive_goods", called="post")
    def post_receipt(self, receipt, asked):  # type: ignore[no-untyped-def]
        receipts.post(receipt=receipt, by=self.request.actor, at=now(), **asked.seen)
        return self.found(number=receipt.number)

    @rest.verb("reverse_receipt", takes=Reverse)
    def reverse(self, receipt, asked):  # type: ignore[no-untyped-def]
        receipts.reverse(receipt=receipt, by=self.request.actor, at=now(), **asked.seen, **asked.data)
        return self.found(number=receipt.number)
