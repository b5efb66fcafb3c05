"""What is wrong with a message, where, and what to do about it: findings, never exceptions."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """What a fault means for booking. A document is treated by the worst of its faults."""

    NOTE = 0
    """Worth knowing; the document is booked."""
    WARNING = 1
    """Probably a mistake of the sender that changes nothing we book; the document is booked and the fault shown."""
    HOLD = 2
    """What was meant is not certain; a person looks before anything is booked."""
    REFUSE = 3
    """It cannot be read as what it claims to be; nothing is booked and the sender is told."""

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong."""

    level: Level
    code: str
    """Stable, for counting and for tests: ``count_wrong``, ``line_amount``."""
    where: str
    """The segment and element (``PO1-04, segment 12``), the XML path, or the field of the document (``lines[3]``)."""
    sentence: str
    """What is wrong and what to do, in the reader's language."""


def worst(faults: Iterable[Fault]) -> Level:
    return max((fault.level for fault in faults), default=Level.NOTE)
