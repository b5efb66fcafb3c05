"""What somebody asks leave for, about which document, and what it costs."""

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import MONEY, UNSEEN, Recorded
from governance.permits.lifecycle import PermitLifecycle, PermitState


class Permit(FSMModelMixin, PermitLifecycle, Recorded):
    """One typed question of another flow. Whoever asked goes on when it hears that it was granted.

    ``kind`` is what the matrix knows it by; ``amount`` is what is at stake, in the entity's currency.
    """

    lock_rank = 107

    number = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=80)
    about_title = models.CharField(max_length=200)
    about_url = models.CharField(max_length=200)
    reason = models.CharField(max_length=2000)
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, **UNSEEN)
    requester = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    amount = models.DecimalField(**MONEY)
    currency = models.CharField(max_length=3)
    tiles = models.JSONField(default=list)
    """What the card shows besides: [{"label", "tone", "words"}]."""
    facts = models.JSONField(default=dict)
    """What the flow that asked needs to go on."""
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about"], condition=Q(status=PermitState.ASKED), name="one_open_permit_per_kind"
            )
        ]
        indexes = [models.Index(fields=["about", "-id"], name="permits_of_document")]

    def __str__(self) -> str:
        return self.number
