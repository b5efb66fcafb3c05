"""Which waiver covers what, and what can be asked about waivers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.db.models.functions import Now

from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from governance.waivers.actions import REMINDER_DAYS
from governance.waivers.lifecycle import WaiverState
from governance.waivers.models import NARROWED, Waiver, WaiverUse


@dataclass(frozen=True, slots=True)
class Met:
    """What a check met: where, from whom, which item, in which document. Keys; ``supplier`` is the party's."""

    check: str
    about: str
    entity: int | None = None
    site: int | None = None
    supplier: int | None = None
    item: int | None = None


def covering(met: Iterable[Met], *, at: datetime) -> dict[Met, Waiver]:
    """The waiver that lets each of them pass, where there is one. One query; none when nothing was met."""
    met = list(met)
    if not met:
        return {}
    live = Waiver.objects.filter(status=WaiverState.GRANTED, ends_at__gt=at, check_name__in={one.check for one in met})
    rows = list(live.select_related("owner", "decider").order_by("ends_at", "pk"))
    return {one: waiver for one in met for waiver in rows if covers(waiver, one)}


def covers(waiver: Waiver, met: Met) -> bool:
    """Whether all that the waiver says is so of what was met."""
    if waiver.check_name != met.check or waiver.about not in ("", met.about):
        return False
    return all(getattr(waiver, f"{name}_id") in (None, getattr(met, name)) for name in NARROWED)


def waivers(actor: Actor) -> QuerySet[Waiver]:
    """Those within the actor's scopes. One that names no place is for who sees the whole house."""
    places = {"entity": "entity_id", "site": "site_id", "supplier": "supplier_id"}
    rows = Waiver.objects.filter(reach(actor, "see_waiver").predicate(places))
    rows = rows.select_related("entity", "site", "supplier", "item", "owner", "decider")
    return rows.annotate(use_count=Count("uses"))


def uses_of(about: str) -> QuerySet[WaiverUse]:
    """What a document passed by waivers."""
    return WaiverUse.objects.filter(about=about).select_related("waiver__decider", "waiver__owner").order_by("id")


def over() -> QuerySet[Waiver]:
    """Whose time is over by the database's clock, and of whom nobody has said so yet."""
    return Waiver.objects.filter(status__in=[WaiverState.ASKED, WaiverState.GRANTED], ends_at__lte=Now())


def ending(at: datetime) -> QuerySet[Waiver]:
    """That end soon, and whose owners were not told."""
    soon = at + timedelta(days=REMINDER_DAYS.count(at=at))
    return Waiver.objects.filter(status=WaiverState.GRANTED, reminded_at=None, ends_at__gt=at, ends_at__lte=soon)
