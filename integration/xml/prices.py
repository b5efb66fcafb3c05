"""Prices of lines: the basis is said where it is not one of the line's unit, and then with its unit."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from integration.xml.tables import Values


def told_price(line: Any) -> Values:
    is_said = line.price is not None and (line.price_basis != 1 or line.price_unit)
    return {"price_basis": line.price_basis if is_said else None, "price_unit": line.price_unit or line.unit}


def heard_price(found: Values) -> None:
    """A unit that is the line's own is not one of the price; and without a price there is neither."""
    if found.get("price_unit") == found.get("unit", "") or "price" not in found:
        found.pop("price_unit", None)
    if "price" not in found:
        found.pop("price_basis", None)


def priced(line: Any) -> Any:
    """The line as far as its price is said."""
    if line.price is None:
        return replace(line, price_basis=Decimal(1), price_unit="")
    return replace(line, price_unit="" if line.price_unit == line.unit else line.price_unit)
