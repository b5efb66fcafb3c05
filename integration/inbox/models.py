"""Messages as they came, and what they became."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Document
from integration.inbox.lifecycle import InboundLifecycle
from suppliers.suppliers.models import Channel


class Kind(models.TextChoices):
    """The canonical documents that come in."""

    ORDER_RESPONSE = "order-response", _("Order response")
    SHIP_NOTICE = "ship-notice", _("Ship notice")
    INVOICE = "invoice", _("Invoice")
    CREDIT_NOTE = "credit-note", _("Credit note")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    OTHER = "other", _("Something else")


class InboundMessage(FSMModelMixin, InboundLifecycle, Document):
    """One message of a file. What the file said is never changed; the file itself lies under its digest."""

    lock_rank = 26
    see_verb = "see_message"
    scope_paths = {"entity": "entity_id", "supplier": "supplier_id"}

    identity = models.CharField(max_length=64, blank=True, default="")
    """Of sender, interchange, group and control number: one message has it for ever. Empty when it came again, or when
    whoever brought it may not speak for its sender: nobody takes another's numbers."""
    content = models.CharField(max_length=64)
    """Of what it says, to tell the same again from something else under the same number."""
    original = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeats")
    file = models.ForeignKey("foundation.StoredFile", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    """Which message of the file it is, from 0."""
    acknowledgement = models.ForeignKey("foundation.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """Our 997 or CONTRL to the interchange."""
    channel = models.CharField(max_length=6, choices=Channel.choices)
    by = models.CharField(max_length=80)
    received_at = models.DateTimeField()
    syntax = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    type = models.CharField(max_length=40)
    """As the syntax names it: ``855``, ``ORDRSP``, ``OrderResponse``."""
    release = models.CharField(max_length=20)
    sender = models.CharField(max_length=120)
    receiver = models.CharField(max_length=120)
    interchange = models.CharField(max_length=120)
    group = models.CharField(max_length=120)
    control = models.CharField(max_length=120)
    sent_on = models.DateField(null=True)
    is_test = models.BooleanField(default=False)
    is_proved = models.BooleanField(default=False)
    """It carried a shared secret (cXML) that was agreed with its sender. The secret itself is written nowhere."""
    number = models.CharField(max_length=80)
    """Of the document, by its sender."""
    orders = models.CharField(max_length=400)
    """The numbers of the orders it names, with blanks between."""
    faults = models.JSONField(default=list)
    """``{"level": "hold", "code": ..., "where": "PO1-04, segment 12", "sentence": ...}``, the worst first."""
    reasons = models.JSONField(default=list)
    """Why it was not accepted, as the supplier may read it."""
    supplier = models.ForeignKey("suppliers.Supplier", null=True, **UNSEEN)
    entity = models.ForeignKey("organization.LegalEntity", null=True, **UNSEEN)
    """Whose orders it is about, where they are all of one entity: nobody else's people see it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["identity"], condition=~models.Q(identity=""), name="one_message_per_identity"
            )
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="messages_by_status"),
            models.Index(fields=["supplier", "-id"], name="messages_of_supplier"),
            models.Index(fields=["entity", "-id"], name="messages_of_entity"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.control}".strip() or self.file.name


class MessageSubmission(models.Model):
    """What a message became."""

    message = models.ForeignKey(InboundMessage, on_delete=models.PROTECT, related_name="outcomes")
    submission = models.OneToOneField("suppliers.Submission", **UNSEEN)
