"""People ask for things, and others say yes, no or not like this."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from foundation.subjects import registry as subjects
from governance.approvals import actions as approvals
from governance.approvals.models import Task
from organization.items.models import Item
from organization.people.models import Person
from organization.sites.models import Site
from procurement.requisitions import actions as requisitions
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.models import Requisition
from world.history.story import Story, fresh
from world.scene import working_days

TITLES = {
    "shop": ["Workshop consumables", "Counter stock top-up", "Safety gear for the crew", "Spares for line {n}",
             "Maintenance job {n}", "Tool crib refill", "Packing bench supplies"],
    "stock": ["Replenish {trade}", "Season stock {trade}", "Back to reorder point: {trade}"],
    "project": ["Customer project {n}", "Refit of hall {n}", "Framework call-off {n}"],
    "service": ["Calibration of scales", "Forklift inspection", "Conveyor repair, hall {n}", "Extinguisher service"],
}  # fmt: skip
WHY_URGENT = [
    "Line {n} stands still since this morning.",
    "Customer truck waits for it on Thursday.",
    "Stock-out at the counter.",
]
NOT_SO = {
    "reject": ["We still have plenty of this in Rotterdam.", "Not this quarter.", "Use the frame agreement instead."],
    "send_back": ["Please split this by cost center.", "Which machine is this for?", "Half of this will do, I think."],
}  # fmt: skip
LINES = {"shop": (1, 4), "stock": (3, 8), "project": (2, 5), "service": (1, 1)}
WORTH = {"shop": (60, 700), "stock": (250, 2600), "project": (3000, 16000), "service": (300, 4200)}
"""What a line comes to, in euro, roughly."""
CENTER = {"shop": 1, "stock": 0, "project": 0, "service": 2}


def ask(story: Story, when: datetime, site: Site, kind: str, items: list[Item] | None = None) -> Requisition:
    """Raise a request and submit it."""
    by = story.who("Planner" if kind == "stock" else "Requester", site)
    urgency = "normal" if kind == "stock" else story.draw({"normal": 90, "urgent": 8, "emergency": 2})
    trade = story.random.choice(list(story.scene.categories.values())).name.lower()
    wanted = _free_text(story, when) if kind == "service" else lines(story, when, kind, items)
    requisition = requisitions.raise_(
        site=site,
        title=story.random.choice(TITLES[kind]).format(n=story.random.randint(2, 9), trade=trade),
        wanted=wanted,
        cost_center_id=story.scene.centers[site.code][CENTER[kind]].pk,
        urgency=urgency,
        urgency_reason=_why(story, urgency),
        stock_out_on=when.date() + timedelta(days=2) if urgency == "emergency" else None,
        source="replenishment" if kind == "stock" else "person",
        by=story.actor(by),
        at=when,
        key=story.key(),
    )
    if not (kind == "shop" and story.chance(0.04)):  # some drafts are never sent
        submit(story, when + timedelta(minutes=20), requisition.pk)
    return requisition


def _why(story: Story, urgency: str) -> str:
    return "" if urgency == "normal" else story.random.choice(WHY_URGENT).format(n=story.random.randint(2, 9))


def submit(story: Story, when: datetime, pk: int) -> None:
    requisition = Requisition._base_manager.get(pk=pk)
    by = story.actor(Person.objects.get(pk=requisition.requester_id))
    requisition = requisitions.submit(
        requisition=requisition, by=by, at=when, seen=requisition.version, key=story.key()
    )
    if requisition.status == "in_approval":
        story.plan(_patience(story, when), decide, requisition.subject)


def decide(story: Story, when: datetime, subject: str) -> None:
    """Whoever has it in the inbox says something."""
    document = subjects.fetch(subject)
    waiting = Task.objects.filter(step__request__about=subject, is_open=True).select_related("person", "step__request")
    tasks = list(waiting.order_by("id"))
    if not tasks or document.status != "in_approval":
        return
    said = story.draw({"approve": 91, "send_back": 5, "reject": 4})
    say(story, when, story.random.choice(tasks), said)
    document = fresh(document)
    if document.status == "in_approval":
        story.plan(_patience(story, when), decide, subject)
    elif document.status == "returned" and story.chance(0.7):
        story.plan(story.later(when, 2, 30), ask_again, document.pk)


def say(story: Story, when: datetime, task: Task, said: str) -> None:
    document = subjects.fetch(task.step.request.about)
    approvals.decide(
        step=task.step,
        kind=said,
        comment=story.random.choice(NOT_SO[said]) if said in NOT_SO else "",
        by=story.proven(task.person),
        at=when,
        seen=document.version,
        key=story.key(),
    )


def ask_again(story: Story, when: datetime, pk: int) -> None:
    """The requester halves the quantities and sends it in again."""
    requisition = Requisition._base_manager.get(pk=pk)
    wanted = [
        Wanted(
            quantity=max(Decimal(1), (line.quantity * line.denominator / line.numerator / 2).quantize(Decimal(1))),
            need_by=max(line.need_by, working_days(when.date(), 2)),
            item_id=line.item_id,
            description=line.description,
            category_id=line.category_id,
            unit_id=line.unit_id,
            supplier_id=line.supplier_id,
            price=None if line.item_id else line.price,
        )
        for line in requisition.lines.order_by("number")
    ]
    requisition = requisitions.edit(
        requisition=requisition,
        wanted=wanted,
        by=story.actor(Person.objects.get(pk=requisition.requester_id)),
        at=when,
        seen=requisition.version,
        key=story.key(),
        title=requisition.title,
        cost_center_id=requisition.cost_center_id,
        urgency=requisition.urgency,
        urgency_reason=requisition.urgency_reason,
        stock_out_on=requisition.stock_out_on,
    )
    submit(story, when, requisition.pk)


def _patience(story: Story, when: datetime) -> datetime:
    """Most answer within half a day, some let it lie."""
    slow = story.chance(0.12)
    return story.later(when, 30 if slow else 0.5, 110 if slow else 7)


def lines(story: Story, when: datetime, kind: str, items: list[Item] | None = None) -> list[Wanted]:
    return [_line(story, when, kind, item) for item in items or _shelf(story, story.random.randint(*LINES[kind]))]


def _shelf(story: Story, wanted: int) -> list[Item]:
    """Things that are bought together: from one supplier, now and then from two."""
    by_seller = story.scene.notes.get("shelves")
    if by_seller is None:
        by_seller = story.scene.notes["shelves"] = {}
        for item in story.scene.items:
            by_seller.setdefault(story.scene.offers[item.pk][0].supplier_id, []).append(item)
    sellers = story.random.sample(list(by_seller), 2)
    pool = by_seller[sellers[0]] + (by_seller[sellers[1]] if story.chance(0.25) else [])
    return story.random.sample(pool, min(wanted, len(pool)))


def _line(story: Story, when: datetime, kind: str, item: Item) -> Wanted:
    """So many of the supplier's packs as the line may cost, at least one order's worth."""
    offers = story.scene.offers[item.pk]
    offer = offers[-1] if len(offers) > 1 and story.chance(0.1) else offers[0]
    worth = story.random.uniform(*WORTH[kind])
    packs = max(Decimal(round(worth / max(float(item.standard_price) * offer.numerator, 0.01))), offer.minimum)
    spare = story.random.choice([0, 1, 2, 5, 10])
    days = offer.lead_time_days + spare if story.chance(0.93) else max(1, offer.lead_time_days - 4)
    return Wanted(
        quantity=max(packs, Decimal(1)),
        need_by=working_days(when.date() + timedelta(days=days), 0),
        item_id=item.pk,
        supplier_id=offer.supplier_id,
    )


def _free_text(story: Story, when: datetime) -> list[Wanted]:
    what: dict[str, Any] = {
        "category_id": story.scene.categories["PAC-STO"].pk,
        "unit_id": story.scene.units["HUR"].pk,
        "supplier_id": story.random.choice(story.scene.suppliers).pk,
    }
    hours = story.random.randint(4, 40)
    return [
        Wanted(
            quantity=Decimal(hours),
            price=Decimal(story.random.randint(55, 110)),
            description="Service on site, by the hour",
            need_by=working_days(when.date(), story.random.randint(5, 20)),
            **what,
        )
    ]
