"""Notices in the product, and mail on its way."""

from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One thing told to one person: a sentence and where to act on it."""

    person = models.ForeignKey("organization.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    key = models.CharField(max_length=120, unique=True)
    """The delivery that caused it: telling twice tells once."""

    class Meta:
        indexes = [models.Index(fields=["person", "-told_at"], condition=Q(read_at=None), name="unread_notices")]


class Mail(models.Model):
    """A mail to be sent, sent, or given up on. One thread a document, so that a mailbox shows one conversation."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    to = models.EmailField()
    reply_to = models.EmailField(blank=True, default="")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True, default="")
    thread = models.CharField(max_length=120)
    key = models.CharField(max_length=160, unique=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=Q(status="waiting"), name="mail_due"),
            models.Index(fields=["thread", "-id"], name="mails_of_thread"),
        ]
