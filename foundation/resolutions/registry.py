"""The resolution door: governance lists and runs what it does not understand."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.functional import Promise

from foundation.documents.models import Recorded
from foundation.values.actor import Actor


@dataclass(frozen=True)
class Ask:
    """One thing that a resolution wants to know; it comes back in ``facts`` under its name, if it was answered."""

    name: str
    label: str | Promise
    help: str | Promise = ""
    required: bool = False
    choices: Callable[[Any], list[tuple[str, str]]] | None = None
    """The answers that are possible for a case; None for a sentence of one's own."""


class Resolution(Protocol):
    """One way out of a case of some kind: legal now or not, previewed, then done.

    It may have ``asks``, a tuple of what it wants to know beforehand.
    """

    name: str
    label: str
    verb: str

    def why_not(self, case: Any) -> list[str]:
        """Sentences that speak against it now; empty when it is possible."""

    def preview(self, case: Any) -> list[str]:
        """What will happen, sentence by sentence."""

    def lock(self, case: Any) -> Iterable[Recorded]:
        """Rows that ``carry_out`` will write."""

    def carry_out(self, case: Any, *, by: Actor, at: datetime, facts: dict[str, Any]) -> None: ...


_resolutions: dict[str, list[Any]] = defaultdict(list)


def register(*kinds: str) -> Any:
    """``@register("receipt_short", "receipt_over") class AcceptShort: ...``."""

    def keep(resolution: type) -> type:
        for kind in kinds:
            _resolutions[kind].append(resolution())
        return resolution

    return keep


def resolutions_for(kind: str) -> list[Any]:
    return list(_resolutions[kind])


def find(kind: str, name: str) -> Any:
    for resolution in _resolutions[kind]:
        if resolution.name == name:
            return resolution
    raise LookupError(f"No resolution {name} for cases of kind {kind}.")


def asks_of(resolution: Any) -> tuple[Ask, ...]:
    return getattr(resolution, "asks", ())


def show(case: Any) -> None:
    """From here on this row in hand is only looked at: what its ways look up is remembered."""
    case.shown = {}


def looked_up(case: Any, name: str, find: Callable[[], Any]) -> Any:
    """Once for all ways while the case is only shown; afresh each time when one of them is carried out."""
    kept = getattr(case, "shown", None)
    if kept is None:
        return find()
    if name not in kept:
        kept[name] = find()
    return kept[name]
