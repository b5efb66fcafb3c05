"""Buyers empty the pool into orders, issue them, and change their minds."""

from collections import defaultdict
from datetime import datetime, timedelta

from foundation.subjects import registry as subjects
from organization.entities.models import LegalEntity
from organization.people.models import Person
from procurement.changes import actions as changes
from procurement.changes.deltas import Proposed
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.orders.models import PurchaseOrder
from procurement.regrouping import actions as regrouping
from procurement.requisitions.models import POOL, RequisitionLine
from suppliers.suppliers.models import Supplier
from world.history import selling
from world.history.asking import decide
from world.history.story import Story

BECAUSE = "the story knows everything"
LONGEST = 12
KEPT_BACK = 3


def empty_pool(story: Story, when: datetime, entity: LegalEntity) -> None:
    """One order for each supplier, site and currency; a few lines are left to gather company."""
    waiting = RequisitionLine.objects.everywhere(because=BECAUSE).filter(POOL, requisition__entity=entity)
    groups: dict[tuple[int, int, str], list[RequisitionLine]] = defaultdict(list)
    for line in waiting.select_related("requisition").order_by("pk"):
        groups[line.supplier_id, line.site_id, line.currency].append(line)
    for (supplier_id, site_id, _currency), lines in groups.items():
        young = when - lines[0].requisition.approved_at < timedelta(hours=20)
        if young and len(lines) < 3 and story.chance(0.35):
            continue
        taken = [line.pk for line in lines[:LONGEST]]
        story.plan(when + timedelta(minutes=story.random.randint(1, 50)), draft, supplier_id, site_id, taken)


def keep_back(story: Story, when: datetime) -> None:
    """Lines that are not urgent are taken from orders that go out today, one by one: they could go on one order."""
    unsent = PurchaseOrder.objects.everywhere(because=BECAUSE).filter(status="approved", line_count__gte=3)
    for order in unsent.order_by("-line_count", "pk")[:KEPT_BACK]:
        for number in order.lines.order_by("-need_by", "-number").values_list("number", flat=True)[:2]:
            order.refresh_from_db()
            said = {"by": _buyer(story, order), "at": when, "seen": order.version, "key": story.key()}
            regrouping.split(order=order, taken=[number], **said)


def draft(story: Story, when: datetime, supplier_id: int, site_id: int, lines: list[int]) -> None:
    site = story.site(site_id)
    buyer = story.who("Buyer", site)
    order = orders.draft(
        supplier=Supplier.objects.get(pk=supplier_id),
        site=site,
        taken=[Taken(pk) for pk in lines],
        by=story.actor(buyer),
        at=when,
        key=story.key(),
    )
    slow = story.chance(0.06)
    story.plan(story.later(when, 20 if slow else 0.2, 70 if slow else 3), issue, order.pk)


def issue(story: Story, when: datetime, pk: int) -> None:
    order = PurchaseOrder._base_manager.select_related("supplier").get(pk=pk)
    if order.status != "approved":
        return
    order = orders.issue(order=order, by=_buyer(story, order), at=when, seen=order.version, key=story.key())
    selling.hear(story, when, order)
    if story.chance(0.04):
        story.plan(story.later(when, 20, 90), change, pk)
    if story.chance(0.012):
        story.plan(story.later(when, 4, 30), cancel, pk)


def change(story: Story, when: datetime, pk: int) -> None:
    """We want more of a line, or want it later."""
    order = PurchaseOrder._base_manager.get(pk=pk)
    line = order.lines.filter(open__gt=0, received=0).order_by("number").first()
    if line is None or order.status != "issued":
        return
    if story.chance(0.6):
        proposed = [Proposed(line, "quantity", f"{line.ordered * story.random.choice([2, 3]):f}")]
        reason = "The customer doubled his order."
    else:
        proposed = [Proposed(line, "date", (line.need_by + timedelta(days=7)).isoformat())]
        reason = "The site moved the job by a week."
    made = changes.change_order(
        order=order,
        proposed=proposed,
        reason=reason,
        by=_buyer(story, order),
        at=when,
        seen=order.version,
        key=story.key(),
    )
    if made.status == "in_approval" and subjects.knows(made.subject):
        story.plan(story.later(when, 1, 20), decide, made.subject)


def cancel(story: Story, when: datetime, pk: int) -> None:
    order = PurchaseOrder._base_manager.get(pk=pk)
    if order.status == "issued" and order.received_at is None:
        orders.cancel(
            order=order,
            reason="The job was called off.",
            by=_buyer(story, order),
            at=when,
            seen=order.version,
            key=story.key(),
        )


def close(story: Story, when: datetime) -> None:
    """Once a day: what is complete for a week is closed."""
    done = PurchaseOrder.objects.everywhere(because=BECAUSE).filter(
        status="issued", open_line_count=0, received_at__lt=when - timedelta(days=7)
    )
    for order in done.order_by("pk")[:20]:
        orders.close(order=order, by=_buyer(story, order), at=when, seen=order.version, key=story.key())


def _buyer(story: Story, order: PurchaseOrder):  # type: ignore[no-untyped-def]
    return story.actor(Person.objects.get(pk=order.buyer_id))
