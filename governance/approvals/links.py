"""Links that are mailed to approvers: how they are made, read and judged. Looking at one changes nothing."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from governance.approvals.lifecycle import RequestState, StepState
from governance.approvals.models import ApprovalStep, MailLink, Task

LASTS = timedelta(hours=72)
SALT = "countersign.approvals.mail"
LONGEST = 200


def make(*, step: ApprovalStep, person_id: int, document: Any, at: datetime) -> str | None:
    """The token of a new link on the content as it is; None when this person has one for it already."""
    if MailLink.objects.filter(step=step, person=person_id, version=document.version).exists():
        return None
    secret = secrets.token_urlsafe(24)
    link = MailLink(
        secret_hash=hashed(secret),
        step=step,
        person_id=person_id,
        version=document.version,
        head=document.chain_head,
        sent_at=at,
        expires_at=at + LASTS,
    )
    link.save(force_insert=True)
    return f"{secret}.{seal(secret, link)}"


def find(token: str, *, person_id: int | None, at: datetime) -> MailLink | None:
    """The link of a token, if it is this person's, unused and in time; None alike for every other reason."""
    secret, _, sealed = token.partition(".")
    if len(token) > LONGEST:
        return None
    rows = MailLink.objects.select_related("step__request__requester", "step__request__site", "step__request__matrix")
    link = rows.filter(secret_hash=hashed(secret)).first()
    if link is None or not constant_time_compare(sealed, seal(secret, link)):
        return None
    return link if is_good(link, person_id=person_id, at=at) else None


def is_good(link: MailLink, *, person_id: int | None, at: datetime) -> bool:
    return link.person_id == person_id and link.used_at is None and at < link.expires_at


def is_of_other_content(link: MailLink, document: Any) -> bool:
    """Whether the document is no longer what the mail told of."""
    return (document.version, document.chain_head) != (link.version, link.head)


def was_overtaken(link: MailLink, document: Any) -> bool:
    """Whether the content was changed or withdrawn, as opposed to decided."""
    request = link.step.request
    if request.status in (RequestState.WITHDRAWN, RequestState.SUPERSEDED):
        return True
    return request.status == RequestState.OPEN and is_of_other_content(link, document)


def task_behind(link: MailLink) -> Task | None:
    """What the link is about, while it waits for this person."""
    if link.step.status != StepState.ACTIVE:
        return None
    rows = Task.objects.filter(step=link.step_id, person=link.person_id, is_open=True)
    task = rows.select_related("on_behalf_of").order_by("id").first()
    if task is not None:
        task.step = link.step
    return task


def seal(secret: str, link: MailLink) -> str:
    """The signature over everything that the link is bound to: a row that was tampered with opens nothing."""
    bound = f"{secret} {link.step_id} {link.person_id} {link.version} {link.head} {link.expires_at.timestamp()}"
    return salted_hmac(SALT, bound, algorithm="sha256").hexdigest()


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
