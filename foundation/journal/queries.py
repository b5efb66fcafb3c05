"""Questions to the journal: timelines, what somebody missed, what needs help."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from foundation.documents.models import Recorded
from foundation.journal.models import Delivery, Entry


def timeline(subjects: Iterable[str], *, limit: int = 200) -> list[Entry]:
    """What happened to these documents, newest first."""
    return list(Entry.objects.filter(subject__in=list(subjects)).order_by("-recorded_at", "-id")[:limit])


def since(subject: str, version: int) -> list[dict[str, Any]]:
    """What a person who saw ``version`` has missed, oldest first."""
    missed = Entry.objects.filter(subject=subject, document_version__gt=version).order_by("number")
    return list(missed.values("name", "by", "at", "changes", "document_version"))


def parked() -> QuerySet[Delivery]:
    """Deliveries that nobody will try again until a person says so."""
    return Delivery.objects.filter(status=Delivery.Status.PARKED).select_related("entry").order_by("-id")


def waiting() -> QuerySet[Delivery]:
    return Delivery.objects.filter(status=Delivery.Status.READY).select_related("entry").order_by("next_at", "id")


def heads() -> Iterator[tuple[str, tuple[int, str]]]:
    """Every recorded row's own word on its chain: subject -> (length, digest)."""
    for model in apps.get_models():
        if issubclass(model, Recorded):
            for row in model._base_manager.only("pk", "chain_length", "chain_head").iterator(chunk_size=5000):
                yield row.subject, (row.chain_length, row.chain_head)
