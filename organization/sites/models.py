"""Sites: where goods arrive, stand and leave."""

from django.db import models

from foundation.documents.models import UNSEEN, Recorded


class StockOwner(models.TextChoices):
    """Whose figures are the stock's truth at a site."""

    OURS = "ours", "Countersign"
    WMS = "wms", "Warehouse system"
    ERP = "erp", "ERP"


class Site(Recorded):
    """A warehouse or branch of one entity. Its calendar and time zone say what "today" is there."""

    lock_rank = 22

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    entity = models.ForeignKey("organization.LegalEntity", on_delete=models.PROTECT, related_name="sites")
    timezone = models.CharField(max_length=60, default="UTC")
    calendar = models.ForeignKey("organization.Calendar", null=True, blank=True, **UNSEEN)
    city = models.CharField(max_length=100, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")
    gln = models.CharField(max_length=13, blank=True, default="")
    stock_owner = models.CharField(max_length=4, choices=StockOwner.choices, default=StockOwner.OURS)
    over_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    """How much more than open may be taken in without asking, in percent of the open quantity."""
    under_percent = models.DecimalField(max_digits=6, decimal_places=3, default=0)
    """How much less than announced counts as complete, in percent of the announced quantity."""
    counts_blind = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Dock(models.Model):
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="docks")
    code = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "code"], name="one_dock_per_code")]

    def __str__(self) -> str:
        return self.code


class LocationPurpose(models.TextChoices):
    RECEIVING = "receiving", "Receiving"
    STORAGE = "storage", "Storage"
    QUARANTINE = "quarantine", "Quarantine"
    SHIPPING = "shipping", "Shipping"


class Location(models.Model):
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="locations")
    code = models.CharField(max_length=20)
    purpose = models.CharField(max_length=10, choices=LocationPurpose.choices, default=LocationPurpose.STORAGE)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "code"], name="one_location_per_code")]

    def __str__(self) -> str:
        return self.code
