"""Many orders confirmed as ordered at once: which were chosen, what is unusual about some, what is said of each."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from foundation.screens.lists import List, state
from foundation.values.exact import plain
from procurement.orders import portal_answers
from procurement.orders import portal_queries as queries
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from suppliers.supplier_items.models import SupplierItem

MOST = 500


@dataclass
class Preview:
    """One order on the page before it is sent. ``unusual`` sets it aside until somebody has looked."""

    order: PurchaseOrder
    unusual: list[str] = field(default_factory=list)


def chosen(
    request: HttpRequest, listing: List, rows: QuerySet[PurchaseOrder], *, most: int = MOST
) -> list[PurchaseOrder]:
    """Of these orders those that were ticked, or all that match the list's address."""
    if request.POST.get("every"):
        here = state.read(listing, QueryDict(request.POST.get("query", "").lstrip("?")))
        rows = here.narrow(rows, request.actor)  # type: ignore[attr-defined]
    else:
        rows = rows.filter(public_id__in=[uuid_of(text) for text in request.POST.getlist("chosen")])
    found = list(rows.order_by("pk")[: most + 1])
    if not found:
        raise BadRequest(_("Choose at least one order first."))
    if len(found) > most:
        raise BadRequest(_("At most %(n)s at once. Narrow the list first.") % {"n": most})
    return found


def revisions_seen(request: HttpRequest) -> dict[UUID, int]:
    """Which revision of each order was on the page."""
    seen = {}
    for text in request.POST.getlist("revision"):
        public_id, _colon, revision = text.partition(":")
        if not (revision.isascii() and revision.isdigit() and len(revision) < 7):
            raise BadRequest
        seen[uuid_of(public_id)] = int(revision)
    return seen


def uuid_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadRequest(_("This is no order.")) from None


def bodies(orders: list[PurchaseOrder], seen: dict[UUID, int]) -> dict[int, dict[str, Any]]:
    """For each order the body that confirms every line of the revision that was seen."""
    said = {}
    for order, lines in lines_of(orders):
        numbers = [{"line": line.number} for line in portal_answers.answerable(lines)]
        said[order.pk] = portal_answers.body(order, numbers, "") | {"revision": seen.get(order.public_id, 0)}
    return said


def previews(orders: list[PurchaseOrder], on: date) -> list[Preview]:
    """What a careful person would have looked at is set aside: answered already, too soon, cheaper than quoted."""
    offers = {offer.item_id: offer for offer in SupplierItem.objects.only("item_id", "lead_time_days")}
    quotes = queries.quotes(on)
    found = []
    for order, lines in lines_of(orders):
        preview = Preview(order)
        if not queries.must_answer(order):
            preview.unusual.append(_("This order does not wait for an answer any more."))
        for line in portal_answers.answerable(lines):
            offer = offers.get(line.item_id)
            if offer and line.need_by < on + timedelta(days=offer.lead_time_days):
                said = {"line": line.number, "days": offer.lead_time_days}
                preview.unusual.append(_("Line %(line)d is wanted within your usual %(days)d days.") % said)
            quote = quotes.get(line.item_id)
            price = line.price * line.numerator / line.denominator
            if quote and price < quote:
                said = {"line": line.number, "price": plain(price), "quote": plain(quote)}
                preview.unusual.append(_("Line %(line)d is at %(price)s, your price is %(quote)s.") % said)
        found.append(preview)
    return found


def lines_of(orders: list[PurchaseOrder]) -> list[tuple[PurchaseOrder, list[PurchaseOrderLine]]]:
    """The lines of many orders in one query."""
    by_order: dict[int, list[PurchaseOrderLine]] = defaultdict(list)
    rows = PurchaseOrderLine.objects.everywhere(because=queries.BECAUSE).filter(order__in=orders)
    for line in rows.only(*queries.LINE, "item_id").select_related("item", "unit").order_by("number"):
        by_order[line.order_id].append(line)
    return [(order, by_order[order.pk]) for order in orders]
