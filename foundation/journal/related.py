"""The timeline door: what upper floors do about a document stands on its timeline without the document knowing them."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from foundation.documents.models import Recorded
from foundation.values.actor import Actor

Finder = Callable[[Recorded, Actor], list[str]]
"""(document, who looks) -> subjects whose entries he may see beside the document's own. A query, no more."""
F = TypeVar("F", bound=Finder)
_finders: dict[str, list[Finder]] = defaultdict(list)


def beside(label: str) -> Callable[[F], F]:
    """``@beside("procurement.purchaseorder")``."""

    def keep(finder: F) -> F:
        if finder not in _finders[label]:
            _finders[label].append(finder)
        return finder

    return keep


def subjects(document: Recorded, actor: Actor) -> list[str]:
    return [subject for finder in _finders[document._meta.label_lower] for subject in finder(document, actor)]
