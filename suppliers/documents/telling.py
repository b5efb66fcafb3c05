"""Write to a supplier about his documents: what is asked for, what became of what he sent, what runs out."""

from datetime import datetime

from django.conf import settings

from organization.notifications import actions as notifications
from suppliers.documents.events import AboutDocument, DocumentRefused, DocumentRunsOut
from suppliers.suppliers.models import Contact, Supplier

PURPOSES = ("quality", "orders")
"""Who is written to about documents: contacts for quality, and where there is none, those for orders."""


def addresses(supplier_id: int) -> list[str]:
    known: dict[str, set[str]] = {}
    for one in Contact.objects.filter(supplier=supplier_id, purpose__in=PURPOSES):
        known.setdefault(one.purpose, set()).add(one.email.lower())
    return sorted(next((known[purpose] for purpose in PURPOSES if known.get(purpose)), set()))


def tell(event: DocumentRefused | DocumentRunsOut, *, key: str, at: datetime) -> int:
    """One mail to each address; answers how many."""
    kind = "document_refused" if isinstance(event, DocumentRefused) else "document_ends"
    return _write(kind, event, key=key, at=at)


def _write(kind: str, event: AboutDocument, *, key: str, at: datetime) -> int:
    supplier = Supplier.objects.select_related("party").get(pk=event.supplier_id)
    words = {
        "event": event,
        "supplier": supplier.party.name,
        "portal": f"{settings.PORTAL_ADDRESS.rstrip('/')}/company/",
    }
    to = addresses(supplier.pk)
    for address in to:
        letter, thread = f"suppliers/mail/{kind}", f"documents:{supplier.pk}"
        notifications.write(to=address, letter=letter, words=words, thread=thread, key=key, at=at)
    return len(to)
