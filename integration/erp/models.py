"""What the ERP knows of our documents."""

from django.db import models


class ErpDocument(models.Model):
    """One of our documents in the ERP: its number and revision there, what was last sent, how that ended."""

    class State(models.TextChoices):
        PENDING = "pending", "On its way"
        UNKNOWN = "unknown", "Outcome unknown, being looked up"
        POSTED = "posted", "Posted"
        REFUSED = "refused", "Refused"

    subject = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    """How the last attempt ended; whether the ERP has the document at all is told by its number."""
    revision = models.PositiveIntegerField(default=0)
    """The revision at which the ERP says it stands; 0 while it has nothing."""
    erp_number = models.CharField(max_length=40, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")
    payload = models.JSONField(null=True)
    """What was asked, frozen at the first ask: a repeat says exactly the same, whatever rows have become since."""
    payload_revision = models.PositiveIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0)
    """How often the ERP has said no to creating it: after a certain no, the next try is a new request."""
    asked_at = models.DateTimeField(null=True)
    """When the attempt to create it began whose end is unknown."""
    posted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "-id"], name="erp_documents_by_state")]

    def __str__(self) -> str:
        return self.reference
