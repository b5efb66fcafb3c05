"""Who and what a workload needs, found in whatever world is loaded; documents are prepared by the product's actions."""

import itertools
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, F
from django.utils.timezone import now

from finance.budgets import actions
from finance.budgets.models import Budget
from foundation.scopes.reach import reach
from foundation.values.actor import system
from governance.approvals import actions as approvals
from governance.approvals.models import ApprovalStep, Task
from organization.entities.models import CostCenter
from organization.items.models import Item
from organization.people.models import Person
from organization.sites.models import Site
from organization.sites.queries import today
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.orders.models import PurchaseOrder
from procurement.requisitions import actions as requisitions
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.lifecycle import RequisitionState
from procurement.requisitions.models import Requisition
from receiving.receipts import actions as receipts
from receiving.receipts.models import Receipt
from suppliers.contracts import actions as contracts
from suppliers.contracts.lifecycle import ContractState
from suppliers.contracts.models import ContractLine
from suppliers.supplier_items.models import SupplierItem
from suppliers.suppliers.lifecycle import SupplierState
from suppliers.suppliers.models import Supplier

DUTIES = {
    "ask": ("raise_requisition", "see_requisition"),
    "decide": ("decide",),
    "buy": ("draft_order", "issue_order", "see_order"),
    "receive": ("receive_goods", "see_receipt"),
}
"""What somebody must be able to do, each duty by a person of its own where that is possible."""
SPEND = Decimal(1200)
"""What a request of ten lines comes to: enough that somebody must approve it, little enough that one is enough."""


DAY = timedelta(days=1)
PLENTY = Decimal(1_000_000_000)


class Empty(SystemExit):
    """The loaded world lacks what a workload needs."""


def key() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True)
class Ware:
    """Something the supplier sells, counted in his units."""

    item_id: int
    sku: str
    price: Decimal
    multiple: Decimal
    minimum: Decimal

    def quantity(self, spend: Decimal) -> Decimal:
        """As many as come to about this much, in whole packs."""
        packs = (max(spend / max(self.price, Decimal("0.01")), self.minimum, self.multiple) / self.multiple).quantize(
            1, ROUND_UP
        )
        return packs * self.multiple


