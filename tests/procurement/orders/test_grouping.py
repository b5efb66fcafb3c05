from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.values.reason import BadValue
from procurement.orders.grouping import Policy, PoolLine, propose

MONDAY = date(2026, 3, 2)
LINE = PoolLine(id=1, supplier=7, entity=1, currency="EUR", site=3, need_by=MONDAY, payment_terms="30d")

LINES = st.lists(
    st.builds(
        PoolLine,
        id=st.integers(1, 10_000),
        supplier=st.integers(1, 2),
        entity=st.integers(1, 2),
        currency=st.sampled_from(["EUR", "USD"]),
        site=st.integers(1, 3),
        need_by=st.integers(0, 30).map(lambda days: MONDAY + timedelta(days)),
        payment_terms=st.sampled_from(["", "30d"]),
        urgency=st.integers(0, 2),
    ),
    max_size=30,
    unique_by=lambda line: line.id,
)
POLICIES = st.builds(Policy, st.booleans(), st.none() | st.integers(0, 10), st.booleans())


def grouped(*lines: PoolLine, **policy) -> list[tuple[int, ...]]:
    return [order.lines for order in propose(lines, Policy(**policy))]


class TestPropose:
    def test_gathers_lines_that_share_the_paper(self):
        assert grouped(LINE, replace(LINE, id=2)) == [(1, 2)]

    @pytest.mark.parametrize(
        "difference",
        [
            {"supplier": 8},
            {"entity": 2},
            {"currency": "USD"},
            {"payment_terms": "60d"},
            {"delivery_terms": "DAP"},
            {"site": 4},
        ],
    )
    def test_parts_lines_that_do_not(self, difference):
        assert sorted(grouped(LINE, replace(LINE, id=2, **difference))) == [(1,), (2,)]

    def test_may_gather_sites(self):
        [order] = propose([LINE, replace(LINE, id=2, site=4)], Policy(consolidate_sites=True))

        assert (order.sites, order.lines) == ((3, 4), (1, 2))
        assert "2 sites are gathered on one order." in map(str, order.reasons)

    def test_parts_dates_further_apart_than_the_window(self):
        week = [replace(LINE, id=day, need_by=MONDAY + timedelta(day)) for day in (0, 3, 4, 7)]

        assert grouped(*week, window_days=3) == [(0, 3), (4, 7)]
        assert grouped(*week) == [(0, 3, 4, 7)]

    def test_lets_urgent_lines_go_alone(self):
        urgent = replace(LINE, id=2, urgency=0)

        assert grouped(LINE, urgent, urgent_apart=True) == [(2,), (1,)]
        assert grouped(LINE, urgent) == [(1, 2)]

    def test_promises_the_soonest_need(self):
        [order] = propose([replace(LINE, need_by=MONDAY + timedelta(9)), replace(LINE, id=2)], Policy())

        assert order.need_by == MONDAY

    def test_says_why(self):
        [order] = propose([LINE, replace(LINE, id=2)], Policy(window_days=7))

        assert list(map(str, order.reasons)) == [
            "2 lines share supplier, entity, currency (EUR) and terms.",
            "Each site gets its own order.",
            "Needed from 2026-03-02 to 2026-03-02, within 7 days.",
        ]

    def test_makes_nothing_of_nothing(self):
        assert propose([], Policy()) == ()

    def test_refuses_a_window_below_zero(self):
        with pytest.raises(BadValue, match="0 or more"):
            Policy(window_days=-1)

    @given(LINES, POLICIES)
    def test_puts_every_line_on_exactly_one_order(self, lines, policy):
        placed = [id_ for order in propose(lines, policy) for id_ in order.lines]

        assert sorted(placed) == sorted(line.id for line in lines)

    @given(LINES, POLICIES, st.randoms())
    def test_does_not_depend_on_the_order_of_lines(self, lines, policy, random):
        shuffled = random.sample(lines, len(lines))

        assert propose(shuffled, policy) == propose(lines, policy)

    @given(LINES, POLICIES)
    def test_keeps_every_order_inside_the_policy(self, lines, policy):
        by_id = {line.id: line for line in lines}

        for order in propose(lines, policy):
            members = [by_id[id_] for id_ in order.lines]
            assert {(m.supplier, m.entity, m.currency, m.payment_terms) for m in members} == {
                (order.supplier, order.entity, order.currency, order.payment_terms)
            }
            assert policy.consolidate_sites or len(order.sites) == 1
            assert not policy.urgent_apart or len({m.urgency for m in members}) == 1
            if policy.window_days is not None:
                assert (max(m.need_by for m in members) - order.need_by).days <= policy.window_days
