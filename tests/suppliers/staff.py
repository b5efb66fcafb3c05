"""People around the supplier master: who proposes, who approves, who reviews."""

from typing import Any

from foundation.values.actor import Actor
from suppliers.suppliers import actions as suppliers
from tests.scene import SETUP, VERBS, fresh, give, key, person


def appointed(name: str, *verbs: str) -> Actor:
    VERBS[f"Role of {name}"] = list(verbs)
    who = person(name)
    give(who, f"Role of {name}")
    return who.actor


def with_contact(supplier: Any, at: Any, *, phone: str = "+49 40 1234567", email: str = "old@nordfast.example") -> Any:
    """Somebody we know there since an instant."""
    supplier = fresh(supplier)
    contact = {"name": "Olga Old", "email": email, "phone": phone, "purpose": "orders"}
    return suppliers.add_contact(supplier=supplier, contact=contact, by=SETUP, at=at, seen=supplier.version, key=key())
