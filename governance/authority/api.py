"""The authority matrix and delegations over REST: the same versions, the same verbs."""

from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from foundation import rest
from foundation.lifecycles import Refused
from foundation.screens import lists
from foundation.screens.policy import policy
from governance.authority import actions as authority
from governance.authority import queries
from governance.authority.kinds import KINDS
from governance.authority.models import AuthorityMatrix, Delegation
from governance.authority.views.matrices import MATRICES
from governance.authority.words import Names, said
from organization.people.models import Person

NUMBER: dict[str, Any] = {"max_digits": 20, "decimal_places": 6}


class RuleOut(serializers.Serializer):
    """A rule as people read it."""

    number = serializers.IntegerField()
    is_on = serializers.BooleanField()
    what = serializers.CharField()
    then = serializers.CharField()
    note = serializers.CharField()


class MatrixOut(serializers.Serializer):
    number = serializers.IntegerField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    status = serializers.CharField()
    rule_count = serializers.IntegerField()
    effective_at = serializers.DateTimeField()
    author = serializers.CharField(source="author.email", default="")
    publisher = serializers.CharField(source="publisher.email", default="")
    rules = serializers.SerializerMethodField(help_text="On the page of one version only.")

    def get_rules(self, matrix: AuthorityMatrix) -> list[dict[str, Any]]:
        if self.parent is not None:
            return []
        rows = queries.rules_of(matrix)
        names = Names.of(rows)
        return RuleOut([said(row, names) for row in rows], many=True).data  # type: ignore[return-value]


class PublishMatrix(rest.Nothing):
    effective_at = serializers.DateTimeField(required=False, help_text="Left out: at once.")


class CancelPlan(rest.Nothing):
    reason = serializers.CharField(max_length=200)


@policy("see_matrix")
class Matrices(rest.Aggregate):
    output = MatrixOut
    listing = MATRICES
    lookup_value_regex = "[0-9]{1,9}"

    def rows(self) -> QuerySet[AuthorityMatrix]:
        return queries.versions()

    @rest.verb("publish_matrix", takes=PublishMatrix)
    def publish(self, matrix: AuthorityMatrix, asked: Any) -> AuthorityMatrix:
        """Put a draft in force, now or later; whoever wrote on it may not."""
        return authority.publish(matrix=matrix, by=self.actor, at=now(), **asked.seen, **asked.data)

    @rest.verb("publish_matrix", takes=CancelPlan)
    def cancel_plan(self, matrix: AuthorityMatrix, asked: Any) -> AuthorityMatrix:
        """Take back a planned version before it is in force."""
        return authority.cancel_plan(matrix=matrix, by=self.actor, at=now(), **asked.seen, **asked.data)


class DelegationOut(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    version = serializers.IntegerField()
    giver = serializers.CharField(source="giver.email")
    taker = serializers.CharField(source="taker.email")
    kinds = serializers.ListField(child=serializers.CharField(), help_text="Empty: everything.")
    cap = serializers.DecimalField(**NUMBER)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField()
    reason = serializers.CharField()


class Lend(serializers.Serializer):
    giver = serializers.EmailField(required=False, help_text="Yourself, if it is left out.")
    taker = serializers.EmailField()
    kinds = serializers.MultipleChoiceField(choices=list(KINDS), required=False)
    cap = serializers.DecimalField(**NUMBER, min_value=0, required=False)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    reason = serializers.CharField(max_length=200)


DELEGATIONS = lists.List("delegations", columns=[lists.Column("ends_at", "", sort="ends_at", kind="instant")])


@policy(policy.SIGNED_IN)
class Delegations(rest.Aggregate):
    """What one gave and received; with the right to lend for others, everybody's."""

    output = DelegationOut
    listing = DELEGATIONS
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self) -> QuerySet[Delegation]:
        return queries.delegations_for(self.actor)

    def create(self, request: Request) -> Response:
        """Lend authority for a time; for somebody else only with the right to."""
        asked = self.asked(Lend)
        given = {**asked.data, "kinds": sorted(asked.data.get("kinds", ()))}
        given["taker"] = _person(email=asked.data["taker"])
        given["giver"] = _person(email=given["giver"]) if "giver" in given else _person(pk=self.actor.person_id)
        loan = authority.delegate(**given, by=self.actor, at=now(), key=asked.key)
        return self.shown(self.rows().get(pk=loan.pk), status=201)

    @rest.verb(policy.SIGNED_IN)
    def end(self, loan: Delegation, asked: Any) -> Delegation:
        """At once; what was decided before stands."""
        return authority.end_delegation(delegation=loan, by=self.actor, at=now(), **asked.seen)


def _person(**by: Any) -> Person:
    name, value = next(iter(by.items()))
    found = Person.objects.filter(
        kind=Person.INTERNAL, **{f"{name}__iexact" if name == "email" else name: value}
    ).first()
    if found is None:
        raise Refused(_("There is nobody of ours with %(name)s %(value)s.") % {"name": name, "value": value})
    return found
