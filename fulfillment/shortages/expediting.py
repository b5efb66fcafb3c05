"""Expediting: pay more so that it comes sooner, when that costs less than being late."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.screens import shown
from foundation.subjects.registry import fetch
from foundation.values.actor import Actor
from foundation.values.exact import plain
from fulfillment.shortages.actions import elsewhere
from governance.approvals.cards import Tile
from governance.cases import actions as cases
from governance.cases.models import Case
from governance.permits import actions as permits
from governance.permits.models import Permit
from organization.items.models import Item

KIND = "expedite"
SHORT, BOOK = "stock_shortage", "expedite_granted"
"""Kinds of cases: what asks for it, and what somebody does once it is granted."""


def ask(case: Case, *, cost: Decimal, at_risk: Decimal, tried: str, by: Actor, at: datetime) -> Permit:
    """Inside the case's door. Amounts are in the entity's currency; ``at_risk`` is what being late costs."""
    item = Item.objects.get(pk=case.facts["item"])
    currency = case.entity.currency
    ratio = "ok" if cost < at_risk else "bad"
    waiting = len(case.facts.get("orders", []))
    orders = ngettext("%(n)d order waits", "%(n)d orders wait", waiting) % {"n": waiting}
    free = ", ".join(f"{site}: {plain(quantity)}" for site, quantity in elsewhere(case.site_id or 0, item.pk)[:3])
    return permits.ask(
        kind=KIND,
        about=fetch(case.about),
        about_title=case.about_title,
        about_url=f"/exceptions/{case.number}/",
        entity=case.entity,
        site_id=case.site_id,
        category_ids=[item.category_id],
        amount=cost,
        reason=tried,
        tiles=[
            Tile(_("Expediting costs"), ratio, shown.money(cost, currency)),
            Tile(_("Margin and penalty at risk"), "neutral", shown.money(at_risk, currency)),
            Tile(_("Customers"), "warn" if waiting else "ok", orders),
            Tile(_("Alternatives"), "warn" if free else "ok", free or _("It is free nowhere else.")),
        ],
        facts={"case": case.pk},
        words={"urgency": "urgent", "customer_commitment": "at_risk" if waiting else "none"},
        by=by,
        at=at,
    )


def go_on(*, permit: Permit, is_granted: bool, by: Actor, at: datetime, key: str) -> None:
    """Granted, somebody books it, up to what was granted; not granted, the shortage stands again."""
    was = Case.objects.everywhere(because="the case that asked, whoever works on it").get(pk=permit.facts["case"])
    said: dict[str, Any] = {
        "about": fetch(was.about),
        "about_title": was.about_title,
        "about_url": was.about_url,
        "cause": was.cause,
        "entity_id": was.entity_id,
        "site_id": was.site_id,
        "supplier_id": was.supplier_id,
        "facts": was.facts,
        "by": by,
        "at": at,
        "key": key,
    }
    if is_granted:
        cost = {"cost": shown.money(permit.amount, permit.currency), "permit": permit.number}
        summary = _("Expediting is granted up to %(cost)s (%(permit)s): book it with the supplier.") % cost
        cases.open_(kind=BOOK, summary=summary, stake=permit.amount, currency=permit.currency, **said)
    else:
        summary = _("Expediting was not granted. %(before)s") % {"before": was.summary}
        cases.open_(kind=SHORT, summary=summary, stake=was.stake, currency=was.currency, **said)
