"""What happened to a working calendar."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class CalendarEntered(Event):
    name: str


@dataclass(frozen=True, kw_only=True)
class CalendarChanged(Event):
    name: str


@dataclass(frozen=True, kw_only=True)
class SpecialDaySet(Event):
    """A day that is not like others of the week; without hours it is off."""

    name: str
    on: str
    what: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class SpecialDayRemoved(Event):
    name: str
    on: str
    what: str
