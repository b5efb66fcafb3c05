"""Segregation of duties, and whether there are people enough for the steps there are.

Pure functions over keys of people: no rows, no clock.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Seat:
    """A step that still needs so many different people out of those who could take it."""

    step: Hashable
    needs: int
    people: frozenset[int]


def objection(
    *,
    decider: int,
    stands_in_for: int | None,
    requester: int | None,
    barred: Collection[int] = (),
    spoke: Collection[int] = (),
) -> str | None:
    """Why this person may not decide this step: "requester", "barred", "twice", or None.

    A person and whom he stands in for count as one: neither may have asked, and neither may have spoken before on
    the same request (``spoke``), on this step or another.
    """
    both = {decider, stands_in_for} - {None}
    if requester in both:
        return "requester"
    if both & set(barred):
        return "barred"
    return "twice" if both & set(spoke) else None


def stranded(seats: Iterable[Seat]) -> set[Hashable]:
    """Steps that cannot be filled when nobody sits twice: those left empty by a largest seating."""
    seats = list(seats)
    if _plenty(seats):
        return set()
    taken = _seating(seats)
    return {seat.step for seat in seats if sum(step == seat.step for step, _ in taken.values()) < seat.needs}


def offers(seats: Iterable[Seat]) -> Mapping[Hashable, frozenset[int]]:
    """To whom each step is offered: to nobody whose yes there would leave another step without anybody.

    A step that is stranded anyway is offered to all who could take it.
    """
    seats = list(seats)
    if len(seats) == 1 or _plenty(seats):
        return {seat.step: seat.people for seat in seats}
    filled = len(_seating(seats))
    return {
        seat.step: frozenset(person for person in seat.people if _still_filled(seats, seat, person, filled))
        or seat.people
        for seat in seats
    }


def _plenty(seats: list[Seat]) -> bool:
    """Every step has more people than all steps together need: nobody can be missing anywhere."""
    total = sum(seat.needs for seat in seats)
    return all(len(seat.people) > total for seat in seats)


def _still_filled(seats: list[Seat], chosen: Seat, person: int, filled: int) -> bool:
    rest = [Seat(seat.step, seat.needs - (seat is chosen), seat.people - {person}) for seat in seats if seat.needs]
    return len(_seating(rest)) + 1 >= filled


def _seating(seats: list[Seat]) -> dict[int, tuple[Hashable, int]]:
    """A largest assignment of people to chairs (augmenting paths): person -> (step, chair)."""
    seated: dict[int, tuple[Hashable, int]] = {}
    people = {seat.step: sorted(seat.people) for seat in seats}

    def sit(chair: tuple[Hashable, int], asked: set[int]) -> bool:
        for person in people[chair[0]]:
            if person not in seated:
                seated[person] = chair
                return True
        for person in people[chair[0]]:
            if person not in asked:
                asked.add(person)
                if sit(seated[person], asked):
                    seated[person] = chair
                    return True
        return False

    for seat in seats:
        for number in range(min(seat.needs, len(seat.people))):  # no chair more than there are people for it
            sit((seat.step, number), set())
    return seated
