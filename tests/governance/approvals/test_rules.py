"""Segregation of duties and who is offered a step, over random organisations: no path lets one person do two duties."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from governance.approvals import rules
from governance.approvals.rules import Seat, objection, offers, stranded

GRAPHS = 100_000
PEOPLE = range(1, 8)


@dataclass(frozen=True)
class House:
    """One request in one organisation: who asked, who is barred, who could take each step himself or for another."""

    requester: int
    barred: frozenset[int]
    steps: tuple[tuple[tuple[int, int | None], ...], ...]


def houses(count: int, seed: int) -> Iterator[House]:
    dice = Random(seed)
    for _n in range(count):
        steps = []
        for _step in range(dice.randint(1, 4)):
            own = dice.sample(PEOPLE, dice.randint(1, 3))
            loans = [(dice.choice(PEOPLE), giver) for giver in own if dice.random() < 0.4]
            steps.append((*((person, None) for person in own), *(loan for loan in loans if loan[0] != loan[1])))
        barred = frozenset(dice.sample(PEOPLE, dice.randint(0, 1)))
        yield House(dice.choice(PEOPLE), barred, tuple(steps))


def walked(house: House, dice: Random, may: Callable[..., Any]) -> list[set[int]]:
    """Every step is tried by everybody who could take it, in random order; who did what, giver and taker as one."""
    duties = [{house.requester}]
    spoke: set[int] = set()
    for takers in house.steps:
        for person, giver in dice.sample(takers, len(takers)):
            said = may(decider=person, stands_in_for=giver, requester=house.requester, barred=house.barred, spoke=spoke)
            if said is None:
                both = {person, giver} - {None}
                duties.append(both)
                spoke |= both
                break
    return duties


def conflicts(house: House, duties: list[set[int]]) -> int:
    """Two duties in one hand, or a duty in a hand that is barred."""
    seen: set[int] = set()
    found = 0
    for number, both in enumerate(duties):
        found += bool(both & seen) + bool(number and both & house.barred)
        seen |= both
    return found


def all_conflicts(count: int, may: Callable[..., Any]) -> int:
    dice = Random(1)
    return sum(conflicts(house, walked(house, dice, may)) for house in houses(count, seed=2))


class TestObjection:
    @pytest.mark.parametrize(
        ("decider", "stands_in_for", "spoke", "said"),
        [
            (2, None, (), None),
            (1, None, (), "requester"),
            (2, 1, (), "requester"),
            (3, None, (), "barred"),
            (2, 3, (), "barred"),
            (2, None, (2,), "twice"),
            (4, 2, (2,), "twice"),
            (2, 4, (2,), "twice"),
        ],
    )
    def test_counts_giver_and_taker_as_one(
        self, decider: int, stands_in_for: int | None, spoke: Collection[int], said: str | None
    ) -> None:
        given = {"decider": decider, "stands_in_for": stands_in_for, "requester": 1, "barred": {3}, "spoke": spoke}

        assert objection(**given) == said

    def test_no_path_in_any_organisation_lets_one_person_hold_two_duties(self) -> None:
        assert all_conflicts(GRAPHS, objection) == 0

    @pytest.mark.parametrize("forgets", ["stands_in_for", "spoke", "barred", "requester"])
    def test_twin_that_forgets_something_lets_it_happen(self, forgets: str) -> None:
        nothing = {"stands_in_for": None, "spoke": (), "barred": (), "requester": None}

        assert all_conflicts(1000, lambda **given: objection(**given | {forgets: nothing[forgets]})) > 0


def seats_of(dice: Random) -> list[Seat]:
    return [
        Seat(step, dice.randint(1, 2), frozenset(dice.sample(PEOPLE, dice.randint(1, 4))))
        for step in range(dice.randint(1, 4))
    ]


def left_empty(seats: list[Seat], dice: Random, offered: Callable[..., Any]) -> bool:
    """Whoever is offered a step takes it, in any order; whether a step ends without anybody."""
    while open_ := [seat for seat in seats if seat.needs]:
        seat = dice.choice(open_)
        people = sorted(offered(seats)[seat.step] & seat.people)
        if not people:
            return True
        person = dice.choice(people)
        seats = [Seat(one.step, one.needs - (one is seat), one.people - {person}) for one in seats]
    return False


class TestOffers:
    def test_whoever_takes_what_no_step_ends_without_anybody(self) -> None:
        dice, tried = Random(3), 0
        for _n in range(4000):
            seats = seats_of(dice)
            if not stranded(seats):
                tried += 1
                assert not left_empty(seats, dice, offers), seats
        assert tried > 1000

    def test_twin_that_offers_every_step_to_everybody_strands_some(self) -> None:
        dice = Random(3)
        all_of_them = [seats_of(dice) for _n in range(1000)]

        def to_all(seats: list[Seat]) -> dict[Any, frozenset[int]]:
            return {seat.step: seat.people for seat in seats}

        assert any(left_empty(seats, dice, to_all) for seats in all_of_them if not stranded(seats))

    def test_a_step_that_nobody_can_fill_is_named_and_offered_all_the_same(self) -> None:
        alone = [Seat("first", 1, frozenset({1})), Seat("second", 1, frozenset({1})), Seat("third", 1, frozenset())]

        assert "third" in stranded(alone)
        assert len(stranded(alone)) == 2
        assert offers(alone)["first"] == offers(alone)["second"] == {1}

    def test_plenty_is_the_same_as_looking(self, monkeypatch: pytest.MonkeyPatch) -> None:
        dice = Random(5)
        seats = [Seat(step, 1, frozenset(dice.sample(range(20), 8))) for step in range(4)]
        quick = (stranded(seats), offers(seats))
        monkeypatch.setattr(rules, "_plenty", lambda seats: False)

        assert (stranded(seats), offers(seats)) == quick
