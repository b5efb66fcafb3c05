"""The stand-in's documents, in one SQLite file that survives `kill -9`."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from integration.canon.plain import digest, digits

FIRST_NUMBER = {"purchase-orders": 4500000001, "goods-receipts": 5000000001, "supplier-invoices": 5100000001}
TABLES = """
CREATE TABLE IF NOT EXISTS document (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    revision INTEGER NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    fails_at REAL,
    message TEXT NOT NULL,
    change INTEGER NOT NULL UNIQUE
);
CREATE INDEX IF NOT EXISTS document_reference ON document (kind, reference);
CREATE TABLE IF NOT EXISTS used_key (key TEXT PRIMARY KEY, digest TEXT NOT NULL, number INTEGER NOT NULL);
"""


@dataclass(frozen=True, kw_only=True)
class Document:
    """What the ERP holds. It is *accepted* until ``fails_at`` and *failed* from then on; without it, *posted*."""

    number: str
    kind: str
    reference: str
    revision: int
    content: dict[str, Any]
    digest: str
    fails_at: float | None
    message: str
    change: int

    @property
    def status(self) -> str:
        if self.fails_at is None:
            return "posted"
        return "failed" if time.time() >= self.fails_at else "accepted"

    def summary(self) -> dict[str, Any]:
        """All that a look-up or a reconciliation needs."""
        return {
            "number": self.number,
            "kind": self.kind,
            "reference": self.reference,
            "revision": self.revision,
            "status": self.status,
            "message": self.message if self.status == "failed" else "",
            "amount": self.content.get("amount", "0"),
            "quantity": digits(sum((Decimal(line["quantity"]) for line in self.content["lines"]), Decimal(0))),
            "digest": self.digest,
            "change": self.change,
        }


class Store:
    """One writer at a time; each method is one transaction."""

    def __init__(self, file: Path) -> None:
        self.link = sqlite3.connect(file, check_same_thread=False, isolation_level=None)
        self.link.execute("PRAGMA journal_mode = WAL")
        self.link.executescript(TABLES)
        self.turn = threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        with self.turn:
            self.link.execute("BEGIN IMMEDIATE")
            try:
                yield self.link
            except BaseException:
                self.link.execute("ROLLBACK")
                raise
            self.link.execute("COMMIT")

    def add(
        self, kind: str, content: dict[str, Any], *, key: str, fails_at: float | None = None, message: str = ""
    ) -> Document:
        """Commit a new document under the next number, and the key that asked for it."""
        with self.transaction() as link:
            (last,) = link.execute("SELECT max(number) FROM document WHERE kind = ?", (kind,)).fetchone()
            number = FIRST_NUMBER[kind] if last is None else last + 1
            link.execute(
                "INSERT INTO document"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(change), 0) + 1 FROM document))",
                (
                    number,
                    kind,
                    content["number"],
                    revision_of(content),
                    json.dumps(content),
                    digest(content),
                    fails_at,
                    message,
                ),
            )
            if key:
                link.execute("INSERT OR IGNORE INTO used_key VALUES (?, ?, ?)", (key, digest(content), number))
        return self.one(number)

    def revise(self, number: str, content: dict[str, Any]) -> Document:
        with self.transaction() as link:
            link.execute(
                "UPDATE document SET revision = ?, content = ?, digest = ?,"
                " change = (SELECT max(change) + 1 FROM document) WHERE number = ?",
                (revision_of(content), json.dumps(content), digest(content), number),
            )
        return self.one(number)

    def one(self, number: str | int) -> Document:
        (found,) = self.find("number = ?", number)
        return found

    def find(self, condition: str = "true", *values: str | int, limit: int = -1) -> list[Document]:
        """Documents in the order of their last change. The condition is ours; what comes from outside is a value."""
        question = f"SELECT * FROM document WHERE {condition} ORDER BY change LIMIT {limit}"
        with self.turn:
            rows = self.link.execute(question, values).fetchall()
        return [
            Document(
                number=str(number),
                kind=kind,
                reference=reference,
                revision=revision,
                content=json.loads(content),
                digest=fingerprint,
                fails_at=fails_at,
                message=message,
                change=change,
            )
            for number, kind, reference, revision, content, fingerprint, fails_at, message, change in rows
        ]

    def used(self, key: str) -> tuple[str, Document] | None:
        """The digest and the document that a key stands for, once it has been used."""
        with self.turn:
            row = self.link.execute("SELECT digest, number FROM used_key WHERE key = ?", (key,)).fetchone()
        return (row[0], self.one(row[1])) if row else None

    def forget_everything(self) -> None:
        with self.transaction() as link:
            link.execute("DELETE FROM document")
            link.execute("DELETE FROM used_key")


def revision_of(content: dict[str, Any]) -> int:
    return int(content.get("revision", 1))
