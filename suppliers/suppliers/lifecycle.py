"""The life of a supplier."""

from django.db import models

from foundation.lifecycles import StateField, transition


class SupplierState(models.TextChoices):
    PROSPECT = "prospect", "Prospect"
    ACTIVE = "active", "Active"
    RESTRICTED = "restricted", "Restricted"
    BLOCKED = "blocked", "Blocked"
    INACTIVE = "inactive", "Inactive"


LIVING = [SupplierState.ACTIVE, SupplierState.RESTRICTED, SupplierState.BLOCKED]


class SupplierLifecycle(models.Model):
    status = StateField(choices=SupplierState.choices, default=SupplierState.PROSPECT)

    class Meta:
        abstract = True

    @transition(field="status", source=[SupplierState.PROSPECT, SupplierState.INACTIVE], target=SupplierState.ACTIVE)
    def activate(self) -> None: ...

    @transition(field="status", source=[SupplierState.ACTIVE, SupplierState.BLOCKED], target=SupplierState.RESTRICTED)
    def restrict(self) -> None:
        """No new orders; what is on its way may still be received."""

    @transition(field="status", source=[SupplierState.ACTIVE, SupplierState.RESTRICTED], target=SupplierState.BLOCKED)
    def block(self) -> None: ...

    @transition(field="status", source=[SupplierState.RESTRICTED, SupplierState.BLOCKED], target=SupplierState.ACTIVE)
    def release(self) -> None: ...

    @transition(field="status", source=[SupplierState.PROSPECT, *LIVING], target=SupplierState.INACTIVE)
    def retire(self) -> None: ...
