"""What issued orders bind. Finance knows an order only by its number."""

from django.db import models
from django.db.models import Q

from foundation.documents.models import MONEY, QUANTITY, UNSEEN, Line


class Commitment(Line):
    """One order line as finance sees it: what was ordered, at which price, on whose budget."""

    see_verb = "see_budget"
    scope_paths = {"entity": "entity_id", "supplier": "supplier_id", "cost_center": "cost_center_id"}

    order_number = models.CharField(max_length=30, db_index=True)
    line_number = models.PositiveIntegerField()
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    cost_center = models.ForeignKey("organization.CostCenter", null=True, **UNSEEN)
    budget = models.ForeignKey("finance.Budget", null=True, **UNSEEN)
    item = models.ForeignKey("organization.Item", null=True, **UNSEEN)
    description = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    price = models.DecimalField(**MONEY)
    """For one base unit, in ``currency``."""
    rate = models.DecimalField(max_digits=20, decimal_places=10, default=1)
    """From ``currency`` to the entity's, stored when the order was issued."""
    quantity = models.DecimalField(**QUANTITY)
    received = models.DecimalField(**QUANTITY)
    """Net of reversals and of what went back for credit."""
    on_hold = models.DecimalField(**QUANTITY)
    """Received, but not yet ours to pay for: a case is open."""
    billed = models.DecimalField(**QUANTITY)
    budget_open = models.DecimalField(**MONEY)
    """What the line still weighs as *committed*, in the entity's currency."""
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["order_number", "line_number"], name="one_commitment_per_order_line"),
            models.CheckConstraint(
                condition=Q(received__gte=0, on_hold__gte=0, billed__gte=0, quantity__gte=0),
                name="commitment_not_negative",
            ),
            models.CheckConstraint(condition=Q(on_hold__lte=models.F("received")), name="held_was_received"),
        ]

    def __str__(self) -> str:
        return f"{self.order_number}/{self.line_number}"
