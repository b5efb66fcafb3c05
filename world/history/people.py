"""The people of two suppliers in the portal: a desk for each trade at the one, somebody who left at the other."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from foundation.values.portal_roles import PortalRole
from organization.people.models import Person
from suppliers.suppliers import invitations
from suppliers.suppliers.models import Supplier
from world.masters.staff import give_passwords
from world.scene import WORLD, Scene

Desks = Mapping[str, tuple[str, Sequence[PortalRole]]]
"""Mailbox -> who sits there, and what he may do."""
LARGE = "S10036"
DESKS: Desks = {
    "orders": ("Jana Kuhn", [PortalRole.ORDERS]),
    "shipping": ("Mirko Babic", [PortalRole.SHIPPING]),
    "billing": ("Femke de Boer", [PortalRole.BILLING]),
}
FEW: Desks = {
    "sales": ("Katrin Vogt", [PortalRole.ORDERS, PortalRole.SHIPPING]),
    "office": ("Rolf Lang", list(PortalRole)),
}


def settle(scene: Scene) -> None:
    """Whoever was there before looks after the company and may do everything."""
    _let_in(scene, next((one for one in scene.suppliers if one.number == LARGE), scene.suppliers[-1]), DESKS)
    few = scene.suppliers[0]
    _sales, left = _let_in(scene, few, FEW)
    row = Supplier.objects.get(pk=few.pk)
    said = {"by": scene.portal[few.pk].actor, "at": scene.until - timedelta(days=2), "key": scene.key()}
    invitations.close_account(supplier=row, person=left, seen=row.version, **said)


def _let_in(scene: Scene, supplier: Supplier, desks: Desks) -> list[Person]:
    host = scene.portal[supplier.pk].email.partition("@")[2]
    for box, (name, roles) in desks.items():
        row = Supplier.objects.get(pk=supplier.pk)
        said = {"name": name, "email": f"{box}@{host}", "roles": roles, "by": WORLD, "at": scene.founding}
        invitations.invite(supplier=row, **said, seen=row.version, key=scene.key())
    people = [Person.objects.get(email=f"{box}@{host}") for box in desks]
    give_passwords(people)
    return people