class Stage:
    """A site, its people, and a supplier with wares that no rule stops."""

    def __init__(self) -> None:
        self.site, self.people = self._cast()
        self.supplier = self._supplier()
        self.wares = self._wares()
        self.center = self._center()

    def person(self, duty: str) -> Person:
        return self.people[duty]

    def _cast(self) -> tuple[Site, dict[str, Person]]:
        """The first site at which every duty has somebody: whoever may do least besides."""
        staff = Person.objects.filter(is_active=True, kind=Person.INTERNAL)
        verbs_held = Count("persongrant__permission", distinct=True)
        held = [(person, person.actor) for person in staff.annotate(verbs_held=verbs_held).order_by("verbs_held", "pk")]
        for site in Site.objects.filter(counts_blind=False).select_related("entity").order_by("code"):
            here = {"entity": {site.entity_id}, "site": {site.pk}}
            found: dict[str, Person] = {}
            for duty, verbs in DUTIES.items():
                able = [p for p, actor in held if all(reach(actor, verb).covers(here) for verb in verbs)]
                if able:
                    found[duty] = next((one for one in able if one not in found.values()), able[0])
            if len(found) == len(DUTIES):
                return site, found
        raise Empty("The loaded world has no site at which goods can be asked for, approved, ordered and received.")

    def reader(self) -> Person:
        """Somebody who sees every order there is, or else the buyer."""
        holding = Person.objects.filter(is_active=True, persongrant__permission__codename="see_order").distinct()
        widest = (person for person in holding.order_by("pk") if reach(person.actor, "see_order").is_everything)
        return next(widest, self.person("buy"))

    def _supplier(self) -> Supplier:
        sells = SupplierItem.objects.filter(supplier__status=SupplierState.ACTIVE, currency=self.site.entity.currency)
        most = sells.values("supplier").annotate(n=Count("pk")).order_by("-n", "supplier").first()
        if most is None:
            raise Empty("The loaded world has no active supplier with items.")
        return Supplier.objects.select_related("party").get(pk=most["supplier"])

    def _wares(self) -> list[Ware]:
        offers = SupplierItem.objects.filter(supplier=self.supplier).select_related("item").order_by("pk")
        wanted = offers.filter(item__is_active=True, item__tracks_lots=False)
        found = [
            Ware(one.item_id, one.item.sku, _price(one), one.multiple or Decimal(1), one.minimum) for one in wanted
        ]
        return sorted(found, key=lambda ware: ware.price * ware.quantity(Decimal(0)))

    def _center(self) -> CostCenter | None:
        """A cost center with a budget that no run exhausts: reserving is measured, running short is not."""
        budgets = Budget.objects.everywhere(because="a bench looks for money").filter(entity=self.site.entity_id)
        found = budgets.filter(year=self.today.year).exclude(cost_center=None).order_by("pk").first()
        if found is None:
            return None
        said = {"reason": "A bench never runs short.", "by": system("bench"), "at": now(), "key": key()}
        actions.set_amount(budget=found, amount=found.amount + PLENTY, seen=found.version, **said)
        return CostCenter.objects.get(pk=found.cost_center_id)

    def agree(self) -> None:
        """A contract for every ware that has none, so that nothing about a request needs a look."""
        agreed = ContractLine.objects.everywhere(because="a bench buys under contract").filter(
            contract__supplier=self.supplier,
            contract__entity=self.site.entity_id,
            contract__status=ContractState.ACTIVE,
        )
        items = Item.objects.filter(pk__in=[ware.item_id for ware in self.wares])
        free = items.exclude(pk__in=agreed.values("item"))
        said = {"title": "Bench", "currency": self.site.entity.currency, "supplier": self.supplier}
        span = {"starts_on": self.today - DAY, "ends_on": self.today + 365 * DAY, "entity": self.site.entity}
        lines = [contracts.Agreed(item=item, price=item.standard_price) for item in free]
        if lines:
            asked = {"by": system("bench"), "at": now()}
            made = contracts.draft(**said, **span, agreed=lines, **asked, key=key())
            contracts.activate(contract=made, seen=made.version, **asked, key=key())

    @cached_property
    def today(self) -> date:
        return today(self.site, now())

    @cached_property
    def need_by(self) -> date:
        return self.today + timedelta(days=28)

    def basket(self, lines: int, spend: Decimal = SPEND) -> list[tuple[Ware, Decimal]]:
        """So many lines that come to about ``spend``; a ware comes again when there are not enough."""
        chosen = itertools.islice(itertools.cycle(self.wares), lines)
        return [(ware, ware.quantity(spend / lines)) for ware in chosen]

    def another_month(self) -> None:
        """What was ordered before was asked for a month ago: requests of one day count together before authority, and
        what is asked for twice in two weeks is pointed out."""
        ordered = everywhere(Requisition).filter(status=RequisitionState.ORDERED, submitted_at__gt=now() - DAY)
        ordered.update(submitted_at=F("submitted_at") - 30 * DAY)

    def requested(self, lines: int, *, spend: Decimal = SPEND) -> Requisition:
        """A submitted request, by the actions that the screens call."""
        self.another_month()
        by = self.person("ask").actor
        wanted = [
            Wanted(item_id=ware.item_id, quantity=quantity, need_by=self.need_by, supplier_id=self.supplier.pk)
            for ware, quantity in self.basket(lines, spend)
        ]
        said = {"site": self.site, "title": "Bench", "cost_center_id": self.center.pk if self.center else None}
        draft = requisitions.raise_(wanted=wanted, by=by, at=now(), key=key(), **said)
        return requisitions.submit(requisition=draft, by=by, at=now(), seen=draft.version, key=key())

    def ordered(self, lines: int, *, spend: Decimal = SPEND) -> PurchaseOrder:
        """An issued order from an approved request."""
        request = self.requested(lines, spend=spend)
        while tasks := open_tasks(request):
            task, by = tasks[0], tasks[0].person.actor
            seen = current(request).version
            approvals.decide(step=task.step, kind="approve", by=by, at=now(), seen=seen, key=key())
        insist_approved(request)
        taken = [Taken(pk) for pk in request.lines.values_list("pk", flat=True)]
        by = self.person("buy").actor
        made = orders.draft(supplier=self.supplier, site=self.site, taken=taken, by=by, at=now(), key=key())
        return orders.issue(order=made, by=by, at=now(), seen=made.version, key=key())

    def counted(self, order: PurchaseOrder) -> Receipt:
        """A receipt of everything that an order brings, counted and not posted."""
        by = self.person("receive").actor
        receipt = receipts.start(site=self.site, supplier=self.supplier, orders=[order], by=by, at=now(), key=key())
        return receipts.as_announced(receipt=receipt, by=by, at=now(), key=key())


def _price(offer: SupplierItem) -> Decimal:
    """What one of the supplier's units comes to, roughly."""
    return offer.item.standard_price * offer.numerator / offer.denominator


def open_tasks(document: Requisition) -> list[Task]:
    """Who may decide on it now, somebody of the first step in front."""
    waiting = Task.objects.filter(step__request__about=document.subject, is_open=True)
    return list(waiting.select_related("step__request", "person").order_by("step__sequence", "delegation", "pk"))


def insist_approved(request: Requisition) -> None:
    if (now_is := current(request)).status == RequisitionState.APPROVED:
        return
    steps = ApprovalStep.objects.filter(request__about=request.subject).order_by("sequence", "pk")
    said = "; ".join(f"{step} is {step.status}, {step.why}" for step in steps)
    raise Empty(f"{request} over {request.amount:,.2f} is {now_is.status}, nobody can decide it: {said}")


def current(document: Any) -> Any:
    """The document as it now stands."""
    return type(document)._base_manager.get(pk=document.pk)


def everywhere(model: Any) -> Any:
    return model.objects.everywhere(because="a bench checks what it measured")
