"""Tell the other side that something was said: a mail to the supplier, a notice and a mail to the owner of the case."""

from datetime import datetime

from django.conf import settings

from organization.notifications import actions as notifications
from suppliers.disputes.events import DisputeOverdue, DisputeSaid, DisputeStuck
from suppliers.disputes.models import Dispute, Side
from suppliers.submissions.roles import ABOUT_GOODS, ABOUT_MONEY
from suppliers.suppliers import invitations


def tell(event: DisputeSaid, *, key: str, at: datetime) -> None:
    """With who said it, and the words."""
    dispute = _of(event)
    said = dispute.said.get(number=event.said)
    words = {"dispute": dispute, "said": said, "words": event.words}
    if event.side == Side.SUPPLIER:
        _tell_owner(dispute, "dispute_said", words, key=key, at=at)
        return
    _write_to_supplier(dispute, "dispute", words, key=key, at=at)


def tell_stuck(event: DisputeStuck, *, key: str, at: datetime) -> None:
    dispute = _of(event)
    _tell_owner(dispute, "dispute_stuck", {"dispute": dispute, "reasons": event.reasons}, key=key, at=at)


def remind(event: DisputeOverdue, *, key: str, at: datetime) -> None:
    """The supplier, and the owner whose clock runs again."""
    dispute = _of(event)
    _write_to_supplier(dispute, "dispute_overdue", {"dispute": dispute}, key=key, at=at)
    _tell_owner(dispute, "dispute_overdue", {"dispute": dispute}, key=key, at=at)


def _write_to_supplier(dispute: Dispute, letter: str, words: dict, *, key: str, at: datetime) -> None:
    about = {"about": dispute.public_id, "page": "dispute", "title": f"{dispute.about}: {dispute.title}"[:120]}
    words = words | {"buyer": dispute.entity.name}
    readers = ABOUT_MONEY if dispute.invoice_public_id else ABOUT_GOODS
    invitations.write_to(supplier=dispute.supplier, **about, words=words, kind=letter, roles=readers, key=key, at=at)


def _tell_owner(dispute: Dispute, letter: str, words: dict, *, key: str, at: datetime) -> None:
    case = dispute.case
    if case.owner is None:
        return
    url = f"/exceptions/{case.number}/"
    words = words | {"case": case, "person": case.owner, "link": f"{settings.OFFICE_ADDRESS.rstrip('/')}{url}"}
    thread, to = case.subject, case.owner.email
    line = notifications.write(to=to, letter=f"suppliers/mail/{letter}", words=words, thread=thread, key=key, at=at)
    notifications.tell(person=case.owner, kind=letter, subject=case.subject, text=line, url=url, key=key, at=at)


def _of(event: DisputeSaid | DisputeStuck | DisputeOverdue) -> Dispute:
    rows = Dispute.objects.everywhere(because="delivered by the relay")
    return rows.select_related("case__owner", "supplier__party", "entity").get(pk=event.dispute)
