"""What the stand-in ERP decides: which documents it takes, which it refuses, and what it answers to a repeat."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from integration.canon.plain import digest
from integration.erp.standin.faults import Fault
from integration.erp.standin.store import FIRST_NUMBER, Document, Store, revision_of

CLOSED_PERIOD = "The posting period is closed."
PAGE = 500


@dataclass(frozen=True)
class Answer:
    status: int
    content: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)


class No(Exception):
    """The ERP says no, in its own words."""

    def __init__(self, status: int, code: str, message: str, **headers: str) -> None:
        super().__init__(message)
        self.answer = Answer(status, {"error": {"code": code, "message": message}}, headers)


class Books:
    """Posting, revising and looking up.

    With ``keyed`` a repeat of a key is answered from memory. Without it the ERP is as simple as most: who posts
    twice has two documents, and the caller must look up first.
    """

    def __init__(self, store: Store, *, keyed: bool) -> None:
        self.store = store
        self.keyed = keyed
        self.in_work: set[str] = set()
        self.turn = threading.Lock()
        self.closed = threading.Event()
        """Set when everything is forgotten: what is still in work then must not be posted any more."""

    def post(self, kind: str, content: dict[str, Any], *, key: str, fault: Fault | None) -> Answer:
        check_shape(content)
        with self.one_at_a_time(key):
            if self.keyed and (used := self.store.used(key)):
                return replay(used, content)
            self.check_orders(kind, content)
            if fault and fault.fault == "delay" and self.closed.wait(fault.seconds):
                raise No(503, "closed", "The books were closed meanwhile.")
            return self.commit(kind, content, key=key if self.keyed else "", fault=fault)

    def commit(self, kind: str, content: dict[str, Any], *, key: str, fault: Fault | None) -> Answer:
        if fault and fault.fault == "accepted_then_failed":
            fails_at = time.time() + fault.seconds
            self.store.add(kind, content, key=key, fails_at=fails_at, message=CLOSED_PERIOD)
            return Answer(202, {"status": "accepted", "reference": content["number"]})
        document = self.store.add(kind, content, key=key)
        if fault and fault.fault == "duplicate_commit":
            self.store.add(kind, content, key="")
        return Answer(201, document.summary())

    @contextmanager
    def one_at_a_time(self, key: str) -> Iterator[None]:
        """Hold the key while its document is in work; a repeat meanwhile is told to wait."""
        if not self.keyed:
            yield
            return
        if not key:
            raise No(400, "key_missing", "Send an Idempotency-Key.")
        with self.turn:
            if key in self.in_work:
                raise No(409, "in_work", "This key is being worked on.", **{"Retry-After": "1"})
            self.in_work.add(key)
        try:
            yield
        finally:
            with self.turn:
                self.in_work.discard(key)

    def check_orders(self, kind: str, content: dict[str, Any]) -> None:
        """Receipts and invoices need their orders here first."""
        if kind == "purchase-orders":
            return
        for order in sorted({line["order"] for line in content["lines"] if line.get("order")}):
            if not self.store.find("kind = 'purchase-orders' AND reference = ?", order):
                raise No(409, "order_unknown", f"Purchase order {order} is not known here.", **{"Retry-After": "5"})

    def revise(self, kind: str, number: str, content: dict[str, Any]) -> Answer:
        """Replace an order by a later revision. The revision itself makes a repeat harmless."""
        check_shape(content)
        document = self.by_number(kind, number)
        if kind != "purchase-orders":
            raise No(405, "not_revisable", "Only purchase orders have revisions; reverse the document instead.")
        if content["number"] != document.reference:
            raise No(422, "other_reference", f"{number} is {document.reference}, not {content['number']}.")
        if revision_of(content) < document.revision:
            raise No(422, "superseded", f"{document.reference} stands at revision {document.revision} already.")
        if revision_of(content) > document.revision:
            document = self.store.revise(number, content)
        elif digest(content) != document.digest:
            raise No(422, "revision_reused", f"Revision {document.revision} was sent before with other content.")
        return Answer(200, document.summary())

    def by_number(self, kind: str, number: str) -> Document:
        found = self.store.find("kind = ? AND number = ?", kind, number)
        if not found:
            raise No(404, "unknown", f"There is no document {number}.")
        return found[0]

    def look_up(self, kind: str, reference: str) -> Answer:
        found = self.store.find("kind = ? AND reference = ?", kind, reference)
        return Answer(200, {"documents": [document.summary() for document in found]})

    def changes(self, kind: str, since: str) -> Answer:
        """A page of what changed after the given position, and the position to go on from."""
        if not since.isdigit() or (kind and kind not in FIRST_NUMBER):
            raise No(400, "bad_query", f"Say since=0 or later, and kind as one of {', '.join(FIRST_NUMBER)}.")
        found = self.store.find("change > ? AND ? IN ('', kind)", int(since), kind, limit=PAGE)
        position = found[-1].change if found else int(since)
        return Answer(200, {"documents": [document.summary() for document in found], "next": position})


def replay(used: tuple[str, Document], content: dict[str, Any]) -> Answer:
    before, document = used
    if before != digest(content):
        raise No(422, "key_reused", "This key was used before with other content.")
    if document.fails_at is not None:
        return Answer(202, {"status": "accepted", "reference": document.reference})
    return Answer(201, document.summary(), {"Idempotent-Replayed": "true"})


def check_shape(content: Any) -> None:
    if not isinstance(content, dict) or not isinstance(content.get("number"), str) or not content["number"]:
        raise No(422, "number_missing", "A document needs your number for it.")
    if content.get("version") != 1:
        raise No(422, "version_unknown", "Only version 1 of the documents is understood here.")
    if not re.fullmatch(r"[1-9][0-9]{0,5}", str(content.get("revision", 1))):
        raise No(422, "revision_bad", "A revision is a whole number from 1.")
    lines = content.get("lines")
    if not isinstance(lines, list) or not lines:
        raise No(422, "lines_missing", "A document needs at least one line.")
    for place, line in enumerate(lines, start=1):
        try:
            Decimal(line["quantity"])
        except (KeyError, TypeError, InvalidOperation, ValueError) as error:
            raise No(422, "quantity_bad", f"Line {place}: the quantity is missing or not a number.") from error
