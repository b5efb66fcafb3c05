"""Ship notices whose lines name the units around them: both ways between that and units that hold lines."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from integration.canon.packing import OUTERMOST, Load
from integration.canon.parts import OrderReference
from integration.canon.ship_notices import HandlingUnit, NoticeLine, ShipNotice


@dataclass(frozen=True, kw_only=True)
class PlacedLine(NoticeLine):
    """A line with the units around it, the outermost first."""

    around: tuple[HandlingUnit, ...] = ()


def placed(notice: ShipNotice, depth: int) -> list[PlacedLine]:
    """Every line with at most *depth* units around it, numbered and of an order: else of the notice's."""
    found = []
    for place, (line, around) in enumerate(notice.every_line(), 1):
        order = _reference(line.order, notice.order)
        numbered = {"number": line.number or str(place), "order": order}
        units = tuple(HandlingUnit(sscc=unit.sscc, package=unit.package) for unit in around[:depth])
        found.append(PlacedLine(**{**vars(line), **numbered}, around=units))
    return found


def _reference(order: OrderReference | None, around: OrderReference | None) -> OrderReference | None:
    """Neither UBL nor cXML has a word for the revision of an order in a reference."""
    known = order or around
    return None if known is None else replace(known, revision=None)


def packed(lines: Iterable[PlacedLine]) -> tuple[tuple[NoticeLine, ...], tuple[HandlingUnit, ...]]:
    """What is in no unit, and the units that the lines name: each label once, and each time one without a label."""
    load, places, known_units = Load(), dict[tuple[int, str], int](), 0
    for line in lines:
        place = OUTERMOST
        for unit in line.around:
            known = places.get((place, unit.sscc)) if unit.sscc else None
            if known is None:
                known, known_units = known_units, known_units + 1
                load.unit(known, place, unit.sscc, unit.package)
                places[place, unit.sscc] = known
            place = known
        load.line(place, NoticeLine(**{name: value for name, value in vars(line).items() if name != "around"}))
    return load.lines(), load.units()
