"""What is expected at a site, one row a line, whatever it comes from."""

from django.db import models
from django.db.models import Q

from foundation.documents.models import QUANTITY, UNSEEN, Line


class Expected(Line):
    """Goods on their way. ``source`` is opaque: an order line now, a transfer or a customer return later."""

    see_verb = "see_receipt"
    scope_paths = {
        "entity": "site__entity_id",
        "site": "site_id",
        "category": "item__category_id",
        "supplier": "supplier_id",
    }

    source = models.CharField(max_length=80, unique=True)
    """``procurement.purchaseorderline:17``."""
    document = models.CharField(max_length=80, db_index=True)
    """``procurement.purchaseorder:5``."""
    number = models.CharField(max_length=40)
    site = models.ForeignKey("organization.Site", **UNSEEN)
    item = models.ForeignKey("organization.Item", null=True, **UNSEEN)
    supplier = models.ForeignKey("suppliers.Supplier", null=True, **UNSEEN)
    quantity = models.DecimalField(**QUANTITY)
    """Still to come, in base units."""
    announced = models.DecimalField(**QUANTITY)
    """Of that, how much stands on a ship notice."""
    expected_on = models.DateField()
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        verbose_name = "expected goods"
        verbose_name_plural = "expected goods"
        indexes = [
            models.Index(fields=["site", "expected_on"], condition=Q(quantity__gt=0), name="arrivals_calendar"),
            models.Index(fields=["item", "site"], condition=Q(quantity__gt=0), name="arrivals_of_item"),
        ]
