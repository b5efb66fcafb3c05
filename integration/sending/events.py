"""What happened to a message to a partner."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class _AboutOutbound(Event):
    number: str


@dataclass(frozen=True, kw_only=True)
class OutboundWritten(_AboutOutbound):
    address: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class OutboundStopped(_AboutOutbound):
    reasons: list


@dataclass(frozen=True, kw_only=True)
class OutboundSent(_AboutOutbound):
    way: str
    target: str


@dataclass(frozen=True, kw_only=True)
class OutboundAccepted(_AboutOutbound):
    by_message: str


@dataclass(frozen=True, kw_only=True)
class OutboundRefused(_AboutOutbound):
    by_message: str
    reasons: list
