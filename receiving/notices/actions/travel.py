"""What happens to a truck between its announcement and the dock."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from foundation.door import AS_IT_IS, deciding, opening, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import SUPPLIER, Actor
from foundation.values.days import day_text
from receiving.arrivals import actions as arrivals
from receiving.notices import checking
from receiving.notices.events import (
    ArrivalReplanned,
    NoticeCancelled,
    TruckArrived,
    TruckDeparted,
    TruckPickedUp,
    TruckReady,
)
from receiving.notices.lifecycle import UNDERWAY, MilestoneKind, NoticeState
from receiving.notices.models import ShipNotice

TOLD = {
    MilestoneKind.READY: TruckReady,
    MilestoneKind.PICKED_UP: TruckPickedUp,
    MilestoneKind.DEPARTED: TruckDeparted,
}
"""What is told of a milestone; the fourth is ``TruckArrived``."""
CLOCKS_DIFFER = timedelta(minutes=15)
"""How far ahead of ours a supplier's clock may be."""


@verb
def pass_milestone(
    *, notice: ShipNotice, milestone: str, happened_at: datetime, by: Actor, at: datetime, key: str
) -> ShipNotice:
    """Say that the truck is ready, was picked up or has departed. Said again it is corrected.

    Who stands at the dock says that it arrived (``arrive``). Raises Refused for a time to come, and for a milestone
    before one that lies behind it.
    """
    with deciding(notice, by=by, seen=AS_IT_IS, key=key) as notice:
        _may_say(notice, by)
        if notice.status not in UNDERWAY:
            raise Refused(_("%(notice)s is not on its way any more.") % {"notice": notice.number})
        if milestone not in TOLD:
            raise Refused(_("Say ready, picked_up or departed."))
        if happened_at > at + CLOCKS_DIFFER:
            raise Refused(_("This time is still to come: say it when it has happened."))
        _pass(notice, MilestoneKind(milestone), happened_at, by=by, at=at)
    return notice


@verb
def arrive(*, notice: ShipNotice, by: Actor, at: datetime, key: str) -> ShipNotice:
    """The truck is here."""
    with deciding(notice, by=by, seen=AS_IT_IS, key=key) as notice:
        allow(by, "receive_goods", notice)
        move(notice.arrive, at=at)
        notice.milestones.update_or_create(kind=MilestoneKind.ARRIVED, defaults={"happened_at": at, "by": str(by)})
        journal.record(TruckArrived(subject=notice.subject, number=notice.number), at=at)
    return notice


@verb
def replan(*, notice: ShipNotice, arrives_on: date, by: Actor, at: datetime, key: str, reason: str = "") -> ShipNotice:
    """The truck comes on another day: the day is checked anew, and whoever waits for it is told."""
    with deciding(notice, by=by, seen=AS_IT_IS, key=key) as notice:
        _may_say(notice, by)
        if notice.status not in UNDERWAY:
            raise Refused(_("%(notice)s is not on its way any more.") % {"notice": notice.number})
        if arrives_on < notice.ships_on:
            raise Refused(_("It cannot arrive before it leaves on %(day)s.") % {"day": day_text(notice.ships_on)})
        if arrives_on == notice.arrives_on:
            raise Refused(_("%(day)s is the day that is announced already.") % {"day": day_text(arrives_on)})
        before, notice.arrives_on = notice.arrives_on, arrives_on
        _check_day(notice, by=by, at=at)
        told = ArrivalReplanned(
            subject=notice.subject,
            number=notice.number,
            supplier_id=notice.supplier_id,
            site_id=notice.site_id,
            was_due_on=before.isoformat(),
            arrives_on=arrives_on.isoformat(),
            reason=reason,
            flags=[flag["code"] for flag in notice.flags],
        )
        journal.record(told, at=at)
    return notice


@verb
def cancel(*, notice: ShipNotice, reason: str, by: Actor, at: datetime, seen: int, key: str) -> ShipNotice:
    """The truck does not come: its goods are expected as before, its SSCCs are free. Refused once it has departed."""
    with opening(by=by, key=key):
        with deciding(notice, by=by, seen=seen) as notice:
            _may_say(notice, by)
            left = notice.milestones.filter(kind=MilestoneKind.DEPARTED).first()
            if left and notice.status in UNDERWAY:
                raise Refused(
                    _("The truck left on %(day)s: it can be received or refused at the door, not taken back.")
                    % {"day": day_text(left.happened_at.date())}
                )
            move(notice.cancel)
            notice.units.update(keeps_sscc=False)
            checking.all_is_well(notice, by=by, at=at)
            journal.record(NoticeCancelled(subject=notice.subject, number=notice.number, reason=reason), at=at)
        arrivals.refresh_announced(notice.lines.values_list("order_line_id", flat=True))  # the door wrote its state
    return notice


def _may_say(notice: ShipNotice, by: Actor) -> None:
    """Whoever receives there; a supplier of his own trucks, which the submission is bound to."""
    if by.is_human and by.kind != SUPPLIER:
        allow(by, "receive_goods", notice)


def _pass(notice: ShipNotice, milestone: MilestoneKind, happened_at: datetime, *, by: Actor, at: datetime) -> None:
    order = list(MilestoneKind)
    for other in notice.milestones.all():
        place, mine = order.index(MilestoneKind(other.kind)), order.index(milestone)
        if (place < mine and other.happened_at > happened_at) or (place > mine and other.happened_at < happened_at):
            said = {"this": milestone.label.lower(), "other": MilestoneKind(other.kind).label.lower()}
            raise Refused(_("“%(this)s” and “%(other)s” are in the wrong order: look at the times again.") % said)
    notice.milestones.update_or_create(kind=milestone, defaults={"happened_at": happened_at, "by": str(by)})
    told = TOLD[milestone](
        subject=notice.subject, number=notice.number, site_id=notice.site_id, happened_at=happened_at.isoformat()
    )
    journal.record(told, at=at)


def _check_day(notice: ShipNotice, *, by: Actor, at: datetime) -> None:
    """Flags of the day are found anew, the others stay; the case opens, or solves itself."""
    early = checking.early_days(notice.site, at)
    lines = notice.lines.select_related("order_line").order_by("number")
    rest = [flag for flag in notice.flags if flag["code"] not in checking.OF_THE_DAY]
    notice.flags = rest + [
        flag
        for line in lines
        for flag in checking.flags_of_day(line.number, line.order_line, arrives_on=notice.arrives_on, early=early)
    ]
    if notice.flags:
        checking.warn(notice, by=by, at=at)
        if notice.status == NoticeState.ACCEPTED:
            move(notice.flag)
    elif notice.status == NoticeState.FLAGGED:
        move(notice.unflag)
        checking.all_is_well(notice, by=by, at=at)
