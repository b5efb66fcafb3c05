"""Cases are taken, asked about and settled, most of them in time."""

from datetime import datetime

from foundation.resolutions.registry import resolutions_for
from foundation.values.actor import system
from governance.cases import actions as cases
from governance.cases import queries
from governance.cases.lifecycle import UNSOLVED
from governance.cases.models import Case
from organization.sites.models import Site
from world.history.story import Story, fresh

CLOCK = system("clock")
ROLES = {
    "change_order": "Buyer",
    "adjust_stock": "Warehouse supervisor",
    "release_invoice": "AP lead",
    "accept_variance": "AP lead",
}
"""Verb -> who is asked to settle a case by it; the rest its owner does."""
CAUSES = {
    "receipt_short": ["Supplier stock-out", "Picking error at the supplier"],
    "receipt_over": ["Full pack shipped", "Supplier rounding"],
    "receipt_damaged": ["Transport damage", "Poor packing"],
    "supplier_change": ["Supplier capacity", "Raw material price"],
}
QUESTIONS = ["Can you deliver the rest this week?", "Please send photos of the packing.", "Who agreed to this price?"]


def look(story: Story, when: datetime) -> None:
    """Somebody sees the new cases and plans when to work on them; a few are left lying."""
    known: set[int] = story.scene.notes.setdefault("cases", set())
    for pk in (
        Case.objects.everywhere(because="the story knows everything")
        .filter(status__in=UNSOLVED)
        .order_by("pk")
        .values_list("pk", flat=True)
    ):
        if pk not in known:
            known.add(pk)
            if story.chance(0.88):
                story.plan(story.later(when, 1, 60), take_up, pk)


def take_up(story: Story, when: datetime, pk: int) -> None:
    case = Case._base_manager.select_related("owner").get(pk=pk)
    if case.owner is None or not case.is_unsolved or not resolutions_for(case.kind):
        return
    by = story.actor(case.owner)
    if case.supplier_id and case.status == "open" and story.chance(0.2):
        question = story.random.choice(QUESTIONS)
        cases.ask_supplier(case=case, text=question, by=by, at=when, seen=case.version, key=story.key())
        story.plan(story.later(when, 10, 70), go_on, pk)
    else:
        if case.status == "open":
            cases.take(case=case, by=by, at=when, seen=case.version, key=story.key())
        story.plan(story.later(when, 0.5, 8), settle, pk)


def go_on(story: Story, when: datetime, pk: int) -> None:
    case = Case._base_manager.select_related("owner").get(pk=pk)
    if case.status == "waiting_supplier" and case.owner:
        cases.work(case=case, by=story.actor(case.owner), at=when, seen=case.version, key=story.key())
        story.plan(story.later(when, 0.5, 5), settle, pk)


def settle(story: Story, when: datetime, pk: int) -> None:
    """By one of the ways out that are open now."""
    case = Case._base_manager.get(pk=pk)
    if not case.is_unsolved:
        return
    ways = [way for way in resolutions_for(case.kind) if not way.why_not(case)]
    if not ways:
        return
    way = story.random.choice(ways)
    role = ROLES.get(way.verb)
    by = story.actor(case.owner) if case.owner else None
    if role or by is None:
        by = story.doing(role or "Buyer", _site(story, case))
    cases.resolve(
        case=case,
        how=way.name,
        root_cause=story.random.choice(CAUSES.get(case.kind, ["Unclear"])),
        by=by,
        at=when,
        seen=case.version,
        key=story.key(),
    )
    if story.chance(0.5):
        story.plan(story.later(when, 4, 40), close, pk)


def close(story: Story, when: datetime, pk: int) -> None:
    case = fresh(Case._base_manager.select_related("owner").get(pk=pk))
    if case.status == "resolved" and case.owner:
        cases.close(case=case, by=story.actor(case.owner), at=when, seen=case.version, key=story.key())


def escalate(story: Story, when: datetime) -> None:
    for case in list(queries.overdue(when)[:40]):
        cases.escalate(case=case, by=CLOCK, at=when, key=story.key())


def _site(story: Story, case: Case) -> Site:
    if case.site_id:
        return story.site(case.site_id)
    return next(site for site in story.scene.sites.values() if site.entity_id == case.entity_id)
