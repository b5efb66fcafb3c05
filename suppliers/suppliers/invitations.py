"""Letting a supplier's people into the portal, writing to them, and closing their accounts."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import SUPPLIER, Actor
from foundation.values.portal_roles import PortalRole, every, in_order
from organization.notifications import actions as notifications
from organization.people import links
from organization.people.models import Person
from suppliers.suppliers.events import PortalPersonClosed, PortalPersonInvited, PortalRolesGiven
from suppliers.suppliers.lifecycle import SupplierState
from suppliers.suppliers.models import Contact, Supplier

ORDERS = "orders"


@verb
def invite(
    *,
    supplier: Supplier,
    name: str,
    email: str,
    roles: Collection[str] = tuple(PortalRole.values),
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: str,
) -> Supplier:
    """Let somebody of the supplier in, or in again, and mail them the way; a prospect is thereby invited.

    Who is in already is only written to. Refused when the address belongs to one of ours or to somebody of another
    supplier.
    """
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        _may_look_after(supplier, by)
        if by.kind == SUPPLIER and people_of(supplier).filter(email=email.strip().lower()).exists():
            raise Refused(_("%(email)s is in already. Change what they may do instead.") % {"email": email.strip()})
        person = _person(supplier, name=name, email=email, roles=_some(roles), at=at)
        if supplier.status == SupplierState.PROSPECT:
            move(supplier.ask)
        _mail(person, "invited", about=None, title="", words={"supplier": supplier.party.name}, key=key, at=at)
        said = {"person": str(person.actor), "roles": person.portal_roles}
        journal.record(PortalPersonInvited(subject=supplier.subject, **said), at=at)
    return supplier


@verb
def give_roles(
    *,
    supplier: Supplier,
    person: Person,
    roles: Collection[str],
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: str,
) -> Supplier:
    """Say what somebody of the supplier may do in the portal: these roles and no other, from the next request on.

    Somebody always looks after the company there, and nobody gives himself what he has not.
    """
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        _may_look_after(supplier, by)
        person = _living(supplier, person)
        given, was = _some(roles), person.portal_roles
        if given == was:
            raise Refused(_("%(name)s may do this already.") % {"name": person.name})
        if by == person.actor and not set(given) <= set(was):
            raise Refused(_("Nobody gives himself more than he has: ask a colleague or your buyer."))
        if PortalRole.COMPANY in was and PortalRole.COMPANY not in given:
            _somebody_else_looks_after(supplier, person)
        Person.objects.filter(pk=person.pk).update(portal_roles=given)
        said = {"person": str(person.actor), "roles": given, "was": was}
        journal.record(PortalRolesGiven(subject=supplier.subject, **said), at=at)
    return supplier


@verb
def close_account(
    *,
    supplier: Supplier,
    person: Person,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    key: str,
) -> Supplier:
    """Shut somebody out at once: sessions, links and trusted devices end with this transaction.

    A buyer shuts out anybody; the supplier itself never the last who looks after it, for nobody could let others in.
    """
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        _may_look_after(supplier, by)
        person = _living(supplier, person)
        if by.kind == SUPPLIER:
            _somebody_else_looks_after(supplier, person)
        Person.objects.filter(pk=person.pk).update(is_active=False)
        links.revoke(person)
        journal.record(PortalPersonClosed(subject=supplier.subject, person=str(person.actor)), at=at)
    return supplier


def _may_look_after(supplier: Supplier, by: Actor) -> None:
    """Our buyers, and whoever of the supplier looks after its company at this instant."""
    if by.kind != SUPPLIER:
        allow(by, "edit_supplier")
    elif not _who_look_after(supplier).filter(pk=by.person_id).exists():
        raise Refused(_("You do not look after your company here any more: ask a colleague who does."))


def _who_look_after(supplier: Supplier) -> QuerySet[Person]:
    return people_of(supplier).filter(portal_roles__contains=[PortalRole.COMPANY])


def _somebody_else_looks_after(supplier: Supplier, person: Person) -> None:
    if not _who_look_after(supplier).exclude(pk=person.pk).exists():
        said = _("%(name)s is the last who looks after the company here. Give “%(role)s” to somebody else first.")
        raise Refused(said % {"name": person.name, "role": PortalRole.COMPANY.label})


def _living(supplier: Supplier, person: Person) -> Person:
    """As the person is now, under the supplier's lock."""
    found = people_of(supplier).filter(pk=person.pk).first()
    if found is None:
        raise Refused(_("This person is not in the portal for this supplier."))
    return found


