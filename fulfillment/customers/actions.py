"""Enter customers, and change how they are served."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from fulfillment.customers.events import CustomerChanged, CustomerEntered
from fulfillment.customers.models import Customer
from organization.parties.models import KNOWN_BY, Party

SERVICE = ("priority", "takes_partial", "is_active")
"""How it is served from now on; orders keep what they were taken with."""


@verb
def enter(
    *, number: str, party: dict[str, str], service: dict[str, Any], by: Actor, at: datetime, key: str
) -> Customer:
    """A party nobody knew, as a customer. Refused when the number is another's."""
    assert party.keys() <= set(KNOWN_BY), party.keys()
    assert service.keys() <= set(SERVICE), service.keys()
    allow(by, "edit_customer")
    with opening(by=by, key=key):
        if other := Customer.objects.filter(number__iexact=number).select_related("party").first():
            said = {"number": other.number, "name": other.party.name}
            raise Refused(_("%(number)s is the number of %(name)s: choose another one.") % said)
        made = Customer(party=Party.objects.create(**party), number=number, **service)
        with deciding(made, by=by) as customer:
            event = CustomerEntered(subject=customer.subject, number=number, name=customer.party.name)
            journal.record(event, at=at)
    return customer


@verb
def change(*, customer: Customer, values: dict[str, Any], by: Actor, at: datetime, seen: int, key: str) -> Customer:
    """Its name and address, its priority, whether it takes parts, whether it is served at all."""
    assert values.keys() <= {*KNOWN_BY, *SERVICE}, values.keys()
    party = {name: value for name, value in values.items() if name in KNOWN_BY}
    with deciding(customer, by=by, seen=seen, key=key) as customer:
        allow(by, "edit_customer")
        was = {name: getattr(customer.party, name) for name in party if getattr(customer.party, name) != party[name]}
        if was:
            Party.objects.filter(pk=customer.party_id).update(**{name: party[name] for name in was})
        for name in values.keys() & set(SERVICE):
            setattr(customer, name, values[name])
        now = {name: party[name] for name in was}
        journal.record(CustomerChanged(subject=customer.subject, number=customer.number, was=was, now=now), at=at)
    return customer
