"""What becomes of what a supplier says of himself: of his firm, where he is paid, what he can prove.

Nothing of it counts before somebody of ours looked at it.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.files import actions as files
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from organization.entities.models import LegalEntity
from suppliers.banking import actions as banking
from suppliers.documents import actions as documents
from suppliers.documents.models import DocumentType
from suppliers.onboarding import actions as onboarding
from suppliers.onboarding.actions import FIELDS
from suppliers.submissions import reading
from suppliers.submissions.handlers import handles
from suppliers.submissions.models import Submission, SubmissionKind
from suppliers.suppliers.models import Supplier

LONGEST = {"name": 200, "country": 2, "city": 100, "address": 300, "vat_number": 20, "gln": 13}


@handles(SubmissionKind.COMPANY)
def company(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"name", "country", "city", "address", "vat_number", "gln"}``, each or some."""
    body = submission.body
    said = {name: reading.text(body, name, LONGEST[name]) for name in FIELDS if name in body}
    for name in ("name", "country"):
        if name in said and not said[name]:
            raise Refused(_("%(label)s: it cannot be empty.") % {"label": FIELDS[name]})
    data = onboarding.say(supplier=_of(submission), said=said, by=by, at=at)
    return {"fields": sorted(data.said), "status": data.status}


@handles(SubmissionKind.BANK)
def bank(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"holder", "iban", "bic", "entity": "NL01" or nothing, "why"}``."""
    body = submission.body
    code = reading.text(body, "entity", 8)
    entity = LegalEntity.objects.filter(code=code).first() if code else None
    if code and entity is None:
        raise Refused(_("There is no company of ours called %(code)s.") % {"code": code})
    account = banking.propose(
        supplier=_of(submission),
        entity=entity,
        holder=reading.text(body, "holder", 140),
        iban=reading.text(body, "iban", 60),
        bic=reading.text(body, "bic", 20),
        why=reading.text(body, "why", 200),
        by=by,
        at=at,
    )
    return {"account": account.masked, "status": account.status}


@handles(SubmissionKind.DOCUMENT)
def document(submission: Submission, *, by: Actor, at: datetime) -> dict[str, Any]:
    """``{"type": "ISO9001", "sha256", "name", "reference", "valid_from", "valid_until"}``; its bytes are stored."""
    body = submission.body
    code = reading.text(body, "type", 20)
    kind = DocumentType.objects.filter(code=code, is_asked=True).first()
    if kind is None:
        raise Refused(_("No document called %(code)s is asked for.") % {"code": code})
    dates = {"valid_from": reading.maybe_day(body, "valid_from"), "valid_until": reading.maybe_day(body, "valid_until")}
    stored = files.take_up(
        sha256=reading.text(body, "sha256", 64),
        name=reading.text(body, "name", 120),
        about=submission.subject,
        by=by,
        at=at,
    )
    sent = documents.send(
        supplier=_of(submission),
        type=kind,
        file=stored,
        reference=reading.text(body, "reference", 60),
        **dates,
        by=by,
        at=at,
    )
    return {"type": kind.name, "status": sent.status}


def _of(submission: Submission) -> Supplier:
    return Supplier.objects.select_related("party").get(pk=submission.supplier_id)
