"""Whether unsent orders may become one. No rows, no clock."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from procurement.orders.lifecycle import UNSENT, OrderState


class Paper(Protocol):
    """What an order says of itself on its paper."""

    number: str
    status: str
    supplier_id: int
    entity_id: int
    site_id: int
    currency: str


def paper(order: Paper) -> tuple[int, int, int, str, str]:
    """What two orders share that can become one. What is approved is not mixed with what is not."""
    return order.supplier_id, order.entity_id, order.site_id, order.currency, order.status


def why_not_moved(order: Paper) -> str | None:
    """Lines move only between orders that nobody outside has heard of."""
    if order.status in UNSENT:
        return None
    if order.status == OrderState.IN_APPROVAL:
        return _("%(number)s is being approved: wait for the decision.") % {"number": order.number}
    if order.status == OrderState.ISSUED:
        said = _("%(number)s was sent: the supplier has it as it is. Change it instead.")
        return said % {"number": order.number}
    return _("%(number)s has ended.") % {"number": order.number}


def why_not_one(orders: Sequence[Paper]) -> Iterator[str]:
    """Every objection to making these one."""
    if len(orders) < 2:
        yield _("No other of these orders goes with it: same supplier, entity, site and currency.")
    for order in orders:
        if why := why_not_moved(order):
            yield why
    if len({paper(order)[:-1] for order in orders}) > 1:
        yield _("One order has one supplier, one legal entity, one site and one currency.")
    elif len({order.status for order in orders}) > 1:
        yield _("Some of them are approved and some are not.")


def why_not_grown(approved: Decimal, ordered: Decimal, percent: Decimal) -> str | None:
    """What was approved line by line holds, unless the whole becomes dearer by more than what is approved again.

    Lines keep their prices, so that only another day's rate can do it. Both are in the entity's currency.
    """
    if not approved or (ordered - approved) * 100 <= approved * percent:
        return None
    grown = ((ordered - approved) * 100 / approved).quantize(Decimal("0.1"))
    said = _("By the other order's rate it would cost %(grown)s %% more than was approved: order them apart.")
    return said % {"grown": grown}
