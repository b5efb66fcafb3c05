"""What the supplier answered, line by line, as proposed changes each with its verdict."""

from django.db import models
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Document
from procurement.confirmations.lifecycle import ConfirmationLifecycle
from procurement.orders.models import THROUGH_ORDER


class Confirmation(FSMModelMixin, ConfirmationLifecycle, Document):
    """One answer to one revision. A later answer never wipes lines it does not speak of."""

    lock_rank = 55
    see_verb = "see_order"
    scope_paths = THROUGH_ORDER

    order = models.ForeignKey("procurement.PurchaseOrder", on_delete=models.PROTECT, related_name="confirmations")
    revision = models.PositiveIntegerField()
    submission = models.ForeignKey("suppliers.Submission", null=True, **UNSEEN)
    change = models.ForeignKey("procurement.ChangeRequest", null=True, **UNSEEN)
    """What of it the buyer must agree to."""
    reference = models.CharField(max_length=40, blank=True, default="")
    received_at = models.DateTimeField()
    line_count = models.PositiveIntegerField(default=0)
    deviating_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"answer to {self.order}"


class ConfirmationLine(models.Model):
    """One schedule row of an answered line; a split is several rows of the same order line."""

    confirmation = models.ForeignKey(Confirmation, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey("procurement.PurchaseOrderLine", on_delete=models.PROTECT, related_name="answers")
    code = models.CharField(max_length=20)
    """A line code of the glossary."""
    quantity = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    promised_on = models.DateField(null=True)
    price = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    substitute = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=200, blank=True, default="")
    verdict = models.CharField(max_length=10)
    """as_ordered, tolerated or deviates."""
    sentence = models.CharField(max_length=300, blank=True, default="")
