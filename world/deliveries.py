"""Deliver what was committed, in this process, at the instant of the story."""

import logging
from datetime import datetime
from typing import Any, Self

from foundation.journal.events import subscribers
from foundation.journal.relay import drain
from integration.erp import sync
from integration.erp.client import Document
from integration.erp.outcomes import Delivered, Refused


class StandingClock:
    """While a story is told, subscribers that date what they do by the clock are dated by the story's.

    They know it by the name ``now`` in their module; so does whoever delivers to the ERP. Its answer is put in here
    too: no other system runs while a world is built.
    """

    def __init__(self) -> None:
        functions = [function for kinds in subscribers.values() for function in kinds.values()]
        modules: list[dict[str, Any]] = [vars(sync), *(function.__globals__ for function in functions)]
        self.names = list({id(names): names for names in modules if "now" in names}.values())
        self.was: list[Any] = []
        self.erp = PaperErp()

    def __enter__(self) -> Self:
        logging.disable(logging.ERROR)  # what the ERP objects to is part of the story
        self.was = [names["now"] for names in self.names]
        self.client, sync.client = sync.client, lambda: self.erp  # type: ignore[assignment,return-value]
        return self

    def __exit__(self, *_error: object) -> None:
        sync.client = self.client
        logging.disable(logging.NOTSET)
        for names, was in zip(self.names, self.was, strict=True):
            names["now"] = was

    def stand(self, at: datetime) -> None:
        for names in self.names:
            names["now"] = lambda: at

    def deliver(self, at: datetime) -> int:
        """Everything that is due, and what becomes due by it. An error ends the story: it would have a hole."""
        self.stand(at)
        return drain()


class PaperErp:
    """An ERP that remembers nothing and says yes to everything, until it is given objections: one for each document."""

    def __init__(self) -> None:
        self.objections: list[str] = []

    def deliver(self, document: Document, **_asked: object) -> Delivered | Refused:
        if self.objections:
            return Refused(self.objections.pop())
        return Delivered(f"ERP-{document.number}", document.revision)

    def revise(self, document: Document, *, erp_number: str) -> Delivered:
        return Delivered(erp_number, document.revision)
