"""What could not wait, what went on in part, and what somebody asks leave for: the last day shows one of each."""

from datetime import datetime, timedelta
from typing import Any

from governance.approvals import actions as approvals
from governance.approvals.models import Task
from governance.cases import actions as cases
from governance.cases.lifecycle import UNSOLVED
from governance.cases.models import Case
from organization.sites.models import Site
from procurement.requisitions import actions as requisitions
from procurement.requisitions.models import Requisition
from world.history import asking
from world.history.story import Story, fresh

BECAUSE = "the story knows everything"
LEAVE: list[tuple[str, str, str, dict[str, str]]] = [
    ("invoice_price", "ask_exception", "Accounts payable", {"reason": "The steel surcharge was announced in time."}),
    ("stock_shortage", "expedite", "Planner",
     {"cost": "480", "at_risk": "2350", "tried": "Utrecht and Eindhoven have none either."}),
]  # fmt: skip


def break_glass(story: Story, when: datetime, site: Site) -> None:
    """The duty manager lets a request pass; somebody else has to review that."""
    requisition = _asked(story, when, site, "urgent")
    if requisition.status == "in_approval":
        approvals.break_glass(
            about=requisition,
            reason="The line stands still until it is here, and nobody answers at this hour.",
            by=story.proven(story.who("Duty manager", site)),
            at=when + timedelta(minutes=30),
            seen=requisition.version,
            key=story.key(),
        )


def split(story: Story, when: datetime, site: Site) -> None:
    """The branch manager approves all but the last line."""
    requisition = _asked(story, when, site, "normal")
    task = Task.objects.filter(step__request__about=requisition.subject, is_open=True).select_related("person").first()
    if task is not None and requisition.line_count > 1:
        approvals.decide(
            step=task.step,
            kind="approve",
            comment="Not this one: there are two on the shelf.",
            out=[requisition.line_count],
            out_returned=True,
            by=story.proven(task.person),
            at=when + timedelta(minutes=40),
            seen=requisition.version,
            key=story.key(),
        )


def _asked(story: Story, when: datetime, site: Site, urgency: str) -> Requisition:
    by: Any = story.doing("Requester", site)
    said = {"urgency": urgency, "urgency_reason": "Line 3 stands still"} if urgency != "normal" else {}
    requisition = requisitions.raise_(
        site=site,
        title="Drive belts for line 3",
        wanted=asking.lines(story, when, "project"),
        cost_center_id=story.scene.centers[site.code][0].pk,
        **said,
        by=by,
        at=when,
        key=story.key(),
    )
    return requisitions.submit(requisition=requisition, by=by, at=when, seen=requisition.version, key=story.key())


def ask_leave(story: Story, when: datetime, site: Site) -> None:
    """A price exception and an expedited delivery, where there is ground for them."""
    open_ = Case.objects.everywhere(because=BECAUSE).filter(status__in=UNSOLVED)
    for kind, how, role, facts in LEAVE:
        case = open_.filter(kind=kind).order_by("pk").first()
        if case is not None:
            where = case.site or site
            by = story.actor(case.owner) if case.owner else story.doing(role, where)
            cases.resolve(case=fresh(case), how=how, facts=facts, by=by, at=when, seen=case.version, key=story.key())
