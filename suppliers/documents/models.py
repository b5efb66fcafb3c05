"""Which documents are asked of whom, and what suppliers sent."""

import uuid

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Recorded
from suppliers.documents.lifecycle import DocumentLifecycle, DocumentState
from suppliers.documents.rules import Standing
from suppliers.suppliers.models import Risk


class Effect(models.TextChoices):
    """What comes of a document that is missing or has run out."""

    NOTE = "note", "It is only noted"
    WARN = "warn", "Buyers are warned"
    STOP = "stop", "No new orders"


class DocumentType(Recorded):
    """A kind of document and of whom it is asked; an empty place asks it of everybody, and all that are said count."""

    lock_rank = 27

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    what = models.CharField(max_length=300, blank=True, default="")
    """What it should say, in words for the supplier."""
    entity = models.ForeignKey("organization.LegalEntity", null=True, blank=True, **UNSEEN)
    category = models.ForeignKey("organization.Category", null=True, blank=True, **UNSEEN)
    risk_from = models.CharField(max_length=6, choices=Risk.choices, blank=True, default="")
    """Asked of suppliers of this class of risk and above."""
    expires = models.BooleanField(default=True)
    effect = models.CharField(max_length=4, choices=Effect.choices, default=Effect.WARN)
    is_asked = models.BooleanField(default=True)
    """Whether it is asked for now; what was sent stays."""

    def __str__(self) -> str:
        return self.name


class AskedDocument(models.Model):
    """What the portal shows of one document that is asked of a supplier: written anew when it changes (``showing``)."""

    supplier = models.ForeignKey("suppliers.Supplier", on_delete=models.CASCADE, related_name="+")
    type = models.ForeignKey(DocumentType, on_delete=models.CASCADE, related_name="+")
    standing = models.CharField(max_length=9, choices=Standing.choices)
    valid_until = models.DateField(null=True)
    answer = models.CharField(max_length=300, blank=True, default="")
    is_in_review = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplier", "type"], name="asked_once")]


class SupplierDocument(FSMModelMixin, DocumentLifecycle, Recorded):
    """One file that a supplier sent, as it came: a newer one stands beside it and replaces it."""

    lock_rank = 34

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey("foundation.StoredFile", on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60, blank=True, default="")
    """The certificate's own number."""
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    sent_by = models.CharField(max_length=80)
    sent_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=80, blank=True, default="")
    answer = models.CharField(max_length=300, blank=True, default="")
    """Why it was refused: the supplier reads it."""
    reminded_days = models.PositiveSmallIntegerField(null=True)
    """The last step of the ladder that was told: so many days before the end."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "type"], condition=Q(status=DocumentState.ACCEPTED), name="one_accepted_document"
            ),
            models.UniqueConstraint(
                fields=["supplier", "type"], condition=Q(status=DocumentState.SENT), name="one_document_in_review"
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"], condition=Q(status=DocumentState.ACCEPTED), name="documents_running_out"
            )
        ]

    def __str__(self) -> str:
        return f"{self.type_id} {self.reference}".strip()
