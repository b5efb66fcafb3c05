"""What can be done with a supplier."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.parties.models import KNOWN_BY, Party
from suppliers.suppliers import queries
from suppliers.suppliers.events import (
    ContactAdded,
    ContactRemoved,
    SupplierActivated,
    SupplierBlocked,
    SupplierProposed,
    SupplierRegistered,
    SupplierReleased,
    SupplierRenamed,
    SupplierRestricted,
    SupplierRetired,
    SupplierSentBack,
    SupplierTermsChanged,
)
from suppliers.suppliers.lifecycle import ENTERING
from suppliers.suppliers.models import Contact, Supplier

TERMS = frozenset(
    {
        "currency",
        "payment_terms",
        "incoterm",
        "channel",
        "risk",
        "confirms_within_hours",
        "deemed_accepted_after_days",
        "lead_time_days",
        "quantity_percent",
        "price_percent",
        "days_early",
        "days_late",
    }
)
"""What a buyer may change about a supplier without touching its life."""


@verb
def register(*, party: Party, number: str, terms: dict[str, Any], by: Actor, at: datetime, key: str) -> Supplier:
    """Make a party a supplier; it starts as a prospect. Refused when the number is another's."""
    allow(by, "edit_supplier")
    with opening(by=by, key=key):
        _number_is_free(number)
        with deciding(Supplier(party=party, number=number, **_known(terms)), by=by) as supplier:
            journal.record(SupplierRegistered(subject=supplier.subject, number=number, name=party.name), at=at)
    return supplier


@verb
def enroll(
    *,
    number: str,
    party: dict[str, str],
    terms: dict[str, Any],
    contact: dict[str, str] | None,
    is_active: bool,
    by: Actor,
    at: datetime,
    key: str,
) -> Supplier:
    """A party nobody knew, as a supplier: entered, perhaps with somebody to write to, perhaps ordered from at once.

    Refused when a supplier has the same VAT number: one firm is not entered twice.
    """
    assert party.keys() <= set(KNOWN_BY), party.keys() - set(KNOWN_BY)
    said: dict[str, Any] = {"by": by, "at": at, "key": key}
    with opening(by=by, key=key):
        _known_already(party.get("vat_number", ""))
        supplier = register(party=Party.objects.create(**party), number=number, terms=terms, **said)
        if contact:
            supplier = add_contact(supplier=supplier, contact=contact, seen=supplier.version, **said)
        if is_active:
            supplier = _activate(supplier, by=by, at=at, seen=supplier.version, key=key)
    return supplier


@verb
def rename(*, supplier: Supplier, party: dict[str, str], by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """Another name, address or identifier of the same party."""
    assert party.keys() <= set(KNOWN_BY), party.keys() - set(KNOWN_BY)
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        was = {name: getattr(supplier.party, name) for name in party}
        Party.objects.filter(pk=supplier.party_id).update(**party)
        journal.record(SupplierRenamed(subject=supplier.subject, was=was, now=party), at=at)
    return supplier


@verb
def change_terms(
    *, supplier: Supplier, terms: dict[str, Any], by: Actor, at: datetime, seen: int, key: str
) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        for name, value in _known(terms).items():
            setattr(supplier, name, value)
        journal.record(SupplierTermsChanged(subject=supplier.subject), at=at)
    return supplier


@verb
def propose(*, supplier: Supplier, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """Its data and documents are here: somebody else looks through them and approves."""
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        move(supplier.propose)
        journal.record(SupplierProposed(subject=supplier.subject), at=at)
    return supplier


@verb
def send_back(*, supplier: Supplier, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """Something is missing still."""
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        if not reason.strip():
            raise Refused(_("Say what is missing."))
        move(supplier.send_back)
        journal.record(SupplierSentBack(subject=supplier.subject, reason=reason.strip()), at=at)
    return supplier


@verb
def activate(*, supplier: Supplier, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """From now on it may be ordered from. A prospect is approved by somebody else than the person who entered it."""
    return _activate(supplier, by=by, at=at, seen=seen, key=key, approved=True, proof=True)


@verb
def take_up(*, supplier: Supplier, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """As ``activate``, by an import that somebody looked through and started: nobody is there to prove himself."""
    return _activate(supplier, by=by, at=at, seen=seen, key=key, approved=True)


def _activate(
    supplier: Supplier,
    *,
    by: Actor,
    at: datetime,
    seen: int,
    key: str,
    approved: bool = False,
    proof: bool = False,
) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key, proof=proof) as supplier:
        allow(by, "edit_supplier")
        if approved and supplier.status in ENTERING and queries.entered(supplier, by):
            raise Refused(_("You entered or proposed this supplier: somebody else has to approve it."))
        move(supplier.activate)
        journal.record(SupplierActivated(subject=supplier.subject), at=at)
    return supplier


def _number_is_free(number: str) -> None:
    if other := Supplier.objects.filter(number__iexact=number).select_related("party").first():
        said = {"number": other.number, "name": other.party.name}
        raise Refused(_("%(number)s is the number of %(name)s: choose another one.") % said)


def _known_already(vat_number: str) -> None:
    same = Supplier.objects.filter(party__vat_number__iexact=vat_number).select_related("party")
    if vat_number and (other := same.first()):
        said = {"vat": vat_number, "number": other.number, "name": other.party.name}
        raise Refused(_("%(name)s (%(number)s) has the VAT number %(vat)s: it is a supplier already.") % said)


@verb
def restrict(*, supplier: Supplier, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """No new orders; what is on its way may still be received."""
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "block_supplier")
        _explained(reason)
        move(supplier.restrict, reason=reason.strip())
        journal.record(SupplierRestricted(subject=supplier.subject, reason=reason), at=at)
    return supplier


@verb
def block(*, supplier: Supplier, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "block_supplier")
        _explained(reason)
        move(supplier.block, reason=reason.strip())
        journal.record(SupplierBlocked(subject=supplier.subject, reason=reason), at=at)
    return supplier


@verb
def release(*, supplier: Supplier, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "block_supplier")
        _explained(reason)
        move(supplier.release)
        journal.record(SupplierReleased(subject=supplier.subject, reason=reason), at=at)
    return supplier


@verb
def retire(*, supplier: Supplier, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        _explained(reason)
        move(supplier.retire)
        journal.record(SupplierRetired(subject=supplier.subject, reason=reason), at=at)
    return supplier


@verb
def add_contact(
    *, supplier: Supplier, contact: dict[str, str], by: Actor, at: datetime, seen: int, key: str
) -> Supplier:
    """Somebody at the supplier to write to: ``{"name", "email", "phone", "purpose"}``."""
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        if supplier.contacts.filter(email__iexact=contact["email"], purpose=contact["purpose"]).exists():
            raise Refused(_("%(email)s is a contact for this already.") % {"email": contact["email"]})
        made = Contact.objects.create(supplier=supplier, added_at=at, **contact)
        journal.record(ContactAdded(subject=supplier.subject, email=made.email, purpose=made.purpose), at=at)
    return supplier


@verb
def remove_contact(*, supplier: Supplier, contact_id: int, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        contact = supplier.contacts.filter(pk=contact_id).first()
        if contact is None:
            raise Refused(_("This contact is gone already."))
        event = ContactRemoved(subject=supplier.subject, email=contact.email, purpose=contact.purpose)
        contact.delete()
        journal.record(event, at=at)
    return supplier


def _explained(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Say why: buyers will ask."))


def _known(terms: dict[str, Any]) -> dict[str, Any]:
    assert terms.keys() <= TERMS, terms.keys() - TERMS
    return terms
