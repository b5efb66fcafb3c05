"""See to it that the last day is worth looking at: something in every inbox, an exception of every kind, trucks on
their way. Everything still happens through the actions; only the dice are loaded.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q

from fulfillment.demand import actions as demand
from fulfillment.demand.actions import Ordered
from governance.approvals.models import Task
from governance.cases.lifecycle import UNSOLVED
from governance.cases.models import Case
from organization.items.models import Item
from organization.people.models import Person
from organization.sites.models import Site
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.requisitions import actions as requisitions
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.models import Requisition
from receiving.stock.models import StockBalance
from world.history import asking, docks, messaging, ordering, selling, urgent
from world.history.story import Story, fresh
from world.scene import working_days

BECAUSE = "the story knows everything"
FINDS = {
    "receipt_over": "over",
    "receipt_damaged": "damaged",
    "receipt_refused": "refused",
    "receipt_unordered": "unordered",
    "receipt_wrong_item": "wrong_item",
}
BILLS = {
    "invoice_price": "dearer",
    "invoice_currency": "dollars",
    "invoice_not_ordered": "freight",
}
BANDS = [("Branch manager", 2200), ("Category manager", 9000), ("Controller", 40_000), ("CFO", 130_000)]
"""What a request must come to so that it ends up in the inbox of this role."""
OBJECTIONS = ["The vendor is blocked for posting in this company.", "The cost center is closed for this period."]
TRUCKS = 8
LAST = timedelta(hours=6)


def finish(story: Story) -> None:
    """In the last hours of the story, one thing after the other, while everything else goes on."""
    when = story.scene.until - LAST
    for work in (
        _fill_inboxes,
        _promise_too_much,
        _receive_badly,
        _bill_badly,
        _answer_badly,
        _load_trucks,
        _leave_orders,
        _do_urgently,
    ):
        work(story, when)
        when += LAST / 8
        story.run(when)


def _fill_inboxes(story: Story, when: datetime) -> None:
    for site in story.scene.sites.values():
        story.happen(when, _ask_for, site, "Branch manager", 2200)
    for role, worth in BANDS[1:]:
        for site in (story.scene.sites["RTM"], story.scene.sites["BHM"]):
            story.happen(when, _ask_for, site, role, worth)
    story.happen(when, _ask_oneself, story.scene.sites["BRS"])
    for entity in story.scene.entities.values():
        site = next(site for site in story.scene.sites.values() if site.entity_id == entity.pk)
        story.happen(when, asking.ask, site, "stock", _one_seller(story, 3))


def _do_urgently(story: Story, when: datetime) -> None:
    site = story.scene.sites["RTM"]
    for what in (urgent.break_glass, urgent.split, urgent.ask_leave):
        story.happen(when, what, site)


def _ask_for(story: Story, when: datetime, site: Site, role: str, worth: float) -> None:
    """Ask, and let everybody before ``role`` say yes."""
    requisition = _raise(story, when, site, story.who("Requester", site), worth)
    requisition = requisitions.submit(
        requisition=requisition,
        by=story.actor(requisition.requester),
        at=when + timedelta(minutes=10),
        seen=requisition.version,
        key=story.key(),
    )
    _pass_on(story, when, requisition, role)


def _ask_oneself(story: Story, when: datetime, site: Site) -> None:
    """The one who would decide asks himself, and nobody else may: an administrator must find somebody."""
    by = story.who("Branch manager", site)
    requisition = _raise(story, when, site, by, 2200)
    requisitions.submit(requisition=requisition, by=story.actor(by), at=when, seen=requisition.version, key=story.key())


def _raise(story: Story, when: datetime, site: Site, by: Person, worth: float) -> Requisition:
    """A request of four lines that comes to about so much."""
    wanted = [
        Wanted(
            quantity=max(Decimal(1), Decimal(round(worth / 4 / (float(item.standard_price) * offer.numerator)))),
            need_by=working_days(when.date() + timedelta(days=offer.lead_time_days + 5), 0),
            item_id=item.pk,
        )
        for item in _one_seller(story, 4)
        for offer in story.scene.offers[item.pk][:1]
    ]
    return requisitions.raise_(
        site=site,
        title=story.random.choice(asking.TITLES["project"]).format(n=story.random.randint(2, 9)),
        wanted=wanted,
        cost_center_id=story.scene.centers[site.code][0].pk,
        by=story.actor(by),
        at=when,
        key=story.key(),
    )


def _pass_on(story: Story, when: datetime, requisition: Requisition, role: str) -> None:
    for minutes in range(20, 60, 10):
        requisition = fresh(requisition)
        waiting = Task.objects.filter(step__request__about=requisition.subject, is_open=True)
        task = waiting.exclude(step__role=role).select_related("person", "step__request").order_by("id").first()
        if requisition.status != "in_approval" or task is None:
            return
        asking.say(story, when + timedelta(minutes=minutes), task, "approve")


def _one_seller(story: Story, wanted: int) -> list[Item]:
    """Items of one supplier that may be ordered from; priced so that a line is not thousands of cartons."""
    sellers = story.random.sample(story.scene.suppliers[:-2], len(story.scene.suppliers) - 2)
    for seller in sellers:
        sold = [i for i in story.scene.items if story.scene.offers[i.pk][0].supplier_id == seller.pk]
        dear = [item for item in sold if item.standard_price >= 2]
        if len(dear) >= wanted:
            return story.random.sample(dear, wanted)
    return story.random.sample(story.scene.items, wanted)


def _promise_too_much(story: Story, when: datetime) -> None:
    """Customers want more of a thing than there is, hours before too little of it comes."""
    for order in _coming(story)[:1]:
        story.happen(when, _sell_all, order.pk)


def _sell_all(story: Story, when: datetime, pk: int) -> None:
    order = selling.order_of(pk)
    line = _first_item(order)
    if line is None:
        return
    _promise(story, when, order, line, on=working_days(when.date(), 1))
    story.scene.notes["promised"] = order.pk, line.number


def _first_item(order: PurchaseOrder) -> PurchaseOrderLine | None:
    return order.lines.filter(item__isnull=False).select_related("item").order_by("number").first()


def _promise(story: Story, when: datetime, order: PurchaseOrder, line: PurchaseOrderLine, *, on: date) -> None:
    """A customer is promised all that stands there and all that the line brings."""
    assert line.item
    stands = StockBalance.objects.everywhere(because=BECAUSE).filter(site=order.site, item=line.item)
    customer = story.random.choice(story.scene.customers[order.entity.code])
    demand.take(
        customer=customer,
        site=order.site,
        ordered=[Ordered(line.item, line.open + sum(row.quantity for row in stands))],
        promised_on=on,
        reference=f"{customer.number}-{story.random.randint(1000, 9999)}",
        by=story.doing("Customer service", order.site),
        at=when,
        key=story.key(),
    )


def _receive_badly(story: Story, when: datetime) -> None:
    """What customers wait for comes short; the rest as it is told, unless such a case is open already."""
    promised = story.scene.notes.get("promised")
    if promised:
        story.happen(when, docks.unload, promised[0], "", "short", promised[1])
    missing = [finds for kind, finds in FINDS.items() if not _is_open(kind)]
    rest = [order for order in _coming(story) if not promised or order.pk != promised[0]]
    for order, finds in zip(rest, missing, strict=False):
        story.happen(when, docks.unload, order.pk, "", finds)


def _bill_badly(story: Story, when: datetime) -> None:
    missing = [how for kind, how in BILLS.items() if not _is_open(kind)]
    for order, how in zip(_coming(story), missing, strict=False):
        story.happen(when, selling.bill, order.pk, {}, how)
    if not _is_open("invoice_totals"):
        for order in _unbilled(story)[:1]:
            story.happen(when, selling.bill, order.pk, {}, "wrong_sum")
    for order in _coming(story)[6:9]:
        story.happen(when, selling.bill, order.pk, {}, "right")


def _answer_badly(story: Story, when: datetime) -> None:
    silent = [order for order in _coming(story) if order.confirmed == "none"]
    for order, answer in zip(silent, ("late", "dearer", "less", "rejected"), strict=False):
        if answer == "late":
            story.happen(when, _wait_for, order.pk)
        story.happen(when, selling.confirm, order.pk, answer)


def _wait_for(story: Story, when: datetime, pk: int) -> None:
    """Customers count on each line of an order that its supplier is about to bring later."""
    order = selling.order_of(pk)
    for line in order.lines.filter(item__isnull=False).select_related("item").order_by("number"):
        _promise(story, when, order, line, on=working_days(line.need_by, 1))


def _load_trucks(story: Story, when: datetime) -> None:
    """Ship notices for today and for the next two working days."""
    orders = [order for order in _coming(story) if order.confirmed != "rejected"]
    for number, order in enumerate(orders[:TRUCKS]):
        story.happen(when, _announce, order.pk, working_days(when.date(), (0, 1, 1, 2)[number % 4]))
    story.hear(when)
    for order in orders[:TRUCKS:2]:
        story.happen(when, selling.depart, order.pk)


def _announce(story: Story, when: datetime, pk: int, day: object) -> None:
    order = selling.order_of(pk)
    lines = [line for line in order.lines.select_related("item").order_by("number") if line.open]
    loaded = {line.number: selling.units(line, line.open) for line in lines}
    reference = f"DN-{story.random.randint(100000, 999999)}"
    if lines:
        selling.announce(story, when, order, lines, loaded, reference, day)  # type: ignore[arg-type]


def _leave_orders(story: Story, when: datetime) -> None:
    """New orders that nobody answered yet, two of which the ERP refuses, and work left in the pool."""
    story.clock.erp.objections = OBJECTIONS.copy()
    for entity in story.scene.entities.values():
        story.happen(when, ordering.empty_pool, entity)
    story.plan(when + timedelta(minutes=52), ordering.keep_back)
    for site in (story.scene.sites["RTM"], story.scene.sites["LDS"]):
        story.plan(story.scene.until - timedelta(minutes=25), asking.ask, site, "shop", _one_seller(story, 1))
    story.plan(story.scene.until - timedelta(minutes=40), messaging.bring)


def _coming(story: Story) -> list[PurchaseOrder]:
    """Issued orders of which nothing has come, newest first."""
    rows = PurchaseOrder.objects.everywhere(because=BECAUSE).filter(status="issued", received_at=None)
    told = rows.exclude(lines__announced__isnull=False).select_related("supplier")
    return list(told.distinct().order_by("-pk"))


def _unbilled(story: Story) -> list[PurchaseOrder]:
    """Orders that came as they were ordered and were not billed, the last ones first: nothing else is wrong there."""
    rows = PurchaseOrder.objects.everywhere(because=BECAUSE).filter(status__in=["issued", "closed"], open_line_count=0)
    billed = rows.filter(
        Q(lines__commitment__billed__gt=0) | Q(lines__commitment__on_hold__gt=0) | Q(lines__over__gt=0)
    )
    return list(rows.exclude(pk__in=billed.values("pk")).exclude(received_at=None).order_by("-received_at"))


def _is_open(kind: str) -> bool:
    return Case.objects.everywhere(because=BECAUSE).filter(kind=kind, status__in=UNSOLVED).exists()
