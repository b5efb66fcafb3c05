"""Letting a supplier's people into the portal, writing to them, and closing their accounts."""

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.notifications import actions as notifications
from organization.people import links
from organization.people.models import Person
from suppliers.suppliers.events import PortalPersonClosed, PortalPersonInvited
from suppliers.suppliers.lifecycle import SupplierState
from suppliers.suppliers.models import Contact, Supplier

ORDERS = "orders"


@verb
def invite(*, supplier: Supplier, name: str, email: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """Let somebody of the supplier in, or in again, and mail them the way; a prospect is thereby invited.

    Refused when the address belongs to one of ours or to somebody of another supplier.
    """
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        person = _person(supplier, name=name, email=email)
        if supplier.status == SupplierState.PROSPECT:
            move(supplier.ask)
        _mail(person, "invited", about=None, title="", words={"supplier": supplier.party.name}, key=key, at=at)
        journal.record(PortalPersonInvited(subject=supplier.subject, person=str(person.actor)), at=at)
    return supplier


@verb
def close_account(*, supplier: Supplier, person: Person, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """Shut somebody out at once: sessions, links and trusted devices end with this transaction."""
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        if person.party_id != supplier.pk:
            raise Refused(_("This person is not of this supplier."))
        Person.objects.filter(pk=person.pk).update(is_active=False)
        links.revoke(person)
        journal.record(PortalPersonClosed(subject=supplier.subject, person=str(person.actor)), at=at)
    return supplier


def write_to(
    *,
    supplier: Supplier,
    about: UUID,
    title: str,
    words: dict,
    key: str,
    at: datetime,
    kind: str = "order",
    address: str = "",
    reply_to: str = "",
) -> int:
    """Mail the link of one order, in the words of ``kind``, to everybody of the supplier; answers how many that were.

    ``address`` is where it was agreed to be sent, instead of to everybody. Whoever was entered by us to be written to
    and has no account yet gets one. ``reply_to`` is where an answer by mail goes, if anybody reads it.
    """
    agreed = [_person(supplier, name=address, email=address)] if address else []
    everybody = (
        agreed
        or list(people_of(supplier))
        or [
            _person(supplier, name=contact.name, email=contact.email)
            for contact in Contact.objects.filter(supplier=supplier, purpose=ORDERS)
        ]
    )
    for person in everybody:
        _mail(person, kind, about=about, title=title, words=words, reply_to=reply_to, key=key, at=at)
    return len(everybody)


def people_of(supplier: Supplier) -> QuerySet[Person]:
    return Person.objects.filter(party_id=supplier.pk, kind=Person.OF_SUPPLIER, is_active=True).order_by("pk")


def _person(supplier: Supplier, *, name: str, email: str) -> Person:
    email = email.strip().lower()
    known = Person.objects.filter(email=email).first()
    if known is None:
        return Person.objects.create(email=email, name=name, kind=Person.OF_SUPPLIER, party_id=supplier.pk)
    if known.party_id != supplier.pk:
        raise Refused(_("%(email)s belongs to somebody else. Use another address.") % {"email": email})
    if not known.is_active:
        Person.objects.filter(pk=known.pk).update(is_active=True)
    return known


def _mail(
    person: Person,
    kind: str,
    *,
    about: UUID | None,
    title: str,
    words: dict,
    reply_to: str = "",
    key: str,
    at: datetime,
) -> None:
    link = links.make(person=person, about=about, title=title, at=at)
    said = {**words, "person": person, "title": title, "link": link, "may_reply": bool(reply_to)}
    whose = {"to": person.email, "reply_to": reply_to, "thread": f"order:{about}" if about else f"portal:{person.pk}"}
    notifications.write(letter=f"portal/mail/{kind}", words=said, **whose, key=key, at=at)
