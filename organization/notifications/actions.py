"""Tell somebody something, once: a notice in the product, a mail in the outbox."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from organization.notifications.models import Mail, Notice
from organization.people.models import Person


def tell(*, person: Person, kind: str, subject: str, text: str, url: str, key: str, at: datetime) -> None:
    """One sentence and where to act on it. ``key`` is the delivery's own: telling twice tells once."""
    notice = Notice(
        person=person, kind=kind, subject=subject, text=text[:300], url=url, key=f"{key}:{person.pk}", told_at=at
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)


def queue(
    *, to: str, subject: str, text: str, html: str = "", thread: str, reply_to: str = "", key: str, at: datetime
) -> None:
    """Put a mail in the outbox; the clock sends it. One thread a document, so that a mailbox shows one conversation."""
    line = " ".join(subject.split())[:200]
    whose = {"to": to, "reply_to": reply_to, "thread": thread, "key": f"{key}:{to}"}
    mail = Mail(subject=line, text=text, html=html, **whose, next_at=at)
    Mail.objects.bulk_create([mail], ignore_conflicts=True)


def write(
    *, to: str, letter: str, words: Mapping[str, Any], thread: str, reply_to: str = "", key: str, at: datetime
) -> str:
    """Queue the mail of two templates, ``<letter>_subject.txt`` and ``<letter>.txt``; answers its subject."""
    subject = render_to_string(f"{letter}_subject.txt", words).strip()
    text = render_to_string(f"{letter}.txt", words)
    own = f"{key}:{letter.rpartition('/')[2]}"
    queue(to=to, subject=subject, text=text, thread=thread, reply_to=reply_to, key=own, at=at)
    return subject


def read(*, person_id: int, pk: int, at: datetime) -> None:
    Notice.objects.filter(person_id=person_id, pk=pk, read_at=None).update(read_at=at)


def read_all(*, person_id: int, at: datetime) -> int:
    return Notice.objects.filter(person_id=person_id, read_at=None).update(read_at=at)
