"""Send what lies in the outbox: lease, send, mark. A mail may arrive twice after a crash, never not at all."""

import hashlib
import logging
import random
from smtplib import SMTPRecipientsRefused

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from organization.notifications.models import Mail

log = logging.getLogger("countersign.mail")

LEASE = 60
"""Seconds, by the database's clock, that a mail belongs to the worker that took it."""
ATTEMPTS = 8
FIRST_WAIT, LONGEST_WAIT = 30, 3600
DOMAIN = "countersign.invalid"


def send_due(limit: int = 50) -> int:
    """Send what is due over one connection; answers with how many left. A server away is each mail's failure."""
    taken = lease(limit)
    if not taken:
        return 0
    server = get_connection()
    try:
        server.open()
    except Exception as error:
        for mail in taken:
            failed(mail, error)
        return 0
    try:
        return sum(send(mail, server) for mail in taken)
    finally:
        server.close()


def lease(limit: int) -> list[Mail]:
    """Take due mail; it is nobody else's until the lease ends, whatever becomes of us."""
    with connection.cursor() as cursor:
        cursor.execute(
            """update organization_mail set attempts = attempts + 1,
                   next_at = clock_timestamp() + make_interval(secs => %s)
               where id in (select id from organization_mail
                            where status = 'waiting' and next_at <= clock_timestamp()
                            order by next_at limit %s for update skip locked)
               returning id""",
            [LEASE, limit],
        )
        ids = [row[0] for row in cursor.fetchall()]
    return list(Mail.objects.filter(pk__in=ids).order_by("pk"))


def send(mail: Mail, server: object) -> bool:
    try:
        message_of(mail, server).send()
    except Exception as error:
        failed(mail, error)
        return False
    living(mail).update(status=Mail.Status.SENT, sent_at=Now(), note="")
    return True


def failed(mail: Mail, error: Exception) -> None:
    """Wait longer each time; an address that is refused, or the eighth failure, ends it visibly."""
    log.warning("Mail %s was not sent: %s", mail.pk, error)
    note = f"{type(error).__name__}: {error}"[:200]
    if mail.attempts >= ATTEMPTS or isinstance(error, SMTPRecipientsRefused):
        living(mail).update(status=Mail.Status.FAILED, note=note)
    else:
        wait_for(mail, wait_after(mail.attempts), note)


def let_pass() -> None:
    """What waits now went out when it was due, by a story that is told afterwards."""
    Mail.objects.filter(status=Mail.Status.WAITING).update(status=Mail.Status.SENT, sent_at=F("next_at"))


def living(mail: Mail) -> QuerySet[Mail]:
    return Mail.objects.filter(pk=mail.pk, status=Mail.Status.WAITING)


def wait_for(mail: Mail, seconds: int, note: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """update organization_mail set note = %s, next_at = clock_timestamp() + make_interval(secs => %s)
               where id = %s and status = 'waiting'""",
            [note, seconds, mail.pk],
        )


def wait_after(attempts: int) -> int:
    """Seconds until the next try: doubling, with chance, so that a thousand mails do not come back at once."""
    most = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
    return random.randint(most // 2, most)


def message_of(mail: Mail, server: object) -> EmailMultiAlternatives:
    """The same mail always has the same Message-ID, so a second copy is known as one."""
    thread = f"<{hashlib.sha256(mail.thread.encode()).hexdigest()[:32]}@{DOMAIN}>"
    own = f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:32]}@{DOMAIN}>"
    headers = {"Message-ID": own, "References": thread, "In-Reply-To": thread, "Auto-Submitted": "auto-generated"}
    whose = {"to": [mail.to], "reply_to": [mail.reply_to] if mail.reply_to else None}
    message = EmailMultiAlternatives(mail.subject, mail.text, **whose, headers=headers, connection=server)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
