"""The one place where bytes find their reader: each gives messages of the same shape, with everything that is wrong."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Protocol

from integration.canon.documents import Document
from integration.canon.faults import Fault, Level
from integration.canon.rules import Known
from integration.edi import inbound as edi


class Received(Protocol):
    """One message as any reader gives it; ``integration.edi.inbound.Received`` says what each field means."""

    @property
    def syntax(self) -> str: ...
    @property
    def sender(self) -> str: ...
    @property
    def receiver(self) -> str: ...
    @property
    def interchange(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def control(self) -> str: ...
    @property
    def sent_on(self) -> date | None: ...
    @property
    def is_test(self) -> bool: ...
    @property
    def kind(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def document(self) -> Document | None: ...
    @property
    def faults(self) -> tuple[Fault, ...]: ...
    @property
    def level(self) -> Level: ...


Reader = Callable[[bytes, Known], Sequence[Received]]
READERS: list[tuple[Callable[[bytes], bool], Reader]] = [(lambda raw: True, edi.read)]
"""Whether the bytes are for it, and the reader; the first that says yes reads. X12 and EDIFACT also read what is
nobody's, and say so."""


def read(raw: bytes, *, on: date) -> Sequence[Any]:
    """Every message of a file. Never raises; a file without any is one of no kind, refused."""
    reader = next(reader for is_for, reader in READERS if is_for(raw))
    return reader(raw, Known(today=on))
