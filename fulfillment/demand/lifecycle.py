"""The life of a customer order."""

from django.db import models
from django.utils.translation import gettext as _

from foundation.lifecycles import StateField, transition, unless


class DemandState(models.TextChoices):
    RELEASED = "released", "Released"
    PARTLY_SHIPPED = "partly_shipped", "Partly shipped"
    SHIPPED = "shipped", "Shipped"
    CANCELLED = "cancelled", "Cancelled"


S = DemandState


@unless
def nothing_shipped(order: "DemandLifecycle") -> str | None:
    return _("Some of it was shipped already.") if order.shipped_at else None


class DemandLifecycle(models.Model):
    status = StateField(choices=S.choices, default=S.RELEASED)
    shipped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @transition(field="status", source=[S.RELEASED, S.PARTLY_SHIPPED], target=S.PARTLY_SHIPPED)
    def ship_some(self) -> None: ...

    @transition(field="status", source=[S.RELEASED, S.PARTLY_SHIPPED], target=S.SHIPPED)
    def ship_all(self) -> None: ...

    @transition(field="status", source=S.RELEASED, target=S.CANCELLED, conditions=[nothing_shipped])
    def cancel(self) -> None: ...
