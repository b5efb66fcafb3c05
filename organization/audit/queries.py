"""Who did what to which document, when."""

from django.db.models import BigIntegerField, Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, StrIndex, Substr

from foundation.journal import chain
from foundation.journal.models import Entry
from foundation.subjects.registry import fetch
from organization.people.models import Person

PEOPLE = r"^(person|supplier):[0-9]+$"


def entry_rows() -> QuerySet[Entry]:
    """For lists and pages, with the name of whoever acted."""
    key = Cast(Substr(OuterRef("by"), StrIndex(OuterRef("by"), Value(":")) + 1), BigIntegerField())
    name = Subquery(Person.objects.filter(pk=key).values("name")[:1])
    return Entry.objects.annotate(by_name=Case(When(by__regex=PEOPLE, then=name), default="by"))


def broken(subject: str) -> list[str]:
    """What does not agree in the chain of one document; empty when it holds."""
    document = fetch(subject)
    return chain.broken_links({subject: (document.chain_length, document.chain_head)})
