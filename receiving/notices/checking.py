"""A ship notice beside the orders it names: what does not fit is flagged before the truck is here. It may come."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from foundation.values.actor import Actor
from foundation.values.days import day_text
from foundation.values.exact import plain
from governance.cases import actions as cases
from governance.parameters.registry import declare
from organization.sites.models import Site
from procurement.orders.models import PurchaseOrderLine
from receiving.notices.models import ShipNotice
from receiving.notices.rules import Wants

EARLY_DAYS = declare(
    "early_arrival_days",
    words=_l("Arrival that is too early"),
    help=_l("A truck that is announced for more than so many days before the agreed day is told."),
    topic=_l("Receiving"), unit=_l("days"), owner="Warehouse supervisor", default=3, high=60,
)  # fmt: skip
OF_THE_DAY = ("late", "early")
"""Flags that another day of arrival may lift."""

Flag = dict[str, Any]
"""``{"code": "late", "line": 3, "sentence": "..."}``."""
Said = tuple[int, PurchaseOrderLine, Decimal]
"""(number of the line on the notice, what was ordered, how much is announced)."""


def early_days(site: Site, at: datetime) -> timedelta:
    return timedelta(days=EARLY_DAYS.count(site=site.pk, at=at))


def flags(lines: Iterable[Said], *, arrives_on: date, early: timedelta, papers: frozenset[int]) -> list[Flag]:
    """Everything that does not fit. ``papers``: numbers of the lines whose certificate is named."""
    found = []
    for number, ordered, quantity in lines:
        found += [_flag(code, number, ordered, sentence) for code, sentence in _of_quantity(ordered, quantity)]
        if ordered.item and ordered.item.needs_certificate and number not in papers:
            sentence = _("%(item)s: no certificate is named, and without it the goods must wait.")
            found.append(_flag("no_certificate", number, ordered, sentence))
        found += flags_of_day(number, ordered, arrives_on=arrives_on, early=early)
    return found


def flags_of_day(number: int, ordered: PurchaseOrderLine, *, arrives_on: date, early: timedelta) -> list[Flag]:
    due = ordered.promised_on or ordered.need_by
    if arrives_on > due:
        return [_flag("late", number, ordered, _("%(item)s: arrives after the %(due)s that was agreed."))]
    if arrives_on < due - early:
        return [_flag("early", number, ordered, _("%(item)s: arrives well before the %(due)s that was agreed."))]
    return []


def _of_quantity(ordered: PurchaseOrderLine, quantity: Decimal) -> Iterable[tuple[str, str]]:
    confirmed = ordered.confirmed_quantity
    promised = (confirmed if confirmed is not None else ordered.ordered) - ordered.received
    if quantity > ordered.open:
        yield "over_open", _("%(item)s: more is announced than the %(open)s still open.")
    elif confirmed is not None and quantity > promised:
        yield "over_confirmed", _("%(item)s: more is announced than was confirmed.")
    if quantity < min(promised, ordered.open):
        yield "under_promised", _("%(item)s: less is announced than was promised.")


def _flag(code: str, number: int, ordered: PurchaseOrderLine, sentence: str) -> Flag:
    due = ordered.promised_on or ordered.need_by
    said = {"item": ordered.description, "open": plain(ordered.open), "due": day_text(due)}
    return {"code": code, "line": number, "sentence": sentence % said}


FEW = 3
"""So many lines are named one by one; of more it is said how many they are."""


def sentences(found: Iterable[Flag]) -> list[str]:
    """What does not fit, so that a truck of twenty late lines is one sentence and not twenty."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for flag in found:
        by_code[flag["code"]].append(flag["sentence"])
    said: list[str] = []
    for code, each in by_code.items():
        whole = _together().get(code) if len(each) > FEW else None
        said += [whole % {"count": len(each)}] if whole else list(dict.fromkeys(each))
    return said


def _together() -> dict[str, str]:
    return {
        "late": _("%(count)s lines arrive after the day that was agreed."),
        "early": _("%(count)s lines arrive well before the day that was agreed."),
        "over_open": _("Of %(count)s lines more is announced than is still open."),
        "over_confirmed": _("Of %(count)s lines more is announced than was confirmed."),
        "under_promised": _("Of %(count)s lines less is announced than was promised."),
        "no_certificate": _("%(count)s lines name no certificate, and without it the goods must wait."),
    }


def wants_of(ordered: PurchaseOrderLine) -> Wants:
    item = ordered.item
    if item is None:
        return Wants(ordered.description)
    return Wants(
        item.sku,
        lot=item.tracks_lots,
        expiry=item.tracks_expiry,
        serials=item.tracks_serials,
        is_whole=item.base_unit.is_whole,
    )


def warn(notice: ShipNotice, *, by: Actor, at: datetime) -> None:
    """A case before the truck is here, for buyer and dock."""
    cases.open_(
        kind="notice_mismatch",
        about=notice,
        about_title=f"{notice.number} from {notice.supplier.party.name}",
        about_url=f"/ship-notices/{notice.number}/",
        cause="check",
        summary=" ".join(sentences(notice.flags))[:300],
        entity_id=notice.site.entity_id,
        site_id=notice.site_id,
        supplier_id=notice.supplier_id,
        stake=Decimal(0),
        currency=notice.site.entity.currency,
        facts={"flags": notice.flags},
        by=by,
        at=at,
    )


def all_is_well(notice: ShipNotice, *, by: Actor, at: datetime) -> None:
    cases.auto_resolve(kind="notice_mismatch", about=notice.subject, cause="check", by=by, at=at)
