"""Who can do what where, over REST: the same filters, also as it was on a day."""

from django.db.models import QuerySet
from rest_framework import serializers

from foundation import rest
from foundation.scopes.reach import DIMENSIONS
from foundation.screens.policy import policy
from governance.access.models import Right
from governance.access.views.listing import RIGHTS, given_by, right_rows


class RightOut(serializers.Serializer):
    """A verb that a person holds in a scope, by a role. Dimensions that are null are open."""

    id = serializers.IntegerField()
    person = serializers.CharField(source="membership.person.email")
    name = serializers.CharField(source="membership.person.name")
    verb = serializers.CharField()
    role = serializers.CharField(source="membership.role.name")
    where = serializers.SerializerMethodField(help_text="The scope: dimension and name; empty is everywhere.")
    given_by = serializers.SerializerMethodField()
    given_at = serializers.DateTimeField(source="membership.granted_at")
    ends_at = serializers.DateTimeField(source="membership.ends_at")

    def get_where(self, right: Right) -> dict[str, str]:
        scope = right.membership.scope
        return {name: str(getattr(scope, name)) for name in DIMENSIONS if getattr(scope, f"{name}_id")}

    def get_given_by(self, right: Right) -> str:
        return given_by(right)


@policy("see_people")
class Rights(rest.Aggregate):
    output = RightOut
    listing = RIGHTS
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self) -> QuerySet[Right]:
        return right_rows(self.request.query_params)
