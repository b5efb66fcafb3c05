"""What happened to a ship notice."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class ShipmentAnnounced(Event):
    number: str
    reference: str
    supplier_id: int
    site_id: int
    arrives_on: str
    lines: int
    units: int
    orders: list
    flags: list


@dataclass(frozen=True, kw_only=True)
class TruckReady(Event):
    """By the word of whoever the entry names, as the two that follow."""

    number: str
    site_id: int
    happened_at: str


@dataclass(frozen=True, kw_only=True)
class TruckPickedUp(Event):
    number: str
    site_id: int
    happened_at: str


@dataclass(frozen=True, kw_only=True)
class TruckDeparted(Event):
    number: str
    site_id: int
    happened_at: str


@dataclass(frozen=True, kw_only=True)
class ArrivalReplanned(Event):
    number: str
    supplier_id: int
    site_id: int
    was_due_on: str
    """The day that was announced before."""
    arrives_on: str
    reason: str
    flags: list


@dataclass(frozen=True, kw_only=True)
class TruckArrived(Event):
    number: str


@dataclass(frozen=True, kw_only=True)
class ReceivingStarted(Event):
    number: str


@dataclass(frozen=True, kw_only=True)
class CountGivenUp(Event):
    """The receipt was discarded: the truck stands at the door again."""

    number: str


@dataclass(frozen=True, kw_only=True)
class NoticeReceived(Event):
    number: str
    receipt: str


@dataclass(frozen=True, kw_only=True)
class NoticeReopened(Event):
    number: str
    receipt: str


@dataclass(frozen=True, kw_only=True)
class NoticeCancelled(Event):
    number: str
    reason: str
