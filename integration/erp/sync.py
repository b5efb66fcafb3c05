"""Deliver one document to the ERP exactly once, whatever happens in between, and tell its owner the ERP's number."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now

from foundation.failpoints import failpoint
from integration.erp.client import Document, ErpClient
from integration.erp.models import ErpDocument
from integration.erp.outcomes import Delivered, Refused, Retry

State = ErpDocument.State


class NotYet(Exception):
    """The ERP has not taken it: the relay comes again. The text is shown beside the delivery."""


class Declined(Exception):
    """The ERP said no: a person must look, repeating does not help."""


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


def deliver(*, subject: str, document: Document, told: Callable[[str, datetime], None]) -> None:
    """One attempt for one of our documents. ``told`` hears the ERP's number once it is certain.

    Raises NotYet to be called again later, Declined to be parked with the ERP's words.
    """
    row, _made = ErpDocument.objects.get_or_create(
        subject=subject, defaults={"kind": document.kind, "reference": document.number}
    )
    if row.state == State.POSTED and row.revision >= document.revision:
        told(row.erp_number, row.posted_at or now())
        return
    failpoint("erp.before")
    if row.state == State.POSTED:
        outcome = client().revise(document, erp_number=row.erp_number)  # type: ignore[arg-type]
    else:
        key = f"{subject}:{document.revision}"
        outcome = client().deliver(
            document, key=key, asked_at=row.asked_at, now=now(), before_asking=lambda: _asking(row)
        )
    failpoint("erp.after")
    _note(row, document, outcome)
    failpoint("erp.noted")
    if isinstance(outcome, Delivered):
        told(outcome.number, row.posted_at or now())
    elif isinstance(outcome, Refused):
        raise Declined(outcome.text)
    else:
        raise NotYet(outcome.text)


def _asking(row: ErpDocument) -> None:
    """Durable before the call, so that an attempt cut short is known afterwards."""
    row.asked_at, row.state = now(), State.UNKNOWN
    row.save(update_fields=["asked_at", "state"])


@transaction.atomic
def _note(row: ErpDocument, document: Document, outcome: object) -> None:
    row.note = getattr(outcome, "text", "")[:400]
    if isinstance(outcome, Delivered):
        row.state, row.erp_number, row.revision = State.POSTED, outcome.number, document.revision
        row.posted_at, row.asked_at = now(), None
        if outcome.doubles:
            row.note = f"The ERP has it more than once: {', '.join(outcome.doubles)}"[:400]
    elif isinstance(outcome, Refused):
        row.state, row.asked_at = (State.POSTED if row.erp_number else State.REFUSED), None
    elif isinstance(outcome, Retry):
        row.state, row.asked_at = (State.POSTED if row.erp_number else State.PENDING), None
    row.save()
