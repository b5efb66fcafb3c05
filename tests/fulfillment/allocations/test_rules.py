from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fulfillment.allocations import rules as allocations
from fulfillment.allocations.rules import Allocation, DemandLine, Plan, allocate

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HERE, THERE, BOLT, NUT = 1, 2, 7, 8
LINE = DemandLine(
    id=1, order=1, item=BOLT, sites=(HERE,), quantity=Decimal(10), priority=5, promised_on=MONDAY, ordered_at=NOON
)


def line(number: int, quantity: int = 10, **details) -> DemandLine:
    return replace(LINE, id=number, **{"order": number, "quantity": Decimal(quantity)} | details)


def at(here: int = 0, there: int = 0, nuts: int = 0) -> dict:
    return {(HERE, BOLT): Decimal(here), (THERE, BOLT): Decimal(there), (HERE, NUT): Decimal(nuts)}


def given_to(plan: Plan) -> dict[int, Decimal]:
    got: dict[int, Decimal] = defaultdict(Decimal)
    for allocation in plan.allocations:
        got[allocation.line] += allocation.quantity
    return dict(got)


def why(plan: Plan, number: int) -> str:
    [reason] = [str(short.reason) for short in plan.shortages if short.line == number]
    return reason


class TestAllocate:
    def test_gives_every_line_what_it_wants_while_there_is_enough(self):
        plan = allocate(at(here=20), [line(1), line(2)])

        assert plan == Plan((Allocation(1, HERE, BOLT, Decimal(10)), Allocation(2, HERE, BOLT, Decimal(10))), ())

    def test_serves_priority_before_promise_before_age_before_number(self):
        ranked = [
            line(5, priority=1, promised_on=None),
            line(4, promised_on=MONDAY),
            line(3, promised_on=MONDAY + timedelta(1), ordered_at=NOON - timedelta(1)),
            line(1, promised_on=MONDAY + timedelta(1)),
            line(2, promised_on=MONDAY + timedelta(1)),
            line(0, promised_on=None, ordered_at=NOON - timedelta(9)),
        ]
        plan = allocate(at(here=60), ranked[::-1])

        assert [allocation.line for allocation in plan.allocations] == [5, 4, 3, 1, 2, 0]

    def test_takes_the_best_site_first_and_the_next_for_the_rest(self):
        plan = allocate(at(here=4, there=50), [line(1, sites=(HERE, THERE))])

        assert [(a.site, a.quantity) for a in plan.allocations] == [(HERE, 4), (THERE, 6)]

    def test_leaves_other_sites_and_items_alone(self):
        assert given_to(allocate(at(there=50, nuts=50), [line(1)])) == {}

    def test_splits_a_line_that_may_be_split(self):
        plan = allocate(at(here=4), [line(1)])

        assert given_to(plan) == {1: 4}
        assert plan.shortages[0].missing == 6

    def test_gives_nothing_of_a_line_that_may_not_and_all_to_the_next(self):
        plan = allocate(at(here=8), [line(1, partial=False), line(2, 8)])

        assert given_to(plan) == {2: 8}
        assert why(plan, 1) == "Only 8 of 10 is free, and the line ships in one piece."


class TestKept:
    def test_allocations_stand_against_a_better_rank(self):
        kept = Allocation(2, HERE, BOLT, Decimal(10), hard=True)
        plan = allocate(at(here=12), [line(1, priority=0), line(2)], [kept])

        assert plan.allocations == (kept, Allocation(1, HERE, BOLT, Decimal(2)))
        assert [short.line for short in plan.shortages] == [1]

    def test_allocations_count_for_their_line(self):
        kept = Allocation(1, HERE, BOLT, Decimal(7), hard=True)

        assert given_to(allocate(at(here=20), [line(1)], [kept])) == {1: 10}

    def test_allocations_stand_even_where_goods_were_lost(self):
        kept = Allocation(1, HERE, BOLT, Decimal(10), hard=True)

        assert given_to(allocate(at(here=6), [line(1), line(2)], [kept])) == {1: 10}


class TestShipComplete:
    BOLTS = line(1, 10, order=1, ship_complete=True)
    NUTS = line(2, 10, order=1, item=NUT)

    def test_orders_get_all_lines(self):
        assert given_to(allocate(at(here=10, nuts=10), [self.BOLTS, self.NUTS])) == {1: 10, 2: 10}

    def test_orders_get_nothing_when_one_line_is_short(self):
        plan = allocate(at(here=10, nuts=9), [self.BOLTS, self.NUTS])

        assert given_to(plan) == {}
        assert why(plan, 1) == "The order ships complete, and line 2 is 1 short."
        assert why(plan, 2) == "1 of 10 is missing: all there is is 9."

    def test_orders_do_not_keep_from_others_what_they_cannot_use(self):
        plan = allocate(at(here=10, nuts=9), [self.BOLTS, self.NUTS, line(3)])

        assert given_to(plan) == {3: 10}

    def test_orders_count_lines_that_want_the_same_goods(self):
        twice = [self.BOLTS, replace(self.NUTS, item=BOLT)]

        assert given_to(allocate(at(here=19), twice)) == {}
        assert given_to(allocate(at(here=20), twice)) == {1: 10, 2: 10}

    def test_orders_stand_where_their_best_line_stands(self):
        urgent_nuts = replace(self.NUTS, priority=0)
        rival = line(3, 10, priority=1)

        assert given_to(allocate(at(here=10, nuts=10), [self.BOLTS, urgent_nuts, rival])) == {1: 10, 2: 10}


