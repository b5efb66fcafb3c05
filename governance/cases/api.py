"""Exceptions over REST: the same lists, the same verbs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from rest_framework import serializers

from foundation import rest
from foundation.lifecycles import Refused
from foundation.resolutions.registry import resolutions_for
from foundation.screens.policy import policy
from governance.cases import actions as cases
from governance.cases import queries
from governance.cases.models import Case
from governance.cases.views.listing import CASES

NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}


class WayOut(serializers.Serializer):
    """A resolution of the case's kind: possible when nothing speaks against it."""

    name = serializers.CharField()
    label = serializers.CharField()
    why_not = serializers.ListField(child=serializers.CharField())
    preview = serializers.ListField(child=serializers.CharField())


class CaseOut(serializers.Serializer):
    number = serializers.CharField()
    version = serializers.IntegerField()
    kind = serializers.CharField()
    status = serializers.CharField()
    severity = serializers.CharField()
    summary = serializers.CharField()
    about = serializers.CharField(source="about_title")
    about_url = serializers.CharField()
    entity = serializers.CharField(source="entity.code")
    site = serializers.CharField(source="site.code", default="")
    supplier = serializers.CharField(source="supplier.name", default="")
    owner = serializers.CharField(source="owner.email", default="")
    stake = serializers.DecimalField(**NUMBER)
    currency = serializers.CharField()
    facts = serializers.JSONField()
    opened_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    waiting_since = serializers.DateTimeField()
    resolved_at = serializers.DateTimeField()
    resolution = serializers.CharField()
    root_cause = serializers.CharField()
    ways = serializers.SerializerMethodField(help_text="On the page of one case only.")

    def get_ways(self, case: Case) -> list[dict[str, Any]]:
        if self.parent is not None or not case.is_unsolved:
            return []
        found = []
        for one in resolutions_for(case.kind):
            objections = one.why_not(case)
            preview = [] if objections else one.preview(case)
            found.append({"name": one.name, "label": one.label, "why_not": objections, "preview": preview})
        return WayOut(found, many=True).data  # type: ignore[return-value]


class HandOver(rest.Nothing):
    owner = serializers.EmailField(help_text="Somebody who works on cases there.")
    reason = serializers.CharField(max_length=200)


class Resolve(rest.Nothing):
    how = serializers.CharField(max_length=40, help_text="The name of one of the ways.")
    facts = serializers.DictField(child=serializers.CharField(max_length=200), required=False)
    root_cause = serializers.CharField(max_length=80, required=False)


@policy("see_case")
class Cases(rest.Aggregate):
    output = CaseOut
    listing = CASES

    def rows(self) -> QuerySet[Case]:
        return queries.case_rows(self.actor)

    @rest.verb("work_case")
    def take(self, case: Case, asked: Any) -> Case:
        """Make it one's own."""
        return cases.take(case=case, by=self.actor, at=now(), **asked.seen)

    @rest.verb("work_case", takes=HandOver)
    def hand_over(self, case: Case, asked: Any) -> Case:
        """Give it to somebody else who works on cases there."""
        email = asked.data["owner"].lower()
        owner = next((one for one in queries.workers(case) if one.email.lower() == email), None)
        if owner is None:
            raise Refused(_("%(email)s does not work on cases there.") % {"email": asked.data["owner"]})
        return cases.assign(case=case, owner=owner, reason=asked.data["reason"], by=self.actor, at=now(), **asked.seen)

    @rest.verb("see_case", takes=Resolve)
    def resolve(self, case: Case, asked: Any) -> Case:
        """Settle it one of its ways; each needs a right of its own."""
        return cases.resolve(case=case, by=self.actor, at=now(), **asked.seen, **asked.data)
