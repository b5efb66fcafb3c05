"""See to it that the last day is worth looking at: something in every inbox, an exception of every kind, trucks on
their way. Everything still happens through the actions; only the dice are loaded.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from governance.approvals.models import Task
from governance.cases.lifecycle import UNSOLVED
from governance.cases.models import Case
from organization.items.models import Item
from procurement.orders.models import PurchaseOrder
from procurement.requisitions import actions as requisitions
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.models import Requisition
from world.history import asking, docks, ordering, selling
from world.history.story import Story, fresh
from world.scene import working_days

BECAUSE = "the story knows everything"
FINDS = {
    "receipt_short": "short",
    "receipt_over": "over",
    "receipt_damaged": "damaged",
    "receipt_refused": "refused",
    "receipt_unordered": "unordered",
}
BILLS = {
    "invoice_price": "dearer",
    "invoice_totals": "wrong_sum",
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
    for work in (_fill_inboxes, _receive_badly, _bill_badly, _answer_badly, _load_trucks, _leave_orders):
        work(story, when)
        when += LAST / 6
        story.run(when)


def _fill_inboxes(story: Story, when: datetime) -> None:
    for site in story.scene.sites.values():
        story.happen(when, _ask_for, site, "Branch manager", 2200)
    for role, worth in BANDS[1:]:
        for site in (story.scene.sites["RTM"], story.scene.sites["BHM"]):
            story.happen(when, _ask_for, site, role, worth)
    for entity in story.scene.entities.values():
        site = next(site for site in story.scene.sites.values() if site.entity_id == entity.pk)
        story.happen(when, asking.ask, site, "stock", _one_seller(story, 3))


def _ask_for(story: Story, when: datetime, site: object, role: str, worth: float) -> None:
    """Ask, and let everybody before ``role`` say yes."""
    items = _one_seller(story, 4)
    wanted = [
        Wanted(
            quantity=max(Decimal(1), Decimal(round(worth / 4 / (float(item.standard_price) * offer.numerator)))),
            need_by=working_days(when.date() + timedelta(days=offer.lead_time_days + 5), 0),
            item_id=item.pk,
        )
        for item in items
        for offer in story.scene.offers[item.pk][:1]
    ]
    requisition = requisitions.raise_(
        site=site,  # type: ignore[arg-type]
        title=story.random.choice(asking.TITLES["project"]).format(n=story.random.randint(2, 9)),
        wanted=wanted,
        cost_center_id=story.scene.centers[site.code][0].pk,  # type: ignore[attr-defined]
        by=story.doing("Requester", site),  # type: ignore[arg-type]
        at=when,
        key=story.key(),
    )
    requisition = requisitions.submit(
        requisition=requisition,
        by=story.actor(requisition.requester),
        at=when + timedelta(minutes=10),
        seen=requisition.version,
        key=story.key(),
    )
    _pass_on(story, when, requisition, role)


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


def _receive_badly(story: Story, when: datetime) -> None:
    for order, (kind, finds) in zip(_coming(story), FINDS.items(), strict=False):
        if not _is_open(kind):
            story.happen(when, docks.unload, order.pk, "", finds)


def _bill_badly(story: Story, when: datetime) -> None:
    for order, (kind, how) in zip(_coming(story), BILLS.items(), strict=False):
        if not _is_open(kind):
            story.happen(when, selling.bill, order.pk, {}, how)
    for order in _coming(story)[4:7]:
        story.happen(when, selling.bill, order.pk, {}, "right")


def _answer_badly(story: Story, when: datetime) -> None:
    silent = [order for order in _coming(story) if order.confirmed == "none"]
    for order, answer in zip(silent, ("late", "dearer", "less", "rejected"), strict=False):
        story.happen(when, selling.confirm, order.pk, answer)


def _load_trucks(story: Story, when: datetime) -> None:
    """Ship notices for today and for the next two working days."""
    orders = [order for order in _coming(story) if order.confirmed != "rejected"]
    for number, order in enumerate(orders[:TRUCKS]):
        story.happen(when, _announce, order.pk, working_days(when.date(), (0, 1, 1, 2)[number % 4]))


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
    for site in (story.scene.sites["RTM"], story.scene.sites["LDS"]):
        story.plan(story.scene.until - timedelta(minutes=25), asking.ask, site, "shop", _one_seller(story, 1))


def _coming(story: Story) -> list[PurchaseOrder]:
    """Issued orders of which nothing has come, newest first."""
    rows = PurchaseOrder.objects.everywhere(because=BECAUSE).filter(status="issued", received_at=None)
    told = rows.exclude(lines__announced__isnull=False).select_related("supplier")
    return list(told.distinct().order_by("-pk"))


def _is_open(kind: str) -> bool:
    return Case.objects.everywhere(because=BECAUSE).filter(kind=kind, status__in=UNSOLVED).exists()
