"""A small distributor for tests: one entity, two sites, people in roles, one supplier, a matrix in force.

Rows that have no life of their own are created plainly; everything with a life goes through its actions.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import make_password

from finance.budgets.models import Budget
from finance.matching.models import MatchTolerance
from foundation.journal.relay import drain
from foundation.values.actor import Actor, system
from fulfillment.customers.models import Customer
from governance.authority import actions as authority
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category, Item, Unit
from organization.parties.models import Party
from organization.people.models import Credential, Person
from organization.scopes import actions as scopes
from organization.sites.models import Site
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.requisitions import actions as requisitions
from procurement.requisitions.drafting import Wanted
from suppliers.supplier_items.models import PriceBreak, SupplierItem
from suppliers.suppliers import actions as suppliers

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
SETUP = system("setup")
PASSWORD = "correct horse battery staple"

VERBS = {
    "Requester": ["raise_requisition", "see_requisition", "see_order"],
    "Branch manager": ["decide", "see_requisition", "see_order"],
    "Buyer": [
        *["see_requisition", "see_order", "draft_order", "issue_order", "change_order", "cancel_order"],
        *["see_case", "work_case", "see_supplier", "edit_supplier", "see_receipt", "see_stock"],
    ],
    "Receiver": ["see_receipt", "receive_goods", "see_stock"],
    "Warehouse supervisor": [
        *["see_receipt", "receive_goods", "reverse_receipt", "see_stock", "adjust_stock", "see_case", "work_case"],
    ],
    "Accounts payable": ["see_invoice", "capture_invoice", "see_case", "work_case", "see_budget"],
    "AP lead": ["see_invoice", "accept_variance", "release_invoice", "see_case", "work_case"],
    "Planner": ["see_demand", "edit_demand", "allocate", "ship", "see_stock", "see_case", "work_case"],
}


def key() -> str:
    return uuid.uuid4().hex


def fresh(document: Any) -> Any:
    """The document as it now stands."""
    return type(document)._base_manager.get(pk=document.pk)


@dataclass
class Scene:
    """What a story needs. People are found by role: ``scene.buyer`` is an Actor."""

    entity: LegalEntity
    site: Site
    other_site: Site
    cost_center: CostCenter
    budget: Budget
    category: Category
    each: Unit
    people: dict[str, Person]
    supplier: Any
    supplier_person: Person
    items: list[Item]
    customer: Customer

    def __getattr__(self, name: str) -> Actor:
        if name in (people := self.__dict__.get("people", {})):
            return Actor("person", str(people[name].pk))
        raise AttributeError(name)

    @property
    def supplier_actor(self) -> Actor:
        return Actor("supplier", str(self.supplier_person.pk))


def build() -> Scene:
    entity = LegalEntity.objects.create(code="NL01", name="Noordzee Industrial BV", country="NL", currency="EUR")
    site = Site.objects.create(code="RTM", name="Rotterdam", entity=entity, city="Rotterdam", country="NL")
    other_site = Site.objects.create(code="UTR", name="Utrecht", entity=entity, city="Utrecht", country="NL")
    cost_center = CostCenter.objects.create(entity=entity, code="4100", name="Branch Rotterdam")
    budget = Budget._base_manager.create(
        entity=entity, cost_center=cost_center, year=TODAY.year, currency="EUR", amount=100_000
    )
    category = Category.objects.create(code="FAS", name="Fasteners", path="1.")
    each = Unit.objects.create(code="EA", name="each")
    items = [
        Item.objects.create(
            sku=f"BOLT-{n}", description=f"Hex bolt M{n}", category=category, base_unit=each, standard_price=2
        )
        for n in (6, 8, 10, 12)
    ]
    MatchTolerance.objects.create(entity=entity, straight_through_cap=Decimal(5000))
    people = _people(entity)
    supplier, supplier_person = _supplier(items, each)
    customer = Customer._base_manager.create(
        party=Party.objects.create(name="Werf Holland", country="NL"), number="C-1"
    )
    _matrix(entity, people)
    drain()  # what was told of the beginning is not told again in each test
    return Scene(
        entity=entity,
        site=site,
        other_site=other_site,
        cost_center=cost_center,
        budget=budget,
        category=category,
        each=each,
        people=people,
        supplier=supplier,
        supplier_person=supplier_person,
        items=items,
        customer=customer,
    )


def person(name: str, **more: Any) -> Person:
    made = Person.objects.create(email=f"{name}@noordzee.example", name=name.title(), kind="internal", **more)
    Credential.objects.create(person=made, encoded=make_password(PASSWORD))
    return made


def give(who: Person, role: str, **where: Any) -> None:
    """Let somebody fill a role, in a scope or everywhere."""
    group = scopes.define_role(name=role, verbs=VERBS[role], by=SETUP, at=NOW, key=key())
    scope = scopes.scope_of(**where)
    scopes.give_role(person=who, role=group, scope=scope, by=SETUP, at=NOW, key=key())


def _people(entity: LegalEntity, mark: str = "") -> dict[str, Person]:
    roles = {
        "requester": "Requester",
        "manager": "Branch manager",
        "buyer": "Buyer",
        "receiver": "Receiver",
        "supervisor": "Warehouse supervisor",
        "clerk": "Accounts payable",
        "lead": "AP lead",
        "planner": "Planner",
    }
    people = {name: person(f"{name}{mark}") for name in roles}
    for name, role in roles.items():
        give(people[name], role, entity=entity.pk)
    people["stranger"] = person(f"stranger{mark}")
    return people


def _supplier(items: list[Item], unit: Unit, name: str = "Nordfast AG", number: str = "S-100") -> tuple[Any, Person]:
    party = Party.objects.create(name=name, country="DE")
    terms = {"currency": "EUR", "days_late": 2, "price_percent": Decimal(1), "confirms_within_hours": 48}
    supplier = suppliers.register(party=party, number=number, terms=terms, by=SETUP, at=NOW, key=key())
    supplier = suppliers.activate(supplier=supplier, by=SETUP, at=NOW, seen=supplier.version, key=key())
    for item in items:
        offer = SupplierItem.objects.create(
            supplier=supplier,
            item=item,
            supplier_sku=f"NF-{item.pk}",
            unit=unit,
            currency="EUR",
            is_preferred=name == "Nordfast AG",
            lead_time_days=7,
        )
        PriceBreak.objects.create(supplier_item=offer, price=2, valid_from=dt.date(2026, 1, 1))
    mail = f"orders@{name.split()[0].lower()}.example"
    who = Person.objects.create(email=mail, name="Petra Nord", kind="supplier", party=party)
    return supplier, who


def branch(scene: Scene, mark: str) -> Scene:
    """A second entity of the same house, with sites, people and a supplier of its own; items and matrix are shared."""
    entity = LegalEntity.objects.create(code=f"{mark}01", name=f"{mark} Werke GmbH", country="DE", currency="EUR")
    sites = [Site.objects.create(code=f"{mark}{n}", name=f"{mark} hall {n}", entity=entity, country="DE") for n in "AB"]
    cost_center = CostCenter.objects.create(entity=entity, code="4200", name=f"{mark} branch")
    budget = Budget._base_manager.create(
        entity=entity, cost_center=cost_center, year=TODAY.year, currency="EUR", amount=100_000
    )
    MatchTolerance.objects.create(entity=entity, straight_through_cap=Decimal(5000))
    supplier, who = _supplier(scene.items, scene.each, name=f"{mark}werk AG", number=f"S-{mark}")
    party = Party.objects.create(name=f"{mark} Bau", country="DE")
    return replace(
        scene,
        entity=entity,
        site=sites[0],
        other_site=sites[1],
        cost_center=cost_center,
        budget=budget,
        people=_people(entity, f"-{mark.lower()}"),
        supplier=supplier,
        supplier_person=who,
        customer=Customer._base_manager.create(party=party, number=f"C-{mark}"),
    )


def _matrix(entity: LegalEntity, people: dict[str, Person]) -> None:
    """Up to 100 nobody, above that the branch manager."""
    draft = authority.draft_matrix(name="Authority", by=SETUP, at=NOW, key=key())
    step = {"sequence": 1, "role": "Branch manager", "at": "entity", "mode": "any", "sla_hours": 8}
    rules = [
        {"amount_from": 0, "amount_to": 100, "steps": [], "auto_approve_cap": 100},
        {"amount_from": 100, "steps": [step]},
    ]
    draft = authority.set_rules(matrix=draft, rules=rules, by=SETUP, at=NOW, seen=draft.version, key=key())
    since = NOW - dt.timedelta(days=1)  # begins of versions differ, and some test publishes the next one today
    authority.publish(matrix=draft, by=SETUP, at=since, seen=draft.version, key=key())


def requested(scene: Scene, *, quantity: int = 100, items: int = 1, title: str = "Stock for spring") -> Any:
    """A submitted request, waiting for the branch manager."""
    wanted = [
        Wanted(item_id=item.pk, quantity=Decimal(quantity), need_by=TODAY + dt.timedelta(days=14))
        for item in scene.items[:items]
    ]
    draft = requisitions.raise_(
        site=scene.site,
        title=title,
        wanted=wanted,
        cost_center_id=scene.cost_center.pk,
        by=scene.requester,
        at=NOW,
        key=key(),
    )
    return requisitions.submit(requisition=draft, by=scene.requester, at=NOW, seen=draft.version, key=key())


def approve(scene: Scene, document: Any) -> None:
    """The branch manager says yes."""
    from governance.approvals import actions as approvals
    from governance.approvals import queries

    request = queries.request_of(document.subject)
    for step in request.steps.filter(status="active"):
        approvals.decide(
            step=step, kind="approve", comment="", by=scene.manager, at=NOW, seen=fresh(document).version, key=key()
        )


def ordered(scene: Scene, **how: Any) -> Any:
    """An issued order from an approved request, delivered to whoever listens."""
    request = requested(scene, **how)
    approve(scene, request)
    taken = [Taken(line.pk) for line in request.lines.all()]
    order = orders.draft(supplier=scene.supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())
    order = orders.issue(order=order, by=scene.buyer, at=NOW, seen=order.version, key=key())
    drain()
    return fresh(order)
