"""What every reader gives of a message that came in, whatever its syntax."""

from dataclasses import dataclass
from datetime import date

from integration.canon.documents import Document
from integration.canon.faults import Fault, Level, worst


@dataclass(frozen=True, kw_only=True)
class Received:
    """One message. ``faults`` are all that concern it, those of its interchange too; the worst one decides."""

    syntax: str
    sender: str
    receiver: str
    interchange: str
    """Its control number. With the sender, ``group`` and ``control`` it is the name of the message for ever."""
    sent_on: date | None
    is_test: bool
    kind: str
    version: str
    group: str
    control: str
    document: Document | None
    faults: tuple[Fault, ...]

    @property
    def level(self) -> Level:
        return worst(self.faults)
