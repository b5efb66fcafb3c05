"""Two suppliers of one distributor, with orders, answers, deliveries and invoices; what is one's is marked as such."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password

from foundation.journal.relay import drain
from intelligence.performance import actions as performance
from organization.parties.models import Party
from organization.people.models import Credential, Person
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers.models import Supplier
from tests import scene as scenes
from tests.scene import NOW, SETUP, Scene, approve, fresh, key, requested

PASSWORD = scenes.PASSWORD
MARKS = {"own": "Quillfeather", "foreign": "Zanzibar"}
"""Words that stand in everything of one supplier, and nowhere else."""


@dataclass
class Side:
    """One supplier: its person, its orders, and the word that marks what is its."""

    mark: str
    supplier: Supplier
    person: Person
    orders: list[Any]

    @property
    def order(self) -> Any:
        return self.orders[0]


@dataclass
class World:
    scene: Scene
    own: Side
    foreign: Side
    draft: Any
    """An order to the own supplier that was never issued."""


def build() -> World:
    scene = scenes.build()
    sides = {name: side(scene, name, mark, count) for (name, mark), count in zip(MARKS.items(), (3, 2), strict=True)}
    draft = drafted(scene, sides["own"].supplier)
    for one in sides.values():
        performance.reckon(supplier=one.supplier, at=NOW + dt.timedelta(days=40))
    performance.rank(at=NOW + dt.timedelta(days=40))
    return World(scene=scene, draft=draft, **sides)


def side(scene: Scene, name: str, mark: str, count: int) -> Side:
    supplier = registered(scene, name, mark)
    who = Person.objects.create(
        email=f"{name}@{mark.lower()}.example", name=f"Petra {mark}", kind="supplier", party=supplier.party
    )
    Credential.objects.create(person=who, encoded=make_password(PASSWORD))
    return Side(mark, supplier, who, [issued(scene, supplier, mark) for _ in range(count)])


def registered(scene: Scene, name: str, mark: str) -> Supplier:
    party = Party.objects.create(name=f"{mark} AG", country="DE")
    terms = {"currency": "EUR", "days_late": 2, "price_percent": Decimal(1)}
    supplier = suppliers.register(party=party, number=f"S-{mark[:4]}", terms=terms, by=SETUP, at=NOW, key=key())
    supplier = suppliers.activate(supplier=supplier, by=SETUP, at=NOW, seen=supplier.version, key=key())
    for item in scene.items:
        offer = SupplierItem.objects.create(
            supplier=supplier, item=item, supplier_sku=f"{mark}-{item.sku}", unit=scene.each, currency="EUR"
        )
        PriceBreak.objects.create(supplier_item=offer, price=2, valid_from=dt.date(2026, 1, 1))
    return supplier


def drafted(scene: Scene, supplier: Supplier, *, quantity: int = 10, items: int = 3) -> Any:
    request = requested(scene, quantity=quantity, items=items)
    if request.status != "approved":
        approve(scene, request)
    taken = [Taken(line.pk) for line in request.lines.all()]
    return orders.draft(supplier=supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())


def issued(scene: Scene, supplier: Supplier, mark: str = "", **how: int) -> Any:
    order = drafted(scene, supplier, **how)
    if mark:
        type(order)._base_manager.filter(pk=order.pk).update(note=f"For {mark}")
        order = fresh(order)
    order = orders.issue(order=order, by=scene.buyer, at=NOW, seen=order.version, key=key())
    drain()
    return fresh(order)
