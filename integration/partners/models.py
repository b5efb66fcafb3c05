"""What was agreed with a supplier's system, and the secrets by which each side knows the other."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.documents.models import UNSEEN, Recorded


class Syntax(models.TextChoices):
    """As readers call it (``Received.syntax``)."""

    X12 = "x12", "X12"
    EDIFACT = "edifact", "EDIFACT"
    UBL = "UBL", "UBL"
    CXML = "cXML", "cXML"


class Sends(models.TextChoices):
    """What a supplier's system may send us: kinds of canonical documents."""

    ORDER_RESPONSE = "order-response", _("Order responses")
    SHIP_NOTICE = "ship-notice", _("Ship notices")
    INVOICE = "invoice", _("Invoices")
    CREDIT_NOTE = "credit-note", _("Credit notes")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgements")


class Gets(models.TextChoices):
    """What we send it."""

    ORDER = "order", _("Orders")
    ORDER_CHANGE = "order-change", _("Changes and cancellations")
    RECEIPT_ADVICE = "receipt-advice", _("Advice of what arrived")
    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgements, with the reasons of a refusal")


CANNOT_SAY = {
    Syntax.X12: {Gets.RECEIPT_ADVICE},
    Syntax.EDIFACT: set(),
    Syntax.UBL: {Gets.ACKNOWLEDGEMENT},
    Syntax.CXML: {Gets.RECEIPT_ADVICE, Gets.ACKNOWLEDGEMENT},
}
"""What a syntax has no message for, or none that we write."""


class Way(models.TextChoices):
    """How a message leaves the house."""

    NONE = "none", _("Not sent: kept here")
    FOLDER = "folder", _("Into a folder, for a gateway (AS2, SFTP) to fetch")
    HTTP = "http", _("To an address on the web (HTTPS)")


class TradingPartner(Recorded):
    """One address of a supplier's system."""

    lock_rank = 31

    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    address = models.CharField(max_length=120, unique=True)
    """As interchanges write it: ``14:4012345500004``, the qualifier (ISA05, UNB S002.0007) before the id."""
    own_address = models.CharField(max_length=120, blank=True, default="")
    """Ours; empty takes any, and then nothing can be sent."""
    syntax = models.CharField(max_length=10, choices=Syntax.choices)
    release = models.CharField(max_length=20, blank=True, default="")
    """``004010``, ``D96A``; empty is the usual one of the syntax."""
    is_test = models.BooleanField(default=False)
    """Nothing is booked of what comes, and what leaves says that it is a test."""
    sends = ArrayField(models.CharField(max_length=20, choices=Sends.choices), default=list)
    """Empty: whatever it likes."""
    gets = ArrayField(models.CharField(max_length=20, choices=Gets.choices), default=list)
    way = models.CharField(max_length=8, choices=Way.choices, default=Way.NONE)
    target = models.CharField(max_length=300, blank=True, default="")
    """A folder below ``PARTNER_FOLDER``, or an address."""
    answers_within_hours = models.PositiveSmallIntegerField(default=0)
    """For its 997 or CONTRL; 0: it sends none."""

    def __str__(self) -> str:
        return self.address


class Whose(models.TextChoices):
    THEIRS = "theirs", _("what they prove themselves by")
    OURS = "ours", _("what we prove ourselves by")


class PartnerSecret(models.Model):
    """A shared secret. Of theirs only the digest is kept; ours must be said, so it is kept sealed."""

    partner = models.ForeignKey(TradingPartner, on_delete=models.CASCADE, related_name="secrets")
    whose = models.CharField(max_length=6, choices=Whose.choices)
    digest = models.CharField(max_length=64)
    sealed = models.TextField(blank=True, default="")
    hint = models.CharField(max_length=4)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
