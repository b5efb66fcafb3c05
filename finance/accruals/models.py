"""Goods received and not yet invoiced, receipt line by receipt line."""

from django.db import models

from foundation.documents.models import MONEY, QUANTITY, UNSEEN


class Accrual(models.Model):
    """What one receipt line made us owe. A reversal is a row with negative quantity."""

    commitment = models.ForeignKey("finance.Commitment", on_delete=models.PROTECT, related_name="accruals")
    receipt_number = models.CharField(max_length=30, db_index=True)
    quantity = models.DecimalField(**QUANTITY)
    amount = models.DecimalField(**MONEY)
    """In the entity's currency."""
    received_on = models.DateField()
    case = models.ForeignKey("governance.Case", null=True, **UNSEEN)
    """While this case is open, ``held_quantity`` is not payable."""
    held_quantity = models.DecimalField(**QUANTITY)
