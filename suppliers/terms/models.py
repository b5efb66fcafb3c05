"""Agreements that differ from a supplier's usual terms: for an entity, a site, a category, or all, from a day on."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from foundation.documents.models import UNSEEN, Recorded

PERCENT = {"max_digits": 6, "decimal_places": 3, "null": True, "blank": True}


class Agreement(Recorded):
    """Fields that are empty say nothing: the next wider agreement counts, and in the end the supplier's own terms."""

    lock_rank = 31

    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    entity = models.ForeignKey("organization.LegalEntity", null=True, blank=True, **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, blank=True, **UNSEEN)
    category = models.ForeignKey("organization.Category", null=True, blank=True, **UNSEEN)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")
    payment_terms = models.CharField(max_length=40, blank=True, default="")
    incoterm = models.CharField(max_length=3, blank=True, default="")
    account_number = models.CharField(max_length=40, blank=True, default="")
    """Ours in the supplier's books."""
    language = models.CharField(max_length=10, blank=True, default="")
    channels = models.JSONField(default=dict, blank=True)
    """Kind of document -> channel, where it is not the usual one: ``{"order": "edi", "invoice": "portal"}``."""
    contacts = models.JSONField(default=dict, blank=True)
    """Purpose -> mail address, where it is not one of the supplier's usual contacts."""
    confirms_within_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    deemed_accepted_after_days = models.PositiveSmallIntegerField(null=True, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(null=True, blank=True)
    quantity_percent = models.DecimalField(**PERCENT)
    price_percent = models.DecimalField(**PERCENT)
    days_early = models.PositiveSmallIntegerField(null=True, blank=True)
    days_late = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "entity", "site", "category", "starts_on"],
                nulls_distinct=False,
                name="one_agreement_from_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="agreement_has_a_span"
            ),
            models.CheckConstraint(
                condition=Q(quantity_percent=None) | Q(quantity_percent__gte=Decimal(0)), name="agreed_percent_is_one"
            ),
        ]

    @property
    def where(self) -> str:
        """What it is for, in codes; empty for everything."""
        named = [self.entity and self.entity.code, self.site and self.site.code, self.category and self.category.code]
        return " · ".join(name for name in named if name)

    def __str__(self) -> str:
        return self.where or "everywhere"
