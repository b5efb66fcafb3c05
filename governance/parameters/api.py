"""Parameters over REST: what was said, proposing, deciding; and what counts at a place and an instant."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from foundation import rest
from foundation.screens.finding import find
from foundation.screens.policy import policy
from governance.parameters import actions, queries
from governance.parameters.models import ParameterValue
from governance.parameters.rules import Place
from governance.parameters.views import VALUES
from organization.entities.models import LegalEntity
from organization.sites.models import Site

FIGURE: dict[str, Any] = {"max_digits": 14, "decimal_places": 4}


class ValueOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    parameter = serializers.CharField()
    entity = serializers.CharField(source="entity.code", default=None, help_text="Empty: the whole house.")
    site = serializers.CharField(source="site.code", default=None)
    value = serializers.DecimalField(**FIGURE)
    low = serializers.DecimalField(**FIGURE)
    high = serializers.DecimalField(**FIGURE)
    is_locked = serializers.BooleanField()
    status = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    reason = serializers.CharField()
    proposer = serializers.CharField(source="proposer.email", default="")
    decider = serializers.CharField(source="decider.email", default="")
    answer = serializers.CharField()


class StandingOut(serializers.Serializer):
    """What counts for one parameter somewhere."""

    parameter = serializers.CharField(source="parameter.name")
    words = serializers.CharField(source="parameter.words")
    unit = serializers.CharField(source="parameter.unit")
    owner = serializers.CharField(source="parameter.owner")
    value = serializers.DecimalField(**FIGURE, source="here.value")
    low = serializers.DecimalField(**FIGURE, source="here.low")
    high = serializers.DecimalField(**FIGURE, source="here.high")
    standing = serializers.CharField()


class ProposeValue(serializers.Serializer):
    parameter = serializers.CharField(max_length=60)
    entity = serializers.CharField(
        max_length=8, required=False, help_text="A code; neither this nor a site: the house."
    )
    site = serializers.CharField(max_length=8, required=False)
    value = serializers.DecimalField(**FIGURE)
    low = serializers.DecimalField(**FIGURE, required=False)
    high = serializers.DecimalField(**FIGURE, required=False)
    is_locked = serializers.BooleanField(required=False)
    starts_at = serializers.DateTimeField(required=False)
    ends_at = serializers.DateTimeField(required=False)
    reason = serializers.CharField(max_length=400)


class Answered(rest.Nothing):
    answer = serializers.CharField(max_length=400, required=False)


class Told(rest.Nothing):
    answer = serializers.CharField(max_length=400)


class Asked(serializers.Serializer):
    entity = serializers.CharField(max_length=8, required=False)
    site = serializers.CharField(max_length=8, required=False)
    at = serializers.DateTimeField(required=False)


@policy("see_parameter")
class Values(rest.Aggregate):
    output = ValueOut
    listing = VALUES
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self) -> QuerySet[ParameterValue]:
        return queries.values()

    @extend_schema(
        responses=StandingOut(many=True), parameters=[OpenApiParameter(name, str) for name in ("entity", "site", "at")]
    )
    @action(detail=False, methods=["get"])
    def standing(self, request: Request) -> Response:
        """Every parameter as it counts for the house, an entity or a site, now or at an instant."""
        asked = Asked(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        where = _where(said)
        site, entity = where["site"], where["entity"]
        place = Place(site.entity_id, site.pk) if site else Place(entity.pk if entity else None)
        return Response(StandingOut(queries.rows_at(place, at=said.get("at") or now()), many=True).data)

    def create(self, request: Request) -> Response:
        """Propose a value; somebody else decides."""
        self.insist("propose_parameter")
        asked = self.asked(ProposeValue)
        given = {**asked.data, **_where(asked.data)}
        made = actions.propose(**given, by=self.actor, at=now(), key=asked.key)
        return self.shown(self.rows().get(pk=made.pk), status=201)

    @rest.verb("decide_parameter", takes=Answered)
    def agree(self, value: ParameterValue, asked: Any) -> ParameterValue:
        """Put it in force, a minute from now at the earliest."""
        return actions.agree(value=value, by=self.actor, at=now(), **asked.seen, **asked.data)

    @rest.verb("decide_parameter", takes=Told)
    def reject(self, value: ParameterValue, asked: Any) -> ParameterValue:
        return actions.reject(value=value, by=self.actor, at=now(), **asked.seen, **asked.data)

    @rest.verb("decide_parameter", takes=Told)
    def end(self, value: ParameterValue, asked: Any) -> ParameterValue:
        """Let what stands above count again."""
        return actions.end(value=value, by=self.actor, at=now(), **asked.seen, **asked.data)

    @rest.verb("propose_parameter")
    def withdraw(self, value: ParameterValue, asked: Any) -> ParameterValue:
        return actions.withdraw(value=value, by=self.actor, at=now(), **asked.seen)


def _where(said: dict[str, Any]) -> dict[str, Any]:
    """Codes to rows; 404 for one that does not exist."""
    return {
        "entity": find(LegalEntity.objects, code=said["entity"]) if said.get("entity") else None,
        "site": find(Site.objects.select_related("entity"), code=said["site"]) if said.get("site") else None,
    }
