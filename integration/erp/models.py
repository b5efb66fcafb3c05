"""What the ERP knows of our documents."""

from django.db import models


class ErpDocument(models.Model):
    """One of our documents in the ERP: its number there, the revision it stands at, how the posting ended."""

    class State(models.TextChoices):
        PENDING = "pending", "On its way"
        UNKNOWN = "unknown", "Outcome unknown, being looked up"
        POSTED = "posted", "Posted"
        REFUSED = "refused", "Refused"

    subject = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=40)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PENDING)
    revision = models.PositiveIntegerField(default=1)
    erp_number = models.CharField(max_length=40, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")
    asked_at = models.DateTimeField(null=True)
    posted_at = models.DateTimeField(null=True)
