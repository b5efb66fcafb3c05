"""What the demo says of rows that were there before its records begin."""

from dataclasses import dataclass

from foundation.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class Founded(Event):
    """Taken over when the records began: the distributor did not start from nothing."""

    what: str
