"""What happened to a message. What it changed is told by the documents themselves."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class _AboutMessage(Event):
    number: str
    """``855 0001``."""


@dataclass(frozen=True, kw_only=True)
class MessageReceived(_AboutMessage):
    sender: str
    channel: str


@dataclass(frozen=True, kw_only=True)
class MessageApplied(_AboutMessage):
    orders: list


@dataclass(frozen=True, kw_only=True)
class MessageHeld(_AboutMessage):
    reasons: list


@dataclass(frozen=True, kw_only=True)
class MessageRefused(_AboutMessage):
    reasons: list


@dataclass(frozen=True, kw_only=True)
class MessageRepeated(_AboutMessage):
    first: str
    """The subject of the one that came before."""


@dataclass(frozen=True, kw_only=True)
class MessageKept(_AboutMessage): ...
