"""One object for every exception of every stage."""

from django.db import models
from django.db.models import Q
from django_fsm import FSMModelMixin

from foundation.documents.models import MONEY, UNSEEN, Document
from governance.cases.lifecycle import UNSOLVED, CaseLifecycle


class Severity(models.TextChoices):
    LOW = "low", "Low"
    NORMAL = "normal", "Normal"
    HIGH = "high", "High"


class Case(FSMModelMixin, CaseLifecycle, Document):
    """Something went off plan: what, about which document, who owns it, until when, what is at stake."""

    lock_rank = 105
    see_verb = "see_case"
    scope_paths = {"entity": "entity_id", "site": "site_id", "supplier": "supplier_id"}

    number = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=40, db_index=True)
    about = models.CharField(max_length=80, db_index=True)
    about_title = models.CharField(max_length=200)
    about_url = models.CharField(max_length=200)
    cause = models.CharField(max_length=120)
    """What inside the document: a line, a delivery. A second detection of the same cause updates the case."""
    summary = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, **UNSEEN)
    supplier = models.ForeignKey("organization.Party", null=True, **UNSEEN)
    owner = models.ForeignKey("organization.Person", null=True, **UNSEEN)
    severity = models.CharField(max_length=8, choices=Severity.choices, default=Severity.NORMAL)
    stake = models.DecimalField(**MONEY)
    currency = models.CharField(max_length=3)
    due_at = models.DateTimeField()
    escalated_at = models.DateTimeField(null=True)
    sightings = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "about", "cause"], condition=Q(status__in=UNSOLVED), name="one_open_case_per_cause"
            )
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(status__in=UNSOLVED), name="cases_by_due"),
            models.Index(fields=["owner", "due_at"], condition=Q(status__in=UNSOLVED), name="cases_of_owner"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_unsolved(self) -> bool:
        return self.status in UNSOLVED


class CaseNote(models.Model):
    """Something said about a case, with a file if there is evidence."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notes")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    text = models.TextField()
    file = models.ForeignKey("foundation.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
