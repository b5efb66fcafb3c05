"""What does not work at the moment, as every page says it. Upper packages register who knows (``register``).

    def troubles(actor): ...
    troubles.register(troubles)

A source is asked on every whole page, so it costs at most one query, and that one is kept for some seconds.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from foundation.values.actor import Actor

log = logging.getLogger("countersign.troubles")


@dataclass(frozen=True)
class Trouble:
    """One thing that is behind: ``what``, ``since`` when, what ``still`` works, what to do; ``url`` tells more."""

    what: str
    since: datetime
    still: str
    todo: str
    url: str = ""


Source = Callable[[Actor], list[Trouble]]
_sources: list[Source] = []


def register(source: Source) -> None:
    if source not in _sources:
        _sources.append(source)


def troubles_of(actor: Actor | None) -> list[Trouble]:
    """Nothing for strangers. A source that fails is left out: no page is lost for want of a banner."""
    found: list[Trouble] = []
    for source in _sources if actor is not None else []:
        try:
            found += source(actor)  # type: ignore[arg-type]
        except Exception:
            log.exception("It cannot be said what is behind")
    return found
