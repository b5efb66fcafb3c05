"""What can be done with a supplier."""

from datetime import datetime
from typing import Any

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from organization.parties.models import Party
from suppliers.suppliers.events import (
    SupplierActivated,
    SupplierBlocked,
    SupplierRegistered,
    SupplierReleased,
    SupplierRestricted,
    SupplierRetired,
    SupplierTermsChanged,
)
from suppliers.suppliers.models import Supplier

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
    """Make a party a supplier; it starts as a prospect."""
    allow(by, "edit_supplier")
    with deciding(Supplier(party=party, number=number, **_known(terms)), by=by, key=key) as supplier:
        journal.record(SupplierRegistered(subject=supplier.subject, number=number, name=party.name), at=at)
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
def activate(*, supplier: Supplier, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        move(supplier.activate)
        journal.record(SupplierActivated(subject=supplier.subject), at=at)
    return supplier


@verb
def restrict(*, supplier: Supplier, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    """No new orders; what is on its way may still be received."""
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "block_supplier")
        move(supplier.restrict)
        journal.record(SupplierRestricted(subject=supplier.subject, reason=reason), at=at)
    return supplier


@verb
def block(*, supplier: Supplier, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "block_supplier")
        move(supplier.block)
        journal.record(SupplierBlocked(subject=supplier.subject, reason=reason), at=at)
    return supplier


@verb
def release(*, supplier: Supplier, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "block_supplier")
        move(supplier.release)
        journal.record(SupplierReleased(subject=supplier.subject, reason=reason), at=at)
    return supplier


@verb
def retire(*, supplier: Supplier, reason: str, by: Actor, at: datetime, seen: int, key: str) -> Supplier:
    with deciding(supplier, by=by, seen=seen, key=key) as supplier:
        allow(by, "edit_supplier")
        move(supplier.retire)
        journal.record(SupplierRetired(subject=supplier.subject, reason=reason), at=at)
    return supplier


def _known(terms: dict[str, Any]) -> dict[str, Any]:
    assert terms.keys() <= TERMS, terms.keys() - TERMS
    return terms
