"""What a supplier failed in."""

from django.db import models


class FailureKind(models.TextChoices):
    LATE_ANSWER = "late_answer", "Answer late"
    LATE_SHIPMENT = "late_shipment", "Shipment late"
    DOCUMENT = "document", "Document missing or run out"
    QUALITY = "quality", "Quality"
    PAPERS = "papers", "Wrong papers or labels"
    CONDUCT = "conduct", "Code of conduct"


class Failure(models.Model):
    """One failure, with a weight. It is counted for as long as the threshold looks back, and never charged."""

    append_only = True

    supplier = models.ForeignKey("suppliers.Supplier", on_delete=models.CASCADE, related_name="failures")
    kind = models.CharField(max_length=14, choices=FailureKind.choices)
    on = models.DateField()
    weight = models.PositiveSmallIntegerField(default=1)
    about = models.CharField(max_length=80, blank=True, default="")
    """The number of the document in which it showed."""
    note = models.CharField(max_length=200)
    by = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["supplier", "-on"], name="failures_of_supplier")]
