"""Legal entities: each its own ledger, currency and policy."""

from django.db import models

from foundation.documents.models import UNSEEN, Recorded


class LegalEntity(Recorded):
    """A company of ours. ``currency`` is the one its authority limits are written in."""

    lock_rank = 20

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    timezone = models.CharField(max_length=60, default="UTC")
    calendar = models.ForeignKey("organization.Calendar", null=True, blank=True, **UNSEEN)
    vat_number = models.CharField(max_length=20, blank=True, default="")
    gs1_prefix = models.CharField(max_length=12, blank=True, default="")
    """Our GS1 company prefix: pallets that suppliers send us are numbered with it when they have none of their own."""
    posts_first = models.BooleanField(default=False)
    """Whether an order must stand in the ERP before the supplier is told."""
    tax_on_limits = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    """Percent of tax added to an amount before it is held against a limit of authority; 0 where limits are net."""

    class Meta:
        verbose_name_plural = "legal entities"

    def __str__(self) -> str:
        return self.code


class CostCenter(models.Model):
    entity = models.ForeignKey(LegalEntity, on_delete=models.PROTECT, related_name="cost_centers")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "code"], name="one_cost_center_per_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
