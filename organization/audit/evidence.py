"""A document's whole history as a file for an auditor: one JSON object a line, hashed and signed.

First a head, then each entry, last the SHA-256 of everything above and this installation's signature on it. Each entry
carries its digest and the one before, so the chain can be walked without us; that the file was written here, and that
the journal still says the same, is told by ``manage.py verify_evidence``.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.crypto import constant_time_compare, salted_hmac

from foundation.documents.models import Recorded
from foundation.journal import chain
from foundation.journal.models import Entry
from foundation.values.actor import Actor

KIND = "countersign evidence"
SALT = "countersign.evidence"
INSTANTS = ("at", "recorded_at")
COLUMNS = [
    *("number", "turn_id", "subject", "document_version", "name", "facts", "changes", "by"),
    *(*INSTANTS, "previous", "digest"),
]


def written(document: Recorded, *, by: Actor, at: datetime) -> str:
    """The file."""
    entries = list(Entry.objects.filter(subject=document.subject).order_by("number").values(*COLUMNS))
    head = {
        "kind": KIND,
        "subject": document.subject,
        "called": str(document),
        "entries": len(entries),
        "head": document.chain_head,
        "exported_by": str(by),
        "exported_at": at,
    }
    body = "".join(f"{_line(one)}\n" for one in (head, *entries))
    digest = hashlib.sha256(body.encode()).hexdigest()
    return body + _line({"sha256": digest, "signature": _signature(digest)}) + "\n"


def faults(text: str) -> Iterator[str]:
    """What speaks against a file, in sentences; nothing if it is whole, ours, and what the journal says."""
    *body, last = text.rstrip("\n").split("\n")
    try:
        (head, *entries), seal = [json.loads(line) for line in body], json.loads(last)
        digest = hashlib.sha256("".join(f"{line}\n" for line in body).encode()).hexdigest()
        if head["kind"] != KIND:
            raise ValueError
        said, signature = str(seal["sha256"]), str(seal["signature"])
        links = [_entry(one) for one in entries]
    except (ValueError, KeyError, TypeError):
        yield "This is no evidence file: it cannot be read."
        return
    if said != digest:
        yield "The text was changed: its SHA-256 is another one."
    if not constant_time_compare(signature, _signature(said)):
        yield "It was not signed here."
    if (broken := _broken(links)) is not None:
        yield f"The chain is broken at entry {broken}."
    if len(links) != head["entries"] or (links and links[-1].digest != head["head"]):
        yield "Entries are missing at the end."
    kept = dict(Entry.objects.filter(subject=head["subject"]).values_list("number", "digest"))
    if any(kept.get(one.number) != one.digest for one in links):
        yield "The journal here says something else."


def _broken(links: list[Entry]) -> int | None:
    number, head = 0, ""
    for link in links:
        if link.number != number + 1 or link.previous != head or link.digest != chain.digest(link):
            return link.number
        number, head = link.number, link.digest
    return None


def _entry(said: dict[str, Any]) -> Entry:
    instants = {name: datetime.fromisoformat(said[name]) for name in INSTANTS}
    return Entry(**{name: said[name] for name in COLUMNS} | instants)


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, cls=Exact, ensure_ascii=False, sort_keys=True)


class Exact(DjangoJSONEncoder):
    """Instants to the microsecond: Django's own encoder keeps milliseconds, and digests need all of it."""

    def default(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def _signature(digest: str) -> str:
    return salted_hmac(SALT, digest, algorithm="sha256").hexdigest()
