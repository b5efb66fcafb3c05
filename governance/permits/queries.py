"""What is asked for, and what was granted."""

from django.db.models import QuerySet

from governance.permits.lifecycle import PermitState
from governance.permits.models import Permit


def permits_about(subject: str) -> QuerySet[Permit]:
    """Everything ever asked about a document, newest first."""
    return Permit.objects.filter(about=subject).select_related("requester").order_by("-id")


def is_waited_for(kind: str, subject: str) -> bool:
    return permits_about(subject).filter(kind=kind, status=PermitState.ASKED).exists()
