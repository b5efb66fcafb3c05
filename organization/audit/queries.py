"""Who did what to which document, when."""

from django.db.models import QuerySet

from foundation.journal import chain
from foundation.journal.models import Entry
from foundation.subjects.registry import fetch
from organization.people.queries import name_in


def entry_rows() -> QuerySet[Entry]:
    """For lists and pages, with the name of whoever acted."""
    return Entry.objects.annotate(by_name=name_in("by"))


def broken(subject: str) -> list[str]:
    """What does not agree in the chain of one document; empty when it holds."""
    document = fetch(subject)
    return chain.broken_links({subject: (document.chain_length, document.chain_head)})
