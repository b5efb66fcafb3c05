"""The life of a supplier."""

from django.db import models

from foundation.lifecycles import StateField, transition


class SupplierState(models.TextChoices):
    PROSPECT = "prospect", "Prospect"
    INVITED = "invited", "Invited"
    IN_REVIEW = "in_review", "In review"
    ACTIVE = "active", "Active"
    RESTRICTED = "restricted", "Restricted"
    BLOCKED = "blocked", "Blocked"
    INACTIVE = "inactive", "Inactive"


ENTERING = [SupplierState.PROSPECT, SupplierState.INVITED, SupplierState.IN_REVIEW]
"""On the way in: nothing is ordered from it yet."""
LIVING = [SupplierState.ACTIVE, SupplierState.RESTRICTED, SupplierState.BLOCKED]


class SupplierLifecycle(models.Model):
    status = StateField(choices=SupplierState.choices, default=SupplierState.PROSPECT)
    reason = models.CharField(max_length=200, blank=True, default="")
    """Why it is restricted or blocked."""

    class Meta:
        abstract = True

    @transition(field="status", source=SupplierState.PROSPECT, target=SupplierState.INVITED)
    def ask(self) -> None:
        """It was asked for its data and documents."""

    @transition(field="status", source=[SupplierState.PROSPECT, SupplierState.INVITED], target=SupplierState.IN_REVIEW)
    def propose(self) -> None:
        """All is here: somebody else looks through it."""

    @transition(field="status", source=SupplierState.IN_REVIEW, target=SupplierState.INVITED)
    def send_back(self) -> None: ...

    @transition(field="status", source=[*ENTERING, SupplierState.INACTIVE], target=SupplierState.ACTIVE)
    def activate(self) -> None:
        self.reason = ""

    @transition(field="status", source=[SupplierState.ACTIVE, SupplierState.BLOCKED], target=SupplierState.RESTRICTED)
    def restrict(self, *, reason: str) -> None:
        """No new orders; what is on its way may still be received."""
        self.reason = reason

    @transition(field="status", source=[SupplierState.ACTIVE, SupplierState.RESTRICTED], target=SupplierState.BLOCKED)
    def block(self, *, reason: str) -> None:
        self.reason = reason

    @transition(field="status", source=[SupplierState.RESTRICTED, SupplierState.BLOCKED], target=SupplierState.ACTIVE)
    def release(self) -> None:
        self.reason = ""

    @transition(field="status", source=[*ENTERING, *LIVING], target=SupplierState.INACTIVE)
    def retire(self) -> None: ...
