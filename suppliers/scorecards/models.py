"""Published measures: figures by month, the cases behind them, and where a supplier stands. Never entered by hand."""

import uuid

from django.db import models
from django.db.models import F, Q

from foundation.documents.models import UNSEEN, Scoped
from suppliers.scorecards.glossary import Charged, Contest, Measure

AT_A_SITE = {"entity": "site__entity_id", "site": "site_id", "supplier": "supplier_id"}


class Scorecard(models.Model):
    """When a supplier's figures were computed, and against what they are held. Its row is locked while they are."""

    supplier = models.OneToOneField("suppliers.Supplier", primary_key=True, **UNSEEN)
    computed_at = models.DateTimeField()
    minimum = models.PositiveSmallIntegerField()
    """Fewer cases than this are too few to score."""


class Score(Scoped):
    """One measure of one supplier at one site in one month, without what was excluded; that stands beside it."""

    see_verb = "see_supplier"
    scope_paths = AT_A_SITE

    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    site = models.ForeignKey("organization.Site", **UNSEEN)
    month = models.DateField()
    """Its first day."""
    measure = models.CharField(max_length=12, choices=Measure.choices)
    n = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    """The share of good ones; of a variance the median. None if everything was excluded."""
    excluded = models.PositiveIntegerField(default=0)
    excluded_good = models.PositiveIntegerField(default=0)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["supplier", "measure", "month", "site"], name="one_score_a_month"),
            models.CheckConstraint(
                condition=Q(good__lte=F("n"), excluded_good__lte=F("excluded")), name="no_more_good_than_all"
            ),
        ]
        indexes = [models.Index(fields=["measure", "month"], name="scores_of_month")]


class ScoreCase(Scoped):
    """One thing that a measure counted: an order, a line of an order, a notice, a receipt or an invoice."""

    see_verb = "see_supplier"
    scope_paths = AT_A_SITE

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    site = models.ForeignKey("organization.Site", **UNSEEN)
    measure = models.CharField(max_length=12, choices=Measure.choices)
    subject = models.CharField(max_length=80)
    month = models.DateField()
    happened_on = models.DateField()
    label = models.CharField(max_length=80)
    """The document and its line, as people on both sides call them."""
    url = models.CharField(max_length=200)
    """Its page in the back office."""
    order_public_id = models.UUIDField(null=True)
    is_good = models.BooleanField()
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    code = models.CharField(max_length=20)
    facts = models.JSONField(default=dict)
    charged = models.CharField(max_length=8, choices=Charged.choices, blank=True, default="")
    contest = models.CharField(max_length=8, choices=Contest.choices, blank=True, default="")
    answer = models.CharField(max_length=300, blank=True, default="")
    """Why a contested case counts, or does not; the supplier reads it."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "subject"], name="counted_once")]
        indexes = [models.Index(fields=["supplier", "measure", "-happened_on"], name="cases_of_measure")]

    def __str__(self) -> str:
        return self.label


class Standing(models.Model):
    """In which quarter of all suppliers one stands with a measure over twelve months, and the target it is held to."""

    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    measure = models.CharField(max_length=12, choices=Measure.choices)
    quarter = models.PositiveSmallIntegerField(null=True)
    """1 is the best; None where there is too little, or nobody to be compared with."""
    target = models.PositiveSmallIntegerField()
    """In percent."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "measure"], name="one_standing_per_measure")]
