"""Values of parameters as rows. What a parameter is stands in the code (``registry``)."""

from django.db import models
from django.db.models import F, Q
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Recorded
from governance.parameters.lifecycle import ValueLifecycle, ValueState
from governance.parameters.rules import Place

FIGURE = {"max_digits": 14, "decimal_places": 4}


class ParameterValue(FSMModelMixin, ValueLifecycle, Recorded):
    """A parameter's value for the house, an entity or a site; it never changes, another takes its place."""

    lock_rank = 12

    parameter = models.CharField(max_length=60)
    entity = models.ForeignKey("organization.LegalEntity", null=True, **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, **UNSEEN)
    value = models.DecimalField(**FIGURE)
    low = models.DecimalField(**FIGURE, null=True)
    """The lowest that may be chosen below this place; empty leaves what stands above."""
    high = models.DecimalField(**FIGURE, null=True)
    is_locked = models.BooleanField(default=False)
    """Whether nobody below may say otherwise."""
    reason = models.CharField(max_length=400)
    proposer = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    proposed_at = models.DateTimeField()
    decider = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    answer = models.CharField(max_length=400, blank=True, default="")
    """What the one who decided, or ended it, wrote."""

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(site=None) | Q(entity__isnull=False), name="a_site_lies_in_its_entity"),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at=None) | Q(ends_at__gte=F("starts_at")), name="value_has_a_span"
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")), name="range_is_not_empty"
            ),
            models.UniqueConstraint(
                fields=["parameter", "entity", "site"],
                condition=Q(status=ValueState.PROPOSED),
                nulls_distinct=False,
                name="one_proposal_per_parameter_and_place",
            ),
        ]
        indexes = [models.Index(fields=["parameter", "-id"], name="values_of_parameter")]

    def __str__(self) -> str:
        return f"{self.parameter} · {self.where}"

    @property
    def place(self) -> Place:
        return Place(self.entity_id, self.site_id)

    @property
    def where(self) -> str:
        return self.site.code if self.site else self.entity.code if self.entity else "–"

    def places(self) -> dict[str, set[int]]:
        """For asking whether somebody's reach covers it; the house is only covered by a reach over everything."""
        found = {"entity": self.entity_id, "site": self.site_id}
        return {name: {key} for name, key in found.items() if key}
