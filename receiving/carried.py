"""Which orders are on a truck: what is late there is the carrier's time, not the supplier's."""

from collections.abc import Iterable

from procurement.chasing import queries
from receiving.notices.lifecycle import UNDERWAY
from receiving.notices.models import ShipNoticeLine


def on_a_truck(orders: Iterable[int]) -> set[int]:
    lines = ShipNoticeLine.objects.everywhere(because="the clock asks for every order")
    found = lines.filter(order_line__order__in=list(orders), notice__status__in=UNDERWAY)
    return set(found.values_list("order_line__order", flat=True))


queries.provide(on_a_truck)
