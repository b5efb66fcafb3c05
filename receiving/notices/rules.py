"""What a ship notice must be like whatever it came by: portal, EDI, UBL, cXML, API or file.

Pure: lines and handling units go in, sentences come out. The sources are the GS1 General Specifications (SSCC,
section 2.2.1 and check digits, 7.9) and GS1 Logistic Label Guideline; quantities are exact, in base units.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.values.exact import plain
from receiving.notices.barcodes import is_checked

PALLET, CARTON, PACKAGE = "PX", "CT", "PK"
"""UN/ECE Recommendation 21; the last is any package."""
MOST_UNITS = 5_000
DEEPEST = 8


@dataclass(frozen=True)
class Packed:
    """One line of a notice, of one lot, in base units."""

    order_line_id: int
    quantity: Decimal
    lot: str = ""
    expires_on: date | None = None
    serials: tuple[str, ...] = ()
    certificate: str = ""
    """Number of the certificate that travels with the goods."""
    called: str = ""
    """What people call the line; nothing said, it is its place on the notice."""


@dataclass(frozen=True)
class Held:
    """How much of a line stands on one unit. ``line`` is its place among the lines, from 1."""

    line: int
    quantity: Decimal
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class PackedUnit:
    """One handling unit. ``around`` is the number of the unit that it stands in."""

    number: int
    holds: tuple[Held, ...] = ()
    sscc: str = ""
    package: str = PALLET
    around: int | None = None
    gross_weight: Decimal | None = None
    """In kilograms."""


@dataclass(frozen=True)
class Wants:
    """What an item asks of whoever sends it."""

    name: str
    lot: bool = False
    expiry: bool = False
    serials: bool = False
    is_whole: bool = False


@dataclass
class _Found:
    on_units: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    labels: Counter[str] = field(default_factory=Counter)


def objections(lines: Sequence[Packed], units: Sequence[PackedUnit]) -> list[str]:
    """Why lines and units do not make a truck; nothing when they do."""
    if len(units) > MOST_UNITS:
        return [_("A ship notice has at most %(most)s units.") % {"most": MOST_UNITS}]
    found = _Found()
    said = [*_serials(lines), *_tree(units)]
    for unit in units:
        said += _unit(unit, lines, found)
    said += [
        _("SSCC %(sscc)s stands on %(count)s units: every unit has its own.") % {"sscc": sscc, "count": count}
        for sscc, count in found.labels.items()
        if count > 1
    ]
    said += [
        _("Line %(line)s: %(packed)s stand on the units, %(announced)s are announced. Make them agree.")
        % {
            "line": _called(lines, place),
            "packed": plain(found.on_units[place]),
            "announced": plain(lines[place - 1].quantity),
        }
        for place in sorted(found.on_units)
        if found.on_units[place] != lines[place - 1].quantity
    ]
    return said


def missing(lines: Sequence[Packed], units: Sequence[PackedUnit], wants: Sequence[Wants]) -> list[str]:
    """What the items want of the lines and the lines do not say. ``wants`` goes line by line."""
    said = []
    for place, (line, item) in enumerate(zip(lines, wants, strict=True), start=1):
        told = {"line": line.called or place, "item": item.name}
        if item.lot and not line.lot:
            said.append(_("Line %(line)s, %(item)s: say which lot it is.") % told)
        if item.expiry and line.expires_on is None:
            said.append(_("Line %(line)s, %(item)s: say until when it keeps.") % told)
        if item.serials and len(line.serials) != line.quantity:
            told |= {"count": len(line.serials), "quantity": plain(line.quantity)}
            said.append(
                _("Line %(line)s, %(item)s: %(quantity)s serial numbers are needed, %(count)s are given.") % told
            )
        if item.is_whole and any(part % 1 for part in _parts(place, line, units)):
            said.append(_("Line %(line)s, %(item)s comes in whole pieces, also on each unit.") % told)
    return said


def why_no_sscc(sscc: str) -> str:
    """What is wrong with an SSCC; nothing when it is one."""
    if not (sscc.isascii() and sscc.isdigit() and len(sscc) == 18):
        return _("“%(sscc)s” is no SSCC: it has 18 digits.") % {"sscc": sscc}
    if not is_checked(sscc):
        return _("SSCC %(sscc)s: the last digit does not agree with the others. Read it off the label again.") % {
            "sscc": sscc
        }
    return ""


def is_package(code: str) -> bool:
    """Whether it looks like a code of Recommendation 21, which has hundreds."""
    return code.isascii() and code.isalnum() and code.isupper() and len(code) in (2, 3)


def below(units: Iterable[tuple[int, int | None]], top: int) -> set[int]:
    """The unit and everything that stands in it, from (key, key of the unit around it)."""
    inside: dict[int | None, list[int]] = defaultdict(list)
    for key, around in units:
        inside[around].append(key)
    found, waiting = set[int](), [top]
    while waiting:
        found.add(key := waiting.pop())
        waiting += inside[key]
    return found


def _called(lines: Sequence[Packed], place: int) -> str:
    return lines[place - 1].called or str(place)


def _parts(place: int, line: Packed, units: Sequence[PackedUnit]) -> list[Decimal]:
    return [line.quantity, *(held.quantity for unit in units for held in unit.holds if held.line == place)]


def _tree(units: Sequence[PackedUnit]) -> Iterator[str]:
    """Numbers given once, and every unit stands in one that is there, never in itself by any way round."""
    around = {unit.number: unit.around for unit in units}
    if len(around) != len(units):
        yield _("Two units have the same number.")
        return
    for unit in units:
        told = {"unit": unit.number, "around": unit.around}
        if unit.around is not None and unit.around not in around:
            yield _("Unit %(unit)s stands in unit %(around)s, which is not there.") % told
            return
    depths: dict[int | None, int] = {None: 0}
    for number in around:
        way: list[int] = []
        each: int | None = number
        while each is not None and each not in depths:
            if each in way:
                yield _("Unit %(unit)s stands in itself.") % {"unit": each}
                return
            way.append(each)
            each = around[each]
        for depth, settled in enumerate(reversed(way), start=depths[each] + 1):
            depths[settled] = depth
        if depths[number] > DEEPEST:
            yield _("Units stand in each other more than %(deep)s deep.") % {"deep": DEEPEST}
            return


def _unit(unit: PackedUnit, lines: Sequence[Packed], found: _Found) -> Iterator[str]:
    told = {"unit": unit.number, "package": unit.package}
    if unit.sscc:
        found.labels[unit.sscc] += 1
        if wrong := why_no_sscc(unit.sscc):
            yield wrong
    if not is_package(unit.package):
        yield _("Unit %(unit)s: “%(package)s” is no package code; write PX for a pallet, CT for a carton.") % told
    if unit.gross_weight is not None and unit.gross_weight <= 0:
        yield _("Unit %(unit)s: its weight must be more than zero.") % told
    if len({held.line for held in unit.holds}) < len(unit.holds):
        yield _("Unit %(unit)s names a line twice: put its quantities together.") % told
    for held in unit.holds:
        told["line"] = _called(lines, held.line) if 1 <= held.line <= len(lines) else held.line
        if not 1 <= held.line <= len(lines):
            yield _("Unit %(unit)s holds line %(line)s, which is not on the notice.") % told
        elif held.quantity <= 0:
            yield _("Unit %(unit)s, line %(line)s: the quantity must be more than zero.") % told
        else:
            found.on_units[held.line] += held.quantity
            if not set(held.serials) <= set(lines[held.line - 1].serials):
                yield (_("Unit %(unit)s, line %(line)s: it does not have the serial number that stands there.") % told)


def _serials(lines: Sequence[Packed]) -> Iterator[str]:
    seen: set[tuple[int, str]] = set()
    for place, line in enumerate(lines, start=1):
        for serial in line.serials:
            if (line.order_line_id, serial) in seen:
                said = {"line": line.called or place, "serial": serial}
                yield _("Line %(line)s: serial number %(serial)s is there twice.") % said
            seen.add((line.order_line_id, serial))
