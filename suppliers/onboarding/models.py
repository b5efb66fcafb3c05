"""What a supplier said of his own firm and nobody of ours has taken over yet."""

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Recorded
from suppliers.onboarding.lifecycle import CompanyLifecycle, CompanyState


class CompanyData(FSMModelMixin, CompanyLifecycle, Recorded):
    """Fields as the supplier wrote them; each is taken over or not by somebody who sees the old beside the new."""

    lock_rank = 34

    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    said = models.JSONField()
    said_by = models.CharField(max_length=80)
    said_at = models.DateTimeField()
    taken = models.JSONField(default=list)
    """The names of the fields that were taken over."""
    decided_by = models.CharField(max_length=80, blank=True, default="")
    answer = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier"], condition=Q(status=CompanyState.SAID), name="one_company_data_to_look_through"
            )
        ]
