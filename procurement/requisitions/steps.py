"""Buttons of a request that is being written, for those without scripts: each makes other rows of the rows."""

from typing import Any

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from organization.items.models import Item
from procurement.requisitions import typed
from procurement.requisitions.typed import Row

BLANK = 5


def blank(count: int = BLANK) -> list[Row]:
    return [Row() for _n in range(count)]


def take(do: str, rows: list[Row], data: Any) -> list[Row]:
    """``check``, ``add``, ``paste``, ``find``, ``pick:ITEM``, ``use:ROW:ITEM``, ``copy:ROW``, ``drop:ROW``."""
    name, *numbers = do.split(":")
    if name in ("check", "find"):
        return rows
    if name == "add":
        return [*rows, *blank()]
    if name == "paste":
        return [*(row for row in rows if not row.is_empty), *typed.pasted(data.get("pasted", "")), *blank(1)]
    places = [int(text) for text in numbers if text.isascii() and text.isdigit() and len(text) < 10]
    if name == "pick" and len(places) == 1:
        return typed.pick(rows, _item(places[0]))
    if name in ("use", "copy", "drop") and places and places[0] < len(rows):
        return _changed(name, rows, places)
    raise BadRequest(_("This button is not known."))


def _changed(name: str, rows: list[Row], places: list[int]) -> list[Row]:
    at = places[0]
    if name == "copy":
        return typed.doubled(rows, at)
    if name == "drop":
        return [*rows[:at], *rows[at + 1 :]]
    rows[at].what = _item(places[-1]).sku
    return rows


def _item(pk: int) -> Item:
    item = Item.objects.filter(pk=pk).first()
    if item is None:
        raise BadRequest(_("There is no such item."))
    return item
