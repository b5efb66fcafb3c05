"""What happened to a site."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class SiteChanged(Event):
    code: str


@dataclass(frozen=True, kw_only=True)
class DockAdded(Event):
    site: str
    code: str


@dataclass(frozen=True, kw_only=True)
class DockRemoved(Event):
    site: str
    code: str


@dataclass(frozen=True, kw_only=True)
class LocationAdded(Event):
    site: str
    code: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class LocationRemoved(Event):
    site: str
    code: str
