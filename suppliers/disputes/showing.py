"""What a supplier may see of a case: upper floors say it, document by document. Nothing else of a case is shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from foundation.files.models import StoredFile


@dataclass(frozen=True, kw_only=True)
class Shown:
    """``about`` is the document as the supplier calls it, ``facts`` are labels with figures that both sides know.

    ``files`` may be shown, once somebody of ours says so.
    """

    about: str
    title: str
    facts: list[tuple[str, str]]
    order_public_id: UUID | None = None
    notice_public_id: UUID | None = None
    invoice_public_id: UUID | None = None
    files: list[StoredFile] = field(default_factory=list)


Shows = Callable[[Any, str], Shown]
_shown: dict[str, Shows] = {}


def shows(label: str) -> Callable[[Shows], Shows]:
    """``@shows("receiving.receipt") def of_receipt(case, title) -> Shown``; ``title`` is what the kind is called."""

    def keep(function: Shows) -> Shows:
        _shown[label] = function
        return function

    return keep


def can_be_shown(case: Any) -> bool:
    """Whether there is a supplier to talk to, and somebody who knows what he may see."""
    return bool(case.supplier_id) and case.about.partition(":")[0] in _shown


def of(case: Any, title: str) -> Shown:
    return _shown[case.about.partition(":")[0]](case, title)
