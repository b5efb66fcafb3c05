"""What was said to whose system, in the very bytes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Document
from integration.sending.lifecycle import OutboundLifecycle


class Told(models.TextChoices):
    """What we tell suppliers: kinds of canonical documents."""

    ORDER = "order", _("Order")
    ORDER_CHANGE = "order-change", _("Change of an order")
    ORDER_CANCELLATION = "order-cancellation", _("Cancellation of an order")
    RECEIPT_ADVICE = "receipt-advice", _("Receipt advice")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")


class OutboundMessage(FSMModelMixin, OutboundLifecycle, Document):
    """One message to one partner. ``what`` is the event it tells of: told once, however often it is tried."""

    lock_rank = 27
    see_verb = "see_message"
    scope_paths = {"entity": "entity_id", "supplier": "supplier_id"}

    partner = models.ForeignKey("integration.TradingPartner", **UNSEEN)
    what = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Told.choices)
    number = models.CharField(max_length=80)
    """Of the document, as people call it."""
    about = models.CharField(max_length=80)
    """Its subject in the journal."""
    syntax = models.CharField(max_length=10)
    type = models.CharField(max_length=40, blank=True, default="")
    """As the syntax names it: ``850``, ``ORDERS``."""
    control = models.CharField(max_length=40, blank=True, default="")
    """Its control number, interchange and group alike, never given twice; in cXML the payload id."""
    is_test = models.BooleanField(default=False)
    file = models.ForeignKey("foundation.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    """The bytes as they leave, without a shared secret."""
    written_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    """Until when they acknowledge it; empty when they do not."""
    reasons = models.JSONField(default=list)
    """Why it cannot be said, or why they refused it."""
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    entity = models.ForeignKey("organization.LegalEntity", null=True, **UNSEEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "what"], name="told_once"),
            models.UniqueConstraint(
                fields=["control"], condition=~models.Q(control=""), name="control_number_given_once"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="outbound_by_status"),
            models.Index(fields=["supplier", "-id"], name="outbound_of_supplier"),
            models.Index(fields=["due_at"], condition=models.Q(status="sent"), name="outbound_unanswered"),
            models.Index(fields=["about"], name="outbound_about"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.control}".strip() or self.what
