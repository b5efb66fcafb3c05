"""The journal's tables. Entries are never changed; deliveries are each subscriber's copy."""

from django.db import models
from django.db.models import Q


class Turn(models.Model):
    """One keyed request. Its entries are its answer, so a repeat needs no stored response."""

    actor = models.CharField(max_length=80)
    verb = models.CharField(max_length=120)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "verb", "key"], name="one_effect_per_key")]


class Entry(models.Model):
    """One thing that happened to one document, by whom, when, from what to what."""

    append_only = True

    turn = models.ForeignKey(Turn, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    document_version = models.PositiveIntegerField()
    name = models.CharField(max_length=120)
    facts = models.JSONField()
    changes = models.JSONField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "number"], name="one_entry_per_link")]
        indexes = [
            models.Index(fields=["name", "recorded_at"], name="entry_by_name"),
            models.Index(fields=["turn"], name="entry_by_turn"),
        ]


class Delivery(models.Model):
    """One subscriber's copy of an entry. A lane is one subscriber and one document; only its head may leave."""

    class Status(models.TextChoices):
        READY = "ready", "Waiting"
        DONE = "done", "Done"
        PARKED = "parked", "Needs help"
        SKIPPED = "skipped", "Skipped"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    subscriber = models.CharField(max_length=120)
    lane = models.CharField(max_length=200)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.READY)
    next_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    token = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=400, default="")
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "subscriber"], name="one_delivery_per_subscriber")]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(status="ready"), name="delivery_due"),
            models.Index(fields=["lane", "number"], condition=Q(status__in=["ready", "parked"]), name="delivery_lane"),
            models.Index(fields=["-id"], condition=Q(status="parked"), name="delivery_parked"),
            models.Index(fields=["subscriber", "-done_at"], name="delivery_done"),
        ]


class Seal(models.Model):
    """A digest over all entries up to one instant, chained to the seal before; kept outside it proves the journal."""

    append_only = True

    last_entry_id = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
