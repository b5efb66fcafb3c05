"""Tell somebody something, once: a notice in the product, a mail in the outbox."""

from datetime import datetime

from organization.notifications.models import Mail, Notice
from organization.people.models import Person


def tell(*, person: Person, kind: str, subject: str, text: str, url: str, key: str, at: datetime) -> None:
    """One sentence and where to act on it. ``key`` is the delivery's own: telling twice tells once."""
    notice = Notice(
        person=person, kind=kind, subject=subject, text=text[:300], url=url, key=f"{key}:{person.pk}", told_at=at
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)


def queue(*, to: str, subject: str, text: str, html: str = "", thread: str, key: str, at: datetime) -> None:
    """Put a mail in the outbox; the clock sends it. One thread a document, so that a mailbox shows one conversation."""
    line = " ".join(subject.split())[:200]
    mail = Mail(to=to, subject=line, text=text, html=html, thread=thread, key=f"{key}:{to}", next_at=at)
    Mail.objects.bulk_create([mail], ignore_conflicts=True)


def read(*, person_id: int, pk: int, at: datetime) -> None:
    Notice.objects.filter(person_id=person_id, pk=pk, read_at=None).update(read_at=at)


def read_all(*, person_id: int, at: datetime) -> int:
    return Notice.objects.filter(person_id=person_id, read_at=None).update(read_at=at)
