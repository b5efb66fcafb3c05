"""One day of answers sent through each channel ends in the same state; and a stream of them in any order, some twice."""

import os

from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.journal.relay import drain
from suppliers.submissions.models import Submission
from tests.gates.undoing import undone
from tests.integration.channels import day
from tests.integration.inbox.letters import arrives
from tests.scene import Scene, ordered

STREAMS = int(os.environ.get("STREAMS", "3"))
"""How many orders of the stream are tried; figures.md has the result of 200."""


def test_one_day_by_every_channel_ends_alike(scene: Scene) -> None:
    orders = [ordered(scene, quantity=int(day.QUANTITY)) for _ in day.DAY]
    untouched, ends = day.state(orders), {}
    for name, send in day.WAYS.items():
        with undone():
            cache.clear()
            day.played(scene, orders, send)
            ends[name] = day.state(orders)
    assert day.state(orders) == untouched
    for name, end in ends.items():
        assert day.hashed(end) == day.hashed(ends["portal"]), (name, end, ends["portal"])
    changes = ends["portal"][3]
    assert len(changes) >= 6  # beyond tolerance: each is a proposal for the buyer


def stream(orders: list) -> list[bytes]:
    """To each order an answer, a truck and a bill, in two syntaxes; some come twice. Twelve messages."""
    meant = [day.DAY[4], day.DAY[10], day.DAY[11]]
    raws = [
        day.letter(order, one, place, syntax)
        for place, (order, syntax) in enumerate(zip(orders, ("x12", "edifact", "x12"), strict=True))
        for one in meant
    ]
    return [*raws, *raws[::4]]


def test_in_any_order_and_some_twice_it_ends_alike(scene: Scene) -> None:
    orders = [ordered(scene, quantity=int(day.QUANTITY)) for _ in range(3)]
    day.known(scene, "x12")
    raws = stream(orders)
    ends = []

    @settings(max_examples=STREAMS, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.permutations(range(len(raws))))
    def played(turns: list[int]) -> None:
        with undone():
            for turn in turns:
                assert arrives(raws[turn]).status in ("applied", "duplicate")
            drain()
            assert Submission._base_manager.count() == 9
            ends.append(day.hashed(day.state(orders)))

    played()
    assert len(set(ends)) == 1
    assert len(raws) == 12