def _some(roles: Collection[str]) -> list[str]:
    if not (given := in_order(roles)):
        raise Refused(_("Tick at least one. Who may do nothing any more is shut out."))
    return given


def write_to(
    *,
    supplier: Supplier,
    about: UUID,
    title: str,
    words: dict,
    key: str,
    at: datetime,
    kind: str = "order",
    page: str = "order",
    roles: Collection[str] = (PortalRole.ORDERS,),
    address: str = "",
    reply_to: str = "",
) -> int:
    """Mail the link of one order, or of what ``page`` shows, in the words of ``kind``, to those of the supplier whose
    work it is: who hold any of the ``roles``, or where nobody does, look after the company.

    Answers how many that were. ``address`` is where it was agreed to be sent, instead of to them: whoever reads there
    may do that work and no other. Where nobody is in yet, whoever was entered by us to be written to gets in.
    ``reply_to`` is where an answer by mail goes, if anybody reads it.
    """
    agreed = []
    if address:
        may = list(roles) if _who_look_after(supplier).exists() else None
        agreed = [_person(supplier, name=address, email=address, roles=may, at=at)]
    everybody = (
        agreed
        or list(people_of(supplier).filter(portal_roles__overlap=list(roles)))
        or list(_who_look_after(supplier))
        or [
            _person(supplier, name=contact.name, email=contact.email, at=at)
            for contact in Contact.objects.filter(supplier=supplier, purpose=ORDERS)
        ]
    )
    for person in everybody:
        where = {"about": about, "page": page, "title": title}
        _mail(person, kind, **where, words=words, reply_to=reply_to, key=key, at=at)
    return len(everybody)


def people_of(supplier: Supplier) -> QuerySet[Person]:
    return Person.objects.filter(party_id=supplier.pk, kind=Person.OF_SUPPLIER, is_active=True).order_by("pk")


def _person(supplier: Supplier, *, name: str, email: str, roles: list[str] | None = None, at: datetime) -> Person:
    """Whoever has this address, let in if he was not, to do these ``roles``: all, or as before, if it is not said.

    Who is in already keeps what he has.
    """
    email = email.strip().lower()
    known = Person.objects.filter(email=email).first()
    if known is None:
        may = {"portal_roles": roles or every(), "let_in_at": at}
        return Person.objects.create(email=email, name=name, kind=Person.OF_SUPPLIER, party_id=supplier.pk, **may)
    if known.party_id != supplier.pk:
        raise Refused(_("%(email)s belongs to somebody else. Use another address.") % {"email": email})
    if not known.is_active:
        known.is_active, known.let_in_at, known.portal_roles = True, at, roles or known.portal_roles
        known.save(update_fields=["is_active", "let_in_at", "portal_roles"])
    return known


def _mail(
    person: Person,
    kind: str,
    *,
    about: UUID | None,
    title: str,
    words: dict,
    page: str = "order",
    reply_to: str = "",
    key: str,
    at: datetime,
) -> None:
    link = links.make(person=person, about=about, title=title, page=page, at=at)
    said = {**words, "person": person, "title": title, "link": link, "may_reply": bool(reply_to)}
    whose = {"to": person.email, "reply_to": reply_to, "thread": f"{page}:{about}" if about else f"portal:{person.pk}"}
    notifications.write(letter=f"portal/mail/{kind}", words=said, **whose, key=key, at=at)
