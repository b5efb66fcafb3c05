"""Changes to issued orders as typed deltas, before and after."""

from django.db import models
from django_fsm import FSMModelMixin

from foundation.documents.models import MONEY, UNSEEN, Document
from procurement.changes.lifecycle import ChangeLifecycle
from procurement.orders.models import THROUGH_ORDER


class Origin(models.TextChoices):
    BUYER = "buyer", "Buyer"
    SUPPLIER = "supplier", "Supplier"


class ChangeRequest(FSMModelMixin, ChangeLifecycle, Document):
    """A set of deltas against one revision. Applying it writes the next revision."""

    lock_rank = 60
    see_verb = "see_order"
    scope_paths = THROUGH_ORDER

    number = models.CharField(max_length=30, unique=True)
    order = models.ForeignKey("procurement.PurchaseOrder", on_delete=models.PROTECT, related_name="changes")
    origin = models.CharField(max_length=8, choices=Origin.choices)
    base_revision = models.PositiveIntegerField()
    case = models.ForeignKey("governance.Case", null=True, **UNSEEN)
    reason = models.CharField(max_length=200, blank=True, default="")
    answer = models.CharField(max_length=200, blank=True, default="")
    """Why the buyer does not agree, or not to all of it; the supplier reads it."""
    amount_change = models.DecimalField(**MONEY)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class ChangeField(models.TextChoices):
    QUANTITY = "quantity", "Quantity"
    DATE = "date", "Date"
    PRICE = "price", "Price"
    CANCEL = "cancel", "Line cancelled"


class ChangeLine(models.Model):
    """One field of one order line: what it was, what it becomes, and why the change is beyond tolerance."""

    change = models.ForeignKey(ChangeRequest, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey("procurement.PurchaseOrderLine", on_delete=models.PROTECT, related_name="changes")
    field = models.CharField(max_length=8, choices=ChangeField.choices)
    before = models.CharField(max_length=40)
    after = models.CharField(max_length=40)
    sentence = models.CharField(max_length=300, blank=True, default="")
    is_declined = models.BooleanField(default=False)
    """Left as ordered when the rest of the proposal was accepted."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "order_line", "field"], name="one_delta_per_field")]
