"""What can be asked about suppliers."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from foundation.journal.models import Entry
from foundation.scopes.reach import reach
from foundation.search import Hit
from foundation.values.actor import PERSON, Actor
from organization.people.models import Person
from suppliers.suppliers.events import SupplierProposed, SupplierRegistered
from suppliers.suppliers.models import Supplier


def supplier_rows(actor: Actor) -> QuerySet[Supplier]:
    """Suppliers that the actor may see: all, unless every scope of his names the suppliers it is about.

    Suppliers are master data: which site or entity somebody works for says nothing about them.
    """
    rows = Supplier.objects.select_related("party")
    held = reach(actor, "see_supplier").rows
    named = {row["supplier"] for row in held}
    return rows.filter(pk__in=[pk for pk in named if pk]) if None not in named else rows


def entered(supplier: Supplier, by: Actor) -> bool:
    """Whether this person entered or proposed the supplier; what machines entered, anybody may approve."""
    names = (SupplierRegistered.name, SupplierProposed.name)
    said = Entry.objects.filter(subject=supplier.subject, name__in=names, by=str(by))
    return by.kind == PERSON and said.exists()


def portal_people(supplier: Supplier) -> list[Person]:
    """Who can sign in for the supplier."""
    return list(Person.objects.filter(party_id=supplier.pk, kind=Person.OF_SUPPLIER).order_by("name"))


def find_suppliers(text: str, actor: Actor, limit: int) -> list[Hit]:
    """By number, or by part of the name."""
    found = supplier_rows(actor).filter(Q(number__istartswith=text) | Q(party__name__icontains=text))
    return [
        Hit(row.number, f"{row.party.name}, {row.party.country}", reverse("suppliers:supplier", args=[row.number]))
        for row in found.order_by("party__name")[:limit]
    ]
