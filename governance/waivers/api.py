"""Waivers over REST: the same list, the same verbs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation import rest
from foundation.screens.policy import policy
from foundation.values.reason import BadValue
from governance.waivers import actions, queries
from governance.waivers.models import Waiver
from governance.waivers.registry import CHECKS
from governance.waivers.views import WAIVERS
from organization.entities.models import LegalEntity
from organization.items.models import Item
from organization.parties.models import Party
from organization.parties.queries import party_called
from organization.sites.models import Site


class WaiverOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    check = serializers.CharField(source="check_name")
    entity = serializers.CharField(source="entity.code", default=None)
    site = serializers.CharField(source="site.code", default=None)
    supplier = serializers.CharField(source="supplier.name", default=None)
    item = serializers.CharField(source="item.sku", default=None)
    document = serializers.CharField(source="about_title")
    status = serializers.CharField()
    ends_at = serializers.DateTimeField()
    reason = serializers.CharField()
    owner = serializers.CharField(source="owner.email", default="")
    decider = serializers.CharField(source="decider.email", default="")
    answer = serializers.CharField()
    use_count = serializers.IntegerField()


class AskWaiver(serializers.Serializer):
    check = serializers.ChoiceField(choices=[])
    entity = serializers.SlugRelatedField("code", queryset=LegalEntity.objects.all(), required=False)
    site = serializers.SlugRelatedField("code", queryset=Site.objects.select_related("entity"), required=False)
    supplier = serializers.CharField(max_length=120, required=False)
    item = serializers.SlugRelatedField("sku", queryset=Item.objects.all(), required=False)
    ends_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=400)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check"].choices = list(CHECKS)  # type: ignore[attr-defined]

    def validate_supplier(self, name: str) -> Party:
        try:
            return party_called(name)
        except BadValue as bad:
            raise serializers.ValidationError(str(bad)) from bad


class Answered(rest.Nothing):
    answer = serializers.CharField(max_length=400, required=False)


class Told(rest.Nothing):
    answer = serializers.CharField(max_length=400)


@policy("see_waiver")
class Waivers(rest.Aggregate):
    output = WaiverOut
    listing = WAIVERS
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self) -> QuerySet[Waiver]:
        return queries.waivers(self.actor)

    def create(self, request: Request) -> Response:
        """Ask for a waiver; somebody else grants it."""
        self.insist("ask_waiver")
        asked = self.asked(AskWaiver)
        made = actions.ask(**asked.data, by=self.actor, at=now(), key=asked.key)
        return self.shown(self.rows().get(pk=made.pk), status=201)

    @rest.verb("grant_waiver", takes=Answered)
    def grant(self, waiver: Waiver, asked: Any) -> Waiver:
        return self._now(actions.grant(waiver=waiver, by=self.actor, at=now(), **asked.seen, **asked.data))

    @rest.verb("grant_waiver", takes=Told)
    def reject(self, waiver: Waiver, asked: Any) -> Waiver:
        return self._now(actions.reject(waiver=waiver, by=self.actor, at=now(), **asked.seen, **asked.data))

    @rest.verb("grant_waiver", takes=Told)
    def revoke(self, waiver: Waiver, asked: Any) -> Waiver:
        """From now on the check counts again."""
        return self._now(actions.revoke(waiver=waiver, by=self.actor, at=now(), **asked.seen, **asked.data))

    @rest.verb("ask_waiver")
    def withdraw(self, waiver: Waiver, asked: Any) -> Waiver:
        return self._now(actions.withdraw(waiver=waiver, by=self.actor, at=now(), **asked.seen))

    def _now(self, waiver: Waiver) -> Waiver:
        """With its names and how often it was used."""
        return self.rows().get(pk=waiver.pk)
