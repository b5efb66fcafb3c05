"""Chase what is late: remind twice, tell the buyer, make it a case; charge the time to whom it waited for."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from foundation.door import deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from governance import deadlines
from governance.cases import actions as cases
from organization.calendars.queries import week
from organization.sites.queries import calendar_of
from procurement.chasing.events import ChaseBegun, ChaseClimbed, ChaseSettled, ChaseTurned
from procurement.chasing.models import Chase, Late, Waits
from procurement.chasing.parameters import RUNGS, TOP
from procurement.orders import actions as orders
from procurement.orders.actions.listen import Promise
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import Confirmed, PurchaseOrder
from procurement.orders.queries import UNANSWERED

KINDS = {Late.CONFIRMATION: "confirmation_late", Late.SHIPMENT: "delivery_late"}


@verb
def begin(*, order: PurchaseOrder, kind: str, cause: str, due_at: datetime, by: Actor, at: datetime, key: str) -> Chase:
    """Something is late: the supplier is reminded at once."""
    chase = Chase(order=order, kind=kind, cause=cause, due_at=due_at, since=at)
    with deciding(chase, by=by, key=key, shared=[order]) as chase:
        journal.record(ChaseBegun(**_about(chase), cause=cause), at=at)
        _climb(chase, by=by, at=at)
    return chase


@verb
def climb(*, chase: Chase, by: Actor, at: datetime, key: str) -> Chase:
    """The next rung. Refused when it is not due, or when somebody else than the supplier is waited for."""
    with deciding(chase, by=by, key=key) as chase:
        if chase.settled_at or chase.waits_for != Waits.SUPPLIER or chase.next_at is None or chase.next_at > at:
            raise Refused(_("There is nothing to remind of."))
        _climb(chase, by=by, at=at)
    return chase


def _climb(chase: Chase, *, by: Actor, at: datetime) -> None:
    chase.step += 1
    hours = RUNGS[chase.step].value(site=chase.order.site_id, at=at) if chase.step < TOP else None
    chase.next_at = deadlines.due(at, hours, site_id=chase.order.site_id) if hours is not None else None
    if chase.step == TOP:
        chase.case = _open_case(chase, by=by, at=at)
    journal.record(ChaseClimbed(**_about(chase), step=chase.step), at=at)


@verb
def turn_to(*, chase: Chase, waits_for: str, by: Actor, at: datetime, key: str) -> Chase:
    """Another party is waited for. The ladder stands still while it is not the supplier, and goes on where it was."""
    with deciding(chase, by=by, key=key) as chase:
        if chase.settled_at or chase.waits_for == waits_for:
            raise Refused(_("Nothing has changed."))
        was = chase.waits_for
        _charge(chase, at)
        chase.waits_for = waits_for
        if was == Waits.SUPPLIER and chase.next_at is not None:
            chase.left_seconds, chase.next_at = _worked(chase, at, max(chase.next_at, at)), None
        elif waits_for == Waits.SUPPLIER and chase.step < TOP:
            left = timedelta(seconds=chase.left_seconds)
            hours = left.total_seconds() / 3600
            chase.next_at = deadlines.due(at, hours, site_id=chase.order.site_id)  # type: ignore[arg-type]
        journal.record(ChaseTurned(**_about(chase), waits_for=waits_for, was=was), at=at)
    return chase


@verb
def settle(*, chase: Chase, by: Actor, at: datetime, key: str) -> Chase:
    """It came: nobody is reminded any more, and whose time went by is known."""
    with deciding(chase, by=by, key=key) as chase:
        if chase.settled_at:
            raise Refused(_("It is settled already."))
        _charge(chase, at)
        chase.settled_at, chase.next_at = at, None
        cases.auto_resolve(kind=KINDS[Late(chase.kind)], about=chase.order.subject, cause=chase.cause, by=by, at=at)
        journal.record(ChaseSettled(**_about(chase), spent=chase.spent), at=at)
    return chase


@verb
def deem(*, order: PurchaseOrder, by: Actor, at: datetime, key: str) -> PurchaseOrder:
    """The supplier was silent for as long as was agreed to be a yes: the order counts as confirmed as it went out."""
    with opening(by=by, key=key) as turn:
        turn.hold([order])
        held = turn.rows[order.subject]
        is_due = held.deemed_at is not None and held.deemed_at <= at
        if not (is_due and held.status == OrderState.ISSUED and held.confirmed in UNANSWERED):
            raise Refused(_("Silence accepts nothing here."))
        said = [Promise(line.pk, line.ordered - line.cancelled, line.need_by) for line in held.lines.order_by("number")]
        return orders.note_confirmed(order=held, promises=said, reference="", facet=Confirmed.DEEMED, by=by, at=at)


def _charge(chase: Chase, at: datetime) -> None:
    before = chase.spent.get(chase.waits_for, 0)
    chase.spent = {**chase.spent, chase.waits_for: before + _worked(chase, chase.since, at)}
    chase.since = max(chase.since, at)


def _worked(chase: Chase, start: datetime, end: datetime) -> int:
    """Working seconds between two instants, by the site's calendar; every second where there is none."""
    if end <= start:
        return 0
    calendar = calendar_of(chase.order.site_id)
    if calendar is None:
        return int((end - start).total_seconds())
    return int(week(calendar, range(start.year, end.year + 1)).working_between(start, end).total_seconds())


def _open_case(chase: Chase, *, by: Actor, at: datetime) -> Any:
    order = chase.order
    return cases.open_(
        kind=KINDS[Late(chase.kind)],
        about=order,
        about_title=f"{order.number}: {order.supplier.party.name}",
        about_url=f"/orders/{order.number}/",
        cause=chase.cause,
        summary=_summary(chase),
        entity_id=order.entity_id,
        site_id=order.site_id,
        supplier_id=order.supplier_id,
        stake=order.amount,
        currency=order.currency,
        facts={"order": order.number},
        by=by,
        at=at,
    )


def _summary(chase: Chase) -> str:
    day = chase.due_at.date().isoformat()
    if chase.kind == Late.CONFIRMATION:
        return _("No answer since %(day)s, after two reminders.") % {"day": day}
    return _("Goods were due on %(day)s and nobody says where they are, after two reminders.") % {"day": day}


def _about(chase: Chase) -> dict[str, Any]:
    return {"subject": chase.subject, "order_id": chase.order_id, "kind": chase.kind}


def cause_of(order: PurchaseOrder, kind: str, due: date | None = None) -> str:
    """What is late, so that it is chased once and anew when it changes."""
    return f"revision {order.revision}" if kind == Late.CONFIRMATION else str(due)