class TestWhyNot:
    def test_names_a_higher_priority(self):
        plan = allocate(at(here=15), [line(1, priority=0), line(2)])

        assert why(plan, 2) == (
            "5 of 10 is missing: 1 line(s) before it took from 15, the last of them, line 1, by its higher priority."
        )

    def test_names_an_earlier_promise(self):
        plan = allocate(at(here=10), [line(1), line(2, promised_on=MONDAY + timedelta(1))])

        assert "line 1, by its earlier promise." in why(plan, 2)

    def test_names_age(self):
        plan = allocate(at(here=10), [line(2, ordered_at=NOON - timedelta(1)), line(1)])

        assert "line 2, because it was ordered first." in why(plan, 1)

    def test_names_firm_allocations(self):
        kept = Allocation(9, HERE, BOLT, Decimal(10), hard=True)

        assert why(allocate(at(here=10), [line(1)], [kept]), 1) == (
            "10 of 10 is missing: 10 of 10 is firmly allocated."
        )

    def test_says_when_there_is_nothing(self):
        assert why(allocate({}, [line(1)]), 1) == "10 of 10 is missing: all there is is 0."


LINES = st.lists(
    st.builds(
        DemandLine,
        id=st.integers(1, 10_000),
        order=st.integers(1, 4),
        item=st.sampled_from([BOLT, NUT]),
        sites=st.sampled_from([(HERE,), (THERE,), (HERE, THERE)]),
        quantity=st.integers(1, 20).map(Decimal),
        priority=st.integers(0, 2),
        promised_on=st.none() | st.integers(0, 3).map(lambda days: MONDAY + timedelta(days)),
        ordered_at=st.integers(0, 3).map(lambda hours: NOON + timedelta(hours=hours)),
        partial=st.booleans(),
        ship_complete=st.sampled_from([False, False, False, True]),
    ),
    max_size=12,
    unique_by=lambda line: line.id,
)
SUPPLY = st.dictionaries(
    st.tuples(st.sampled_from([HERE, THERE]), st.sampled_from([BOLT, NUT])), st.integers(0, 60).map(Decimal)
)


def left_over(supply: dict, plan: Plan) -> dict:
    left = dict(supply)
    for allocation in plan.allocations:
        left[allocation.site, allocation.item] -= allocation.quantity
    return left


def idle(supply: dict, lines: list[DemandLine], plan: Plan) -> list[int]:
    """Lines that may be split, miss something, and could still have some of what is left."""
    left, short = left_over(supply, plan), {shortage.line for shortage in plan.shortages}
    bound = {line.order for line in lines if line.ship_complete}
    return [
        line.id
        for line in lines
        if line.id in short and line.partial and line.order not in bound
        if any(left.get((site, line.item), 0) for site in line.sites)
    ]


class TestAlways:
    @given(SUPPLY, LINES)
    def test_nothing_is_given_twice(self, supply, lines):
        assert all(quantity >= 0 for quantity in left_over(supply, allocate(supply, lines)).values())

    @given(SUPPLY, LINES)
    def test_what_a_line_gets_and_misses_is_what_it_wants(self, supply, lines):
        plan = allocate(supply, lines)
        got, missing = given_to(plan), {short.line: short.missing for short in plan.shortages}

        for wanting in lines:
            assert got.get(wanting.id, 0) + missing.get(wanting.id, 0) == wanting.quantity

    @given(SUPPLY, LINES)
    def test_nobody_goes_short_beside_goods_that_are_free(self, supply, lines):
        assert not idle(supply, lines, allocate(supply, lines))

    def test_twin_that_forgets_to_put_back_leaves_somebody_short(self, monkeypatch):
        monkeypatch.setattr(allocations._Floor, "put_back", lambda self, picks: None)
        stubborn, patient = line(1, partial=False), line(2, 8)

        assert idle(at(here=8), [stubborn, patient], allocate(at(here=8), [stubborn, patient]))

    @given(SUPPLY, LINES)
    def test_whole_lines_and_whole_orders_stay_whole(self, supply, lines):
        plan = allocate(supply, lines)
        got, short = given_to(plan), {shortage.line for shortage in plan.shortages}
        bound = {line.order for line in lines if line.ship_complete}

        assert not [line.id for line in lines if not line.partial and line.id in short and line.id in got]
        for order in bound:
            assert len({line.id in got for line in lines if line.order == order}) == 1

    @given(SUPPLY, LINES, st.randoms())
    def test_the_same_input_gives_the_same_answer_in_any_order(self, supply, lines, random):
        assert allocate(supply, random.sample(lines, len(lines))) == allocate(supply, lines)

    def test_twin_that_ranks_by_priority_alone_answers_by_chance(self, monkeypatch):
        monkeypatch.setattr(allocations, "_rank", lambda line: (line.priority, date.max, NOON, 0))
        lines, supply = [line(number) for number in range(20)], at(here=95)
        plans = {allocate(supply, Random(seed).sample(lines, 20)).allocations for seed in range(5)}

        assert len(plans) > 1

    @given(SUPPLY, LINES)
    def test_a_line_of_the_last_rank_takes_from_nobody(self, supply, lines):
        newcomer = line(99_999, 20, order=99, priority=9)
        before, after = given_to(allocate(supply, lines)), given_to(allocate(supply, [*lines, newcomer]))

        assert {number: after.get(number) for number in before} == before
