"""Ask for documents, take them in, review them, tell when they run out."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.documents import rows
from foundation.door import deciding, opening, verb
from foundation.files.models import StoredFile
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import SUPPLIER, Actor
from governance.cases import actions as cases
from suppliers.documents.events import (
    DocumentAccepted,
    DocumentAsked,
    DocumentRefused,
    DocumentReplaced,
    DocumentRunsOut,
    DocumentSent,
)
from suppliers.documents.lifecycle import DocumentState
from suppliers.documents.models import DocumentType, SupplierDocument
from suppliers.documents.rules import LADDER
from suppliers.suppliers.asking import ask
from suppliers.suppliers.ladders import rung
from suppliers.suppliers.models import Supplier

CASE = "supplier_document"
DESCRIBED = ("name", "what", "entity", "category", "risk_from", "expires", "effect", "is_asked")


@verb
def ask_for(*, code: str, values: dict[str, Any], by: Actor, at: datetime, key: str) -> DocumentType:
    """A kind of document that is asked of suppliers from now on."""
    allow(by, "review_document")
    if DocumentType.objects.filter(code__iexact=code).exists():
        raise Refused(_("There is a document called %(code)s already.") % {"code": code})
    with deciding(DocumentType(code=code, **_described(values)), by=by, key=key) as kind:
        journal.record(DocumentAsked(subject=kind.subject, code=kind.code), at=at)
    return kind


@verb
def ask_otherwise(
    *, type: DocumentType, values: dict[str, Any], by: Actor, at: datetime, seen: int, key: str
) -> DocumentType:
    """Of others, with another effect, or not any more. What was sent stays."""
    with deciding(type, by=by, seen=seen, key=key) as type:
        allow(by, "review_document")
        for name, value in _described(values).items():
            setattr(type, name, value)
        journal.record(DocumentAsked(subject=type.subject, code=type.code), at=at)
    return type


def _described(values: dict[str, Any]) -> dict[str, Any]:
    assert values.keys() <= set(DESCRIBED), values.keys() - set(DESCRIBED)
    return values


@verb
def send(
    *,
    supplier: Supplier,
    type: DocumentType,
    file: StoredFile,
    reference: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> SupplierDocument:
    """A file for one of the documents that are asked. One that was sent before and not reviewed gives way to it.

    Refused without an end where the document has one, and when it has run out already.
    """
    if by.kind != SUPPLIER:
        allow(by, "edit_supplier")
    _dated(type, valid_from, valid_until, at.date())
    with opening(by=by, key=key):
        rows.alone(f"document {supplier.pk} {type.pk}")  # the constraint stays as the guard behind
        older = SupplierDocument.objects.filter(supplier=supplier, type=type, status=DocumentState.SENT).first()
        if older is not None:
            _replace(older, by=by, at=at)
        document = SupplierDocument(
            supplier=supplier,
            type=type,
            file=file,
            reference=reference.strip()[:60],
            valid_from=valid_from,
            valid_until=valid_until if type.expires else None,
            sent_by=str(by),
            sent_at=at,
        )
        with deciding(document, by=by) as document:
            journal.record(DocumentSent(**_about(document), sha256=file.sha256), at=at)
    return document


def _dated(type: DocumentType, valid_from: date | None, valid_until: date | None, on: date) -> None:
    if not type.expires:
        return
    if valid_until is None:
        raise Refused(_("Say until when “%(name)s” is valid.") % {"name": type.name})
    if valid_until < on:
        raise Refused(_("This document has run out already. Send the one that counts now."))
    if valid_from is not None and valid_from > valid_until:
        raise Refused(_("The document ends before it begins."))


def _replace(document: SupplierDocument, *, by: Actor, at: datetime) -> None:
    with deciding(document, by=by) as document:
        move(document.replace)
        journal.record(DocumentReplaced(**_about(document)), at=at)


@verb
def accept(*, document: SupplierDocument, by: Actor, at: datetime, seen: int, key: str) -> SupplierDocument:
    """It counts from now on, in place of the one before. Whoever sent it for the supplier does not review it."""
    accepted = SupplierDocument.objects.filter(
        supplier=document.supplier_id, type=document.type_id, status=DocumentState.ACCEPTED
    )
    older = accepted.first()
    with deciding(document, by=by, seen=seen, key=key, first=[older] if older else []) as document:
        _reviews(document, by)
        if older is not None:
            _replace(older, by=by, at=at)
        document.reviewed_by = str(by)
        move(document.accept, at=at)
        cases.auto_resolve(kind=CASE, about=document.supplier.subject, cause=_cause(document), by=by, at=at)
        journal.record(DocumentAccepted(**_about(document)), at=at)
    return document


@verb
def refuse(
    *, document: SupplierDocument, reason: str, by: Actor, at: datetime, seen: int, key: str
) -> SupplierDocument:
    """It does not count, and the supplier reads why."""
    with deciding(document, by=by, seen=seen, key=key) as document:
        _reviews(document, by)
        if not reason.strip():
            raise Refused(_("Say why: the supplier reads it."))
        document.reviewed_by, document.answer = str(by), reason.strip()[:300]
        move(document.refuse, at=at)
        journal.record(DocumentRefused(**_about(document), reason=document.answer), at=at)
    return document


def _reviews(document: SupplierDocument, by: Actor) -> None:
    allow(by, "review_document")
    if str(by) == document.sent_by:
        raise Refused(_("You sent this document in: somebody else reviews it."))


@verb
def tell_end(*, document: SupplierDocument, on: date, by: Actor, at: datetime, key: str) -> SupplierDocument:
    """One rung of the ladder: the supplier is written to; at the end somebody of ours owns what to do."""
    with deciding(document, by=by, key=key) as document:
        due = document.status == DocumentState.ACCEPTED and document.valid_until is not None
        days = rung(until=document.valid_until, on=on, told=document.reminded_days, ladder=LADDER) if due else None
        if days is None:
            raise Refused(_("There is nothing to tell."))
        document.reminded_days = days
        if days == LADDER[-1]:
            _open_case(document, by=by, at=at)
        journal.record(DocumentRunsOut(**_about(document), days=days), at=at)
    return document


def _open_case(document: SupplierDocument, *, by: Actor, at: datetime) -> None:
    kind = document.type
    said = {"name": kind.name, "effect": kind.get_effect_display()}
    ask(
        document.supplier,
        kind=CASE,
        cause=_cause(document),
        summary=_("“%(name)s” has run out. %(effect)s.") % said,
        facts={"type": kind.code},
        page="documents/",
        entity=kind.entity,
        by=by,
        at=at,
    )


def _cause(document: SupplierDocument) -> str:
    return f"document:{document.type_id}"


def _about(document: SupplierDocument) -> dict[str, Any]:
    return {
        "subject": document.subject,
        "supplier_id": document.supplier_id,
        "type": document.type.name,
        "reference": document.reference,
        "valid_until": document.valid_until,
    }
