"""Figures over REST, each with what it counts."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from foundation import rest
from foundation.screens import lists
from foundation.screens.policy import policy
from organization.sites.models import Site
from suppliers.scorecards import queries
from suppliers.scorecards.glossary import DEFINITIONS, Measure

SCORES = lists.List(
    "scores",
    title=_("Figures"),
    columns=[
        lists.Column("supplier", _("Supplier"), sort="supplier__number", value="supplier.number", kind="code"),
        lists.Column("month", _("Month"), sort="month", kind="date"),
    ],
    filters=[
        lists.Search(["supplier__number"]),
        lists.Choice("measure", _("Measure"), Measure.choices),
        lists.ModelChoice("site", _("Site"), lambda actor: Site.objects.order_by("code")),
        lists.DateRange("month", _("Month")),
    ],
    views=[lists.View("all", _("All"))],
    default_sort="-month",
)


class Figure(serializers.Serializer):
    """``value`` is the share of good ones, of a variance the median; both without what was excluded."""

    id = serializers.IntegerField(source="pk")
    supplier = serializers.CharField(source="supplier.number")
    site = serializers.CharField(source="site.code")
    month = serializers.DateField()
    measure = serializers.CharField()
    definition = serializers.SerializerMethodField()
    n = serializers.IntegerField()
    good = serializers.IntegerField()
    value = serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=True)
    excluded = serializers.IntegerField()
    excluded_good = serializers.IntegerField()
    computed_at = serializers.DateTimeField()

    def get_definition(self, score) -> str:  # type: ignore[no-untyped-def]
        return str(DEFINITIONS[score.measure].definition)


@policy("see_supplier")
class Scores(rest.Aggregate):
    output = Figure
    listing = SCORES
    lookup_field = "pk"
    lookup_value_regex = "[0-9]{1,18}"

    def rows(self):  # type: ignore[no-untyped-def]
        return queries.score_rows(self.request.actor)
