"""The side of a case that the supplier sees. It has no life of its own: the case opens, waits and ends."""

import uuid

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from foundation.documents.models import MONEY, UNSEEN, Scoped

LONGEST = 2000


class Side(models.TextChoices):
    US = "us", "The buyer"
    SUPPLIER = "supplier", "The supplier"


class Does(models.TextChoices):
    SAYS = "says", "Says"
    OFFERS = "offers", "Proposes"
    AGREES = "agrees", "Agrees"
    REFUSES = "refuses", "Refuses"


class Dispute(Scoped):
    """What a case looks like to the supplier, written only under the case's lock; the portal reads nothing else of it.

    Everything in this row may be read by the supplier, but for the case's key.
    """

    see_verb = "see_case"
    scope_paths = {"entity": "entity_id", "site": "site_id", "supplier": "supplier_id"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    case = models.OneToOneField("governance.Case", on_delete=models.PROTECT, related_name="dispute")
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    entity = models.ForeignKey("organization.LegalEntity", **UNSEEN)
    site = models.ForeignKey("organization.Site", null=True, **UNSEEN)
    kind = models.CharField(max_length=40)
    """The kind of the case, which says how it may be settled."""
    about = models.CharField(max_length=120)
    """The document as the supplier calls it."""
    title = models.CharField(max_length=200)
    facts = models.JSONField(default=list)
    """What can be held against each other: [[label, value], ...]."""
    order_public_id = models.UUIDField(null=True, db_index=True)
    notice_public_id = models.UUIDField(null=True, db_index=True)
    invoice_public_id = models.UUIDField(null=True, db_index=True)
    amount = models.DecimalField(**MONEY)
    """What is at stake, at the order's prices."""
    currency = models.CharField(max_length=3)
    opened_at = models.DateTimeField()
    turn = models.CharField(max_length=8, choices=Side.choices, blank=True, default="")
    """Who is waited for; nobody once it is settled."""
    answer_by = models.DateTimeField(null=True)
    is_overdue = models.BooleanField(default=False)
    """The supplier did not answer in time: he was reminded, and our clock runs again."""
    last_at = models.DateTimeField()
    said_count = models.PositiveIntegerField(default=0)
    offered = models.PositiveIntegerField(null=True)
    """The number of the proposal that lies on the table, or was agreed on."""
    is_agreed = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["supplier", "-last_at"], name="disputes_of_supplier")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.settled_at is None

    @property
    def open_offer(self) -> int | None:
        """The number of the proposal that waits for a yes or a no."""
        return None if self.is_agreed or not self.is_open else self.offered


class Said(models.Model):
    """One thing that one side said to the other. What was said stays."""

    append_only = True

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="said")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=8, choices=Side.choices)
    does = models.CharField(max_length=8, choices=Does.choices)
    by = models.CharField(max_length=80)
    name = models.CharField(max_length=120)
    """Who that was, as the other side knows him."""
    at = models.DateTimeField()
    text = models.TextField(blank=True, default="")
    settlement = models.CharField(max_length=20, blank=True, default="")
    amount = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    day = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dispute", "number"], name="said_one_after_the_other"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), LONGEST), name="said_in_two_thousand_signs"
            ),
        ]


class DisputeFile(models.Model):
    """A file that both sides see. That it stands here is what shows it to the supplier."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("foundation.StoredFile", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=8, choices=Side.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dispute", "file"], name="shown_once")]
