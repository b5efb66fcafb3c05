"""Ship notices over REST."""

from django.utils.timezone import now
from rest_framework import serializers

from foundation import rest
from foundation.screens.policy import policy
from receiving.notices import actions as notices
from receiving.notices import queries, views


class ShipNotice(serializers.Serializer):
    number = serializers.CharField()
    status = serializers.CharField()
    version = serializers.IntegerField()
    site = serializers.CharField(source="site.code")
    supplier = serializers.CharField(source="supplier.number")
    reference = serializers.CharField()
    ships_on = serializers.DateField()
    arrives_on = serializers.DateField()
    carrier = serializers.CharField()
    tracking = serializers.CharField()
    package_count = serializers.IntegerField()
    flags = serializers.JSONField()


@policy("see_receipt")
class ShipNotices(rest.Aggregate):
    output = ShipNotice
    listing = views.NOTICES

    def rows(self):  # type: ignore[no-untyped-def]
        return queries.notice_rows(self.request.actor)

    @rest.verb("receive_goods")
    def arrive(self, notice, asked):  # type: ignore[no-untyped-def]
        return notices.arrive(notice=notice, by=self.request.actor, at=now(), key=asked.key)
