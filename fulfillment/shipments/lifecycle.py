"""The life of a shipment."""

from datetime import datetime

from django.db import models

from foundation.lifecycles import StateField, transition


class ShipmentState(models.TextChoices):
    PLANNED = "planned", "To pick"
    SHIPPED = "shipped", "Shipped"
    CANCELLED = "cancelled", "Cancelled"


class ShipmentLifecycle(models.Model):
    status = StateField(choices=ShipmentState.choices, default=ShipmentState.PLANNED)
    shipped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=ShipmentState.PLANNED, target=ShipmentState.SHIPPED)
    def ship(self, *, at: datetime) -> None:
        self.shipped_at = at

    @transition(field="status", source=ShipmentState.PLANNED, target=ShipmentState.CANCELLED)
    def cancel(self) -> None: ...
