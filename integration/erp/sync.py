"""Deliver one document to the ERP exactly once, whatever happens in between, and tell its owner the ERP's number.

What is asked is frozen before it is asked, so that a repeat says the same. A document is created under one key; an
attempt to create it whose end is unknown is brought to its end before any later revision is sent. Later revisions
replace the document in the ERP under its number there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from foundation.failpoints import failpoint
from foundation.journal.events import NeedsHelp
from integration.erp.client import Document, ErpClient
from integration.erp.models import ErpDocument
from integration.erp.outcomes import Delivered, Outcome, Refused, Retry

State = ErpDocument.State


class NotYet(Exception):
    """The ERP has not taken it: the relay comes again. The text is shown beside the delivery."""


class Declined(NeedsHelp):
    """The ERP said no: a person must look, repeating does not help."""


@dataclass(frozen=True)
class Frozen:
    """A document as it was asked for the first time."""

    kind: str
    number: str
    revision: int
    content: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return self.content


@cache
def client() -> ErpClient:
    """The ERP of this installation."""
    return ErpClient(
        settings.ERP_URL,
        keyed=settings.ERP_KEYED,
        timeout=timedelta(seconds=settings.ERP_TIMEOUT_SECONDS),
        settle=timedelta(seconds=settings.ERP_SETTLE_SECONDS) if settings.ERP_SETTLE_SECONDS else None,
        token=settings.ERP_TOKEN,
    )


def is_there(subject: str) -> bool:
    """Whether the ERP has the document, or may have it."""
    known = ErpDocument.objects.filter(subject=subject)
    return known.exclude(erp_number="", asked_at=None).exists()


def deliver(*, subject: str, document: Document, told: Callable[[str, datetime], None]) -> None:
    """One attempt for one of our documents. ``told`` hears the ERP's number once it is certain.

    Raises NotYet to be called again later, Declined to be parked with the ERP's words.
    """
    row, _made = ErpDocument.objects.get_or_create(
        subject=subject, defaults={"kind": document.kind, "reference": document.number}
    )
    if row.asked_at and row.payload_revision != document.revision:
        _certain(_attempt(row, _asked(row)))
    if not _stands_at(row, document.revision):
        outcome = _attempt(row, _frozen(row, document))
        if isinstance(outcome, Delivered) and outcome.revision < document.revision:
            outcome = _attempt(row, _frozen(row, document))  # it was there, at an earlier revision: now it is replaced
        _certain(outcome)
        if isinstance(outcome, Refused):
            raise Declined(outcome.text)
        if not _stands_at(row, document.revision):
            raise NotYet(f"The ERP stands at revision {row.revision}, not at {document.revision}.")
    told(row.erp_number, row.posted_at or now())


def _stands_at(row: ErpDocument, revision: int) -> bool:
    return bool(row.erp_number) and row.revision >= revision


def _certain(outcome: Outcome) -> None:
    if not isinstance(outcome, Delivered | Refused):
        raise NotYet(outcome.text)


def _attempt(row: ErpDocument, sent: Frozen) -> Outcome:
    """Create the document, or replace it under the number it has in the ERP, and write down how that went."""
    was_doubtful = row.asked_at is not None
    failpoint("erp.before")
    if row.erp_number:
        outcome = client().revise(sent, erp_number=row.erp_number)
    else:
        outcome = client().deliver(
            sent,
            key=f"{row.subject}:{row.refusals}",
            asked_at=row.asked_at,
            now=now(),
            before_asking=lambda: _asking(row),
        )
        if was_doubtful and isinstance(outcome, Refused):  # no to this attempt says nothing about the one before
            outcome = client().look_up(sent) or outcome
    failpoint("erp.after")
    _note(row, outcome)
    failpoint("erp.noted")
    return outcome


def _frozen(row: ErpDocument, document: Document) -> Frozen:
    """What is sent: what was asked before for this revision, or the document as it now stands, kept from now on."""
    if row.payload is None or row.payload_revision != document.revision:
        row.payload, row.payload_revision = document.to_json(), document.revision
        row.save(update_fields=["payload", "payload_revision"])
    return _asked(row)


def _asked(row: ErpDocument) -> Frozen:
    return Frozen(row.kind, row.reference, row.payload_revision, row.payload)


def _asking(row: ErpDocument) -> None:
    """Durable before the call, so that an attempt cut short is known afterwards."""
    row.asked_at, row.state = now(), State.UNKNOWN
    row.save(update_fields=["asked_at", "state"])


@transaction.atomic
def _note(row: ErpDocument, outcome: Outcome) -> None:
    """How it went, onto the row as it now stands: a number that somebody else brought home is never lost."""
    ErpDocument.objects.select_for_update().get(pk=row.pk)
    row.refresh_from_db()
    row.note = getattr(outcome, "text", "")[:400]
    if isinstance(outcome, Delivered):
        row.state, row.erp_number, row.revision = State.POSTED, outcome.number, outcome.revision
        row.posted_at, row.asked_at = now(), None
        if outcome.doubles:
            row.note = f"The ERP has it more than once: {', '.join(outcome.doubles)}"[:400]
    elif isinstance(outcome, Refused):
        row.state, row.asked_at, row.payload = State.REFUSED, None, None
        row.refusals += not row.erp_number
    elif isinstance(outcome, Retry):
        row.state, row.asked_at = State.PENDING, None
    else:
        row.state = State.UNKNOWN
    row.save()
