"""Everything that can be proven about the journal, in one pass."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from foundation.journal import chain, queries, sealing
from foundation.journal.models import Entry, Seal

T = TypeVar("T")
CHUNK = 2_000


@dataclass(frozen=True)
class Findings:
    """What was walked, and what does not agree: ``subject#number``, ``#tail``, ``#all``, ``#row``, ``seal 7``."""

    documents: int
    entries: int
    seals: int
    broken: list[str]


def verify() -> Findings:
    """Walk every chain against its document's own head, find entries without a document, recompute every seal."""
    broken: list[str] = []
    known: set[str] = set()
    for part in parts(queries.heads()):
        heads = dict(part)
        known |= heads.keys()
        broken += chain.broken_links(heads)
    without = set(Entry.objects.values_list("subject", flat=True).distinct().iterator()) - known
    broken += [f"{subject}#row" for subject in sorted(without)]
    broken += [f"seal {pk}" for pk in sealing.broken_seals()]
    return Findings(len(known), Entry.objects.count(), Seal.objects.count(), broken)


def parts(rows: Iterable[T]) -> Iterator[list[T]]:
    """The rows in lists of a size that fits one query."""
    rest = iter(rows)
    while part := list(islice(rest, CHUNK)):
        yield part
