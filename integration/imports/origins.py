"""Documents by the number they had elsewhere."""

import hashlib
import json
from collections.abc import Iterable

from django.utils.translation import gettext as _

from foundation.subjects.registry import fetch
from integration.imports.columns import ERROR, NEW, UNCHANGED, Piece, kept
from integration.imports.models import Origin


def known(kind: str, references: Iterable[str]) -> dict[str, Origin]:
    return {origin.reference: origin for origin in Origin.objects.filter(kind=kind, reference__in=set(references))}


def keep(kind: str, reference: str, piece: Piece, subject: str, batch: int) -> None:
    """Remember what it became; a document that goes on under another one keeps its first digest."""
    said = {"subject": subject, "digest": digest(piece), "batch_id": batch}
    Origin.objects.update_or_create(kind=kind, reference=reference, defaults=said)


def forget(kind: str, subject: str) -> None:
    """It was undone: the same file may bring it again."""
    Origin.objects.filter(kind=kind, subject=subject).delete()


def digest(piece: Piece) -> str:
    """Of what the rows say, whatever their order and their line in the file."""
    said = sorted(
        json.dumps({name: kept(value) for name, value in row.values.items() if value is not None}, sort_keys=True)
        for row in piece.rows
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def compare(piece: Piece, origin: Origin | None) -> None:
    """New, the same again, or something else under a number that is taken."""
    if origin is None:
        piece.effect = NEW
        return
    piece.subject, piece.effect = origin.subject, UNCHANGED
    if origin.digest != digest(piece):
        number = getattr(fetch(origin.subject), "number", origin.subject)
        piece.effect = ERROR
        piece.row.object(
            _("It was imported before with other contents, as %(number)s: change it there.") % {"number": number}
        )
