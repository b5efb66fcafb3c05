"""What a supplier said, through any channel, word for word."""

import uuid

from django.db import models
from django.db.models.functions import Now
from django_fsm import FSMModelMixin

from foundation.documents.models import UNSEEN, Document
from suppliers.submissions.lifecycle import SubmissionLifecycle
from suppliers.suppliers.models import Channel


class SubmissionKind(models.TextChoices):
    CONFIRMATION = "confirmation", "Order confirmation"
    CHANGE_ANSWER = "change_answer", "Answer to a change"
    SHIP_NOTICE = "ship_notice", "Ship notice"
    NOTICE_UPDATE = "notice_update", "News of a delivery"
    INVOICE = "invoice", "Invoice"
    COMPANY = "company", "Company data"
    BANK = "bank", "Bank account"
    DOCUMENT = "document", "Document"
    MESSAGE = "message", "Message"
    CONTEST = "contest", "Objection to a figure"
    DISPUTE = "dispute", "Answer in a dispute"
    COLLEAGUE_IN = "colleague_in", "A colleague to let in"
    COLLEAGUE_ROLES = "colleague_roles", "What a colleague may do"
    COLLEAGUE_OUT = "colleague_out", "A colleague to shut out"


OF_THE_FIRM = (SubmissionKind.COMPANY, SubmissionKind.BANK, SubmissionKind.DOCUMENT)
"""What a supplier says of himself: somebody looks at it before it counts."""
OF_COLLEAGUES = (SubmissionKind.COLLEAGUE_IN, SubmissionKind.COLLEAGUE_ROLES, SubmissionKind.COLLEAGUE_OUT)
"""What he says of his own people: done at once."""


class Submission(FSMModelMixin, SubmissionLifecycle, Document):
    """Written by the portal or a channel, answered by the back office. ``body`` is never changed."""

    lock_rank = 32
    see_verb = "see_supplier"
    scope_paths = {"supplier": "supplier_id"}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    supplier = models.ForeignKey("suppliers.Supplier", **UNSEEN)
    kind = models.CharField(max_length=16, choices=SubmissionKind.choices)
    about = models.UUIDField(null=True, db_index=True)
    """The public id of what it speaks of: an order, the case of a figure, a dispute, an invoice; none when the supplier
    speaks of himself."""
    channel = models.CharField(max_length=6, choices=Channel.choices)
    by = models.CharField(max_length=80)
    body = models.JSONField()
    received_at = models.DateTimeField(db_default=Now())
    answer = models.JSONField(default=dict, db_default=models.Value("{}", models.JSONField()))
    """What came of it, in sentences and numbers the supplier may read."""
