"""From what a supplier types to pallets: "all on 8 equally", or per line "2-3" or "1:100 2:50". Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal

from django.utils.translation import gettext as _

from foundation.values.exact import plain
from foundation.values.quantity import parse_decimal
from foundation.values.reason import BadValue

MOST = 500
"""Pallets on one truck, typed by hand."""
PART = re.compile(r"(?P<first>[0-9]{1,4})(?:-(?P<last>[0-9]{1,4}))?(?::(?P<quantity>[0-9.]+))?")
FINEST = Decimal("0.000001")

Shares = dict[int, Decimal]
"""Pallet -> how much of the line stands on it."""


class Unclear(Exception):
    """What was typed is no way to pack; the sentence says what to type."""


def equally(quantity: Decimal, units: Iterable[int], *, is_whole: bool) -> Shares:
    """As even as it goes, the first ones get what is left over; in whole pieces where they are not cut."""
    wanted = list(units)
    step = Decimal(1) if is_whole and not quantity % 1 else FINEST
    each = (quantity / len(wanted)).quantize(step, ROUND_DOWN)
    left = int((quantity - each * len(wanted)) / step)
    shares = {unit: each + (step if place < left else 0) for place, unit in enumerate(wanted)}
    return {unit: share for unit, share in shares.items() if share}


def spread(text: str, quantity: Decimal, count: int, *, is_whole: bool) -> Shares:
    """Where ``quantity`` stands. Nothing typed: on all pallets equally; ``2-3``: equally on these; ``1:100 2-3:50``:
    so much on each part. A part without a quantity takes what the others leave. Raises Unclear.
    """
    parts = re.sub(r"\s*([-:])\s*", r"\1", text).replace(",", " ").replace(";", " ").split()
    if not parts:
        return equally(quantity, range(1, count + 1), is_whole=is_whole)
    read = [_part(part, count) for part in parts]
    said = sum((share for _units, share in read if share is not None), Decimal(0))
    open_units = [unit for units, share in read if share is None for unit in units]
    left = quantity - said
    if left < 0 or (left and not open_units):
        raise Unclear(
            _("%(said)s stand on the pallets, %(quantity)s are on the truck: make them agree.")
            % {"said": plain(said), "quantity": plain(quantity)}
        )
    shares: Shares = {}
    for units, share in [*((u, s) for u, s in read if s is not None), (open_units, left)]:
        for unit, part in equally(share, units, is_whole=is_whole).items() if units and share else ():
            shares[unit] = shares.get(unit, Decimal(0)) + part
    return shares


def _part(text: str, count: int) -> tuple[list[int], Decimal | None]:
    found = PART.fullmatch(text)
    if found is None:
        raise Unclear(
            _("“%(text)s”: write pallets such as 2-3, or how much on each such as 1:100 2:50.") % {"text": text}
        )
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if not 1 <= first <= last <= count:
        raise Unclear(_("“%(text)s”: there are pallets 1 to %(count)s.") % {"text": text, "count": count})
    try:
        share = parse_decimal(found["quantity"]) if found["quantity"] else None
    except BadValue as bad:
        raise Unclear(f"“{text}”: {bad}") from None
    return list(range(first, last + 1)), share


def ranges(units: Iterable[int]) -> str:
    """``{1, 2, 3, 7}`` -> ``1-3, 7``."""
    runs: list[list[int]] = []
    for unit in sorted(set(units)):
        if runs and unit == runs[-1][1] + 1:
            runs[-1][1] = unit
        else:
            runs.append([unit, unit])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def dealt(serials: list[str], shares: Shares) -> dict[int, list[str]]:
    """Serial numbers in the order in which they were pasted, so many on each pallet as stand there."""
    found, place = {}, 0
    for unit in sorted(shares):
        count = int(shares[unit])
        found[unit] = serials[place : place + count]
        place += count
    return found


@dataclass
class Pallet:
    """One unit as the page shows it."""

    number: int
    sscc: str = ""
    weight: str = ""
    holds: list[tuple[str, str]] = field(default_factory=list)
    """(what, how much)."""
