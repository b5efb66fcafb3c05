"""The hierarchy of a ship notice: numbered levels that name the level around them, as HL and CPS both write it.

A table says what stands on one level; which level holds which is no table's matter and is said here. Nothing recurses
while reading: a file may be as deep as it likes.
"""

from collections.abc import Sequence
from typing import Protocol

from integration.canon.ship_notices import HandlingUnit, NoticeLine

OUTERMOST = -1


class Level(Protocol):
    """One HL, or one CPS."""

    @property
    def id(self) -> str: ...
    @property
    def parent(self) -> str: ...


def parents(levels: Sequence[Level]) -> list[int]:
    """For each level the place of the one around it. One that nobody wrote before it is outermost."""
    found: list[int] = []
    places: dict[str, int] = {}
    for place, level in enumerate(levels):
        found.append(places.get(level.parent, OUTERMOST) if level.parent else OUTERMOST)
        places[level.id] = place
    return found


class Load:
    """Handling units under construction, by the place of their level; OUTERMOST holds what is in no unit."""

    def __init__(self) -> None:
        self._lines: dict[int, list[NoticeLine]] = {OUTERMOST: []}
        self._inside: dict[int, list[int]] = {OUTERMOST: []}
        self._said: dict[int, tuple[str, str]] = {}
        self._inner = OUTERMOST

    def unit(self, place: int, around: int, sscc: str, package: str) -> None:
        """Units are told after the one that holds them."""
        self._inside[around].append(place)
        self._inside[place], self._lines[place], self._said[place] = [], [], (sscc, package)

    def labelled(self, place: int, around: int, labels: Sequence[str], package: str) -> None:
        """A level with any number of labels. Several on one level are units inside it: nobody said what is in which."""
        self.unit(place, around, labels[0] if len(labels) == 1 else "", package)
        if len(labels) > 1:
            for sscc in labels:
                self._inner -= 1
                self.unit(self._inner, place, sscc, package)

    def line(self, around: int, line: NoticeLine) -> None:
        self._lines[around].append(line)

    def lines(self) -> tuple[NoticeLine, ...]:
        return tuple(self._lines[OUTERMOST])

    def units(self) -> tuple[HandlingUnit, ...]:
        made: dict[int, HandlingUnit] = {}
        for place in reversed(self._said):
            sscc, package = self._said[place]
            inner = tuple(made[one] for one in self._inside[place])
            made[place] = HandlingUnit(sscc=sscc, package=package, lines=tuple(self._lines[place]), units=inner)
        return tuple(made[one] for one in self._inside[OUTERMOST])


def sscc_of(label: str) -> str:
    """18 digits: the application identifier ``00`` before them belongs to the bar code."""
    return label[2:] if len(label) == 20 and label.startswith("00") else label
