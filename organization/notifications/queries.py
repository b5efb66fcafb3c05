"""Questions about notices and mail."""

from django.db.models import QuerySet

from foundation.values.actor import Actor
from organization.notifications.models import Mail, Notice


def notices_of(actor: Actor) -> QuerySet[Notice]:
    return Notice.objects.filter(person_id=actor.person_id or 0)


def unread(actor: Actor) -> int:
    return notices_of(actor).filter(read_at=None).count()


def failed_mail() -> QuerySet[Mail]:
    """Mail that nobody will try again."""
    return Mail.objects.filter(status=Mail.Status.FAILED).order_by("-id")
