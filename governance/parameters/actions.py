"""Propose, agree, reject, withdraw and end values of parameters. Who proposes does not decide."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal.turns import current
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import NotYours, allow
from foundation.values.actor import Actor
from governance.parameters import queries, reading, words
from governance.parameters.events import (
    ValueAgreed,
    ValueEnded,
    ValueExpired,
    ValueProposed,
    ValueRejected,
    ValueWithdrawn,
)
from governance.parameters.lifecycle import ValueState
from governance.parameters.models import ParameterValue
from governance.parameters.reading import LEAD
from governance.parameters.registry import PARAMETERS, Parameter, declare
from governance.parameters.rules import Effective, Level
from organization.entities.models import LegalEntity
from organization.sites.models import Site

OVERRIDE_DAYS = declare(
    "override_days",
    words=gettext_lazy("Longest override"),
    help=gettext_lazy("A value of an entity or a site ends after so many days at most, and is asked for anew."),
    topic=gettext_lazy("Standards"), unit=gettext_lazy("days"), owner="CFO", default=366, low=30, high=1830,
    lowest=Level.HOUSE,
)  # fmt: skip


@verb
def propose(
    *,
    parameter: str,
    value: Decimal,
    reason: str,
    entity: LegalEntity | None = None,
    site: Site | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    is_locked: bool = False,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    by: Actor,
    at: datetime,
    key: str,
) -> ParameterValue:
    """Ask for another value at a place; nothing changes until somebody else agrees.

    Refused with a sentence for everything that stands against it: the range and who may widen it, a lock above, a
    level that may not say otherwise, an override that says no end or no reason.
    """
    entity = site.entity if site else entity
    row = ParameterValue(
        parameter=parameter,
        entity=entity,
        site=site,
        value=value,
        low=low,
        high=high,
        is_locked=is_locked,
        reason=reason.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        proposer_id=by.person_id,
        proposed_at=at,
    )
    known = PARAMETERS.get(parameter)
    if known is None:
        raise Refused(_("There is no parameter “%(name)s”.") % {"name": parameter[:60]})
    allow(by, "propose_parameter", row)
    if objections := [*_shape(known, row, at), *_range(known, row, at)]:
        raise Refused(*objections)
    if other := queries.proposal(row):
        raise Refused(
            _("A value for this place waits for a decision already: %(value)s.") % {"value": words.figure(other)}
        )
    with deciding(row, by=by, key=key) as row:
        told = ValueProposed(
            **_about(row),
            low=low,
            high=high,
            is_locked=is_locked,
            reason=row.reason,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        journal.record(told, at=at)
    return row


def _shape(known: Parameter, row: ParameterValue, at: datetime) -> list[str]:
    """What is wrong with a proposal whatever its figure."""
    found = []
    if not row.reason:
        found.append(_("Say why."))
    if row.place.level > known.standard.lowest:
        found.append(
            _("%(name)s is the same everywhere below: it is set for %(level)s.")
            % {"name": known.words, "level": words.LEVELS[known.standard.lowest]}
        )
    begins, most = max(row.starts_at or at, at), OVERRIDE_DAYS.count(at=at)
    if row.ends_at and row.ends_at - begins <= LEAD:
        found.append(_("The end must lie after the beginning, and in the future."))
    if row.place.entity and not (row.ends_at and row.ends_at - begins <= timedelta(days=most)):
        found.append(_("An override ends: say until when, at most %(days)s days after it begins.") % {"days": most})
    if row.place.level == known.standard.lowest and (row.is_locked or row.low is not None or row.high is not None):
        found.append(_("Nobody can say otherwise below this place: it needs no lock and no range."))
    if round(row.value, known.places) != row.value:
        found.append(
            _("%(name)s is said with at most %(n)s digits after the point.") % {"name": known.words, "n": known.places}
        )
    return found


def _range(known: Parameter, row: ParameterValue, at: datetime) -> list[str]:
    """Whether the figures fit what stands above, as it will be when the value begins."""
    when = max(row.starts_at or at, at + LEAD)
    here = known.at(entity=row.entity_id, site=row.site_id, at=when)
    if here.locked_by:
        return [
            _("%(name)s is locked above at %(value)s. %(who)s may unlock it.")
            % {"name": known.words, "value": words.amount(known, here.value), "who": _who(known)}
        ]
    figures = [figure for figure in (row.value, row.low, row.high) if figure is not None]
    if any(not here.low <= figure <= here.high for figure in figures):
        return [_out_of_range(known, row, here)]
    low = here.low if row.low is None else row.low
    high = here.high if row.high is None else row.high
    if low > high:
        return [_("The range is empty: its lowest lies above its highest.")]
    if not low <= row.value <= high:
        return [_("The value itself must lie in the range that you leave to others.")]
    return []


def _out_of_range(known: Parameter, row: ParameterValue, here: Effective) -> str:
    said = {
        "name": known.words,
        "low": words.amount(known, here.low),
        "high": words.amount(known, here.high),
        "who": _who(known),
    }
    if (here.low, here.high) == (known.standard.low, known.standard.high):
        return _("%(name)s lies between %(low)s and %(high)s: nothing else makes sense for the product.") % said
    return _("%(name)s may be from %(low)s to %(high)s here. %(who)s may widen the range.") % said


def _who(known: Parameter) -> str:
    return _("Whoever sets standards (%(role)s)") % {"role": known.owner}


@verb
def agree(
    *, value: ParameterValue, answer: str = "", by: Actor, at: datetime, seen: int | None = None, key: str
) -> ParameterValue:
    """Put a proposed value in force, a minute from now at the earliest, so that every process knows it by then.

    A value without an end takes the place of those before it there; one with an end interrupts them.
    """
    older = list(queries.older(value, at=at)) if value.ends_at is None else []
    with deciding(value, by=by, seen=seen, key=key, first=older) as value:
        _decides(value, by)
        known = PARAMETERS[value.parameter]
        if objections := [*_shape(known, value, at), *_range(known, value, at)]:
            raise Refused(*objections)
        value.decider_id, value.answer = by.person_id, answer.strip()
        move(value.agree, starts_at=max(value.starts_at or at, at + LEAD), at=at)
        assert value.starts_at is not None
        for one in older:
            _end(one, ends_at=value.starts_at, replaced_by=value.pk, answer="", by=by, at=at)
        told = ValueAgreed(
            **_about(value),
            proposer_id=value.proposer_id,
            starts_at=value.starts_at,
            ends_at=value.ends_at,
            answer=value.answer,
        )
        journal.record(told, at=at)
    reading.forget()
    return value


@verb
def reject(
    *, value: ParameterValue, answer: str, by: Actor, at: datetime, seen: int | None = None, key: str
) -> ParameterValue:
    with deciding(value, by=by, seen=seen, key=key) as value:
        _decides(value, by)
        if not answer.strip():
            raise Refused(_("Say why not: whoever proposed it reads it."))
        value.decider_id, value.answer = by.person_id, answer.strip()
        move(value.reject, at=at)
        journal.record(ValueRejected(**_about(value), proposer_id=value.proposer_id, answer=value.answer), at=at)
    return value


@verb
def withdraw(*, value: ParameterValue, by: Actor, at: datetime, seen: int | None = None, key: str) -> ParameterValue:
    """Whoever proposed it thinks better of it."""
    with deciding(value, by=by, seen=seen, key=key) as value:
        allow(by, "propose_parameter", value)
        if by.is_human and by.person_id != value.proposer_id:
            raise NotYours("propose_parameter", str(value))
        move(value.withdraw)
        journal.record(ValueWithdrawn(**_about(value)), at=at)
    return value


@verb
def end(
    *, value: ParameterValue, answer: str, by: Actor, at: datetime, seen: int | None = None, key: str
) -> ParameterValue:
    """Let what stands above count again, a minute from now. The house's own standard is replaced, not ended."""
    with deciding(value, by=by, seen=seen, key=key) as value:
        _decides(value, by)
        if value.place.level == Level.HOUSE:
            raise Refused(_("A standard is not ended: propose the value that shall count instead."))
        if not answer.strip():
            raise Refused(_("Say why."))
        if value.ends_at and value.ends_at <= at + LEAD:
            raise Refused(_("It ends within a minute by itself."))
        assert value.starts_at is not None
        ends_at = max(value.starts_at, at + LEAD)
        value.answer = answer.strip()
        move(value.end, ends_at=ends_at)
        told = ValueEnded(**_about(value), ends_at=ends_at, replaced_by=None, answer=value.answer)
        journal.record(told, at=at)
    reading.forget()
    return value


