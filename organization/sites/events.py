"""What happened to a site."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class SiteChanged(Event):
    code: str
