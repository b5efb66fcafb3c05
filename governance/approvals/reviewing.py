"""What is looked at again afterwards: what passed without its steps, emergencies, a share of what passed by itself."""

from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

from governance.approvals.models import ApprovalRequest, Decision
from governance.authority.facts import Urgency

BREAK_GLASS, EMERGENCY, SAMPLE = "review_break_glass", "review_emergency", "review_sample"
"""Kinds of cases."""
KINDS = (BREAK_GLASS, EMERGENCY, SAMPLE)
SALT = "countersign.approvals.sample"


def after_grant(request: ApprovalRequest) -> str | None:
    """The review that a granted request needs, if any."""
    if request.broken_by_id:
        return BREAK_GLASS
    return EMERGENCY if request.facts.get("urgency") == Urgency.EMERGENCY else None


def after_passing(subject: str, facts: dict[str, Any]) -> str | None:
    """The review that a document needs which nobody was asked about."""
    if facts.get("urgency") == Urgency.EMERGENCY:
        return EMERGENCY
    return SAMPLE if is_sampled(subject) else None


def is_sampled(subject: str) -> bool:
    """A share of all documents, the same ones whoever asks again; nobody outside can tell which beforehand."""
    drawn = int(salted_hmac(SALT, subject, algorithm="sha256").hexdigest()[:8], 16)
    return drawn < settings.APPROVAL_SAMPLE_SHARE * 2**32


def took_part(subject: str) -> set[int]:
    """Everybody who asked, decided, stood in or passed it by: none of them reviews it."""
    requests = ApprovalRequest.objects.filter(about=subject).values_list("requester_id", "broken_by_id")
    said = Decision.objects.filter(step__request__about=subject).values_list("person_id", "on_behalf_of_id")
    return {person for pair in (*requests, *said) for person in pair if person}
