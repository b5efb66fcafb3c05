"""Budget buckets and what weighs on them."""

from django.db import models

from foundation.documents.models import MONEY, UNSEEN, Document


class Budget(Document):
    """What a cost center may spend in a fiscal year, and how much of it is spoken for, stage by stage."""

    lock_rank = 130
    see_verb = "see_budget"
    scope_paths = {"entity": "entity_id", "cost_center": "cost_center_id"}

    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    cost_center = models.ForeignKey("organization.CostCenter", **UNSEEN)
    year = models.PositiveSmallIntegerField()
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(**MONEY)
    reserved = models.DecimalField(**MONEY)
    committed = models.DecimalField(**MONEY)
    accrued = models.DecimalField(**MONEY)
    actual = models.DecimalField(**MONEY)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cost_center", "year"], name="one_budget_a_year")]

    def __str__(self) -> str:
        return f"{self.cost_center} {self.year}"

    @property
    def spoken_for(self):  # type: ignore[no-untyped-def]
        return self.reserved + self.committed + self.accrued + self.actual

    @property
    def left(self):  # type: ignore[no-untyped-def]
        return self.amount - self.spoken_for


class Stage(models.TextChoices):
    """How firm a claim on the budget is; each stage releases the one before."""

    RESERVED = "reserved", "Reserved by a request"
    COMMITTED = "committed", "Committed by an order"
    ACCRUED = "accrued", "Received, not billed"
    ACTUAL = "actual", "Billed"


class BudgetMovement(models.Model):
    """One line of the budget's ledger. A bucket's figures are the sums of its movements."""

    append_only = True

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="movements")
    stage = models.CharField(max_length=9, choices=Stage.choices)
    amount = models.DecimalField(max_digits=20, decimal_places=6)
    """In the budget's currency; negative releases."""
    reference = models.CharField(max_length=80, db_index=True)
    """The document's subject, with the line where there is one."""
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