def _end(
    one: ParameterValue, *, ends_at: datetime, replaced_by: int | None, answer: str, by: Actor, at: datetime
) -> None:
    """Within the turn that puts another value in its place. What was still to come never begins."""
    with deciding(one, by=by) as old:
        assert old.starts_at is not None
        move(old.end, ends_at=max(old.starts_at, ends_at))
        told = ValueEnded(**_about(old), ends_at=max(old.starts_at, ends_at), replaced_by=replaced_by, answer=answer)
        journal.record(told, at=at)


@verb
def expire(*, value: ParameterValue, by: Actor, at: datetime, key: str) -> ParameterValue:
    """Its time is over. Only told: what counts at an instant is read from its span."""
    with deciding(value, by=by, key=key) as value:
        if value.ends_at is None or value.ends_at > current().recorded_at:
            raise Refused(_("Its time is not over."))
        was_decided = value.status == ValueState.IN_FORCE
        move(value.expire)
        journal.record(ValueExpired(**_about(value), was_decided=was_decided), at=at)
    return value


def _decides(value: ParameterValue, by: Actor) -> None:
    allow(by, "decide_parameter", value)
    if by.is_human and by.person_id == value.proposer_id:
        raise Refused(_("Who proposes does not decide. Ask somebody else to."))


def _about(value: ParameterValue) -> dict[str, Any]:
    return {
        "subject": value.subject,
        "parameter": value.parameter,
        "entity_id": value.entity_id,
        "site_id": value.site_id,
        "value": value.value,
    }
