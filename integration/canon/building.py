"""Documents made of the values that a reader found, and compared when they were read back."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from typing import Any

Values = dict[str, Any]
"""A part as a dictionary, with dots into the parts of a part: ``item.gtin``."""
BLAMED = "!"
"""Among the values of a part: the fields that were said and could not be read. They are not missing as well."""


@dataclass(frozen=True)
class _Shape:
    blanks: Mapping[str, Any]
    """Field without a default -> what stands there when nothing was said."""
    needed: tuple[str, ...]
    """Those of them that cannot be empty: numbers and codes."""
    parts: Mapping[str, type]
    """Field without a default that is a part itself."""
    kinds: Mapping[str, type]
    """Field that is a part -> its shape; dotted names lead into it."""


@cache
def _shape(shape: type) -> _Shape:
    hints = typing.get_type_hints(shape)
    blanks: dict[str, Any] = {}
    parts: dict[str, type] = {}
    kinds: dict[str, type] = {}
    for each in dataclasses.fields(shape):
        kind = hints[each.name]
        if isinstance(kind, types.UnionType):
            kind = next(option for option in typing.get_args(kind) if option is not type(None))
        is_part = dataclasses.is_dataclass(kind) and isinstance(kind, type)
        if is_part:
            kinds[each.name] = kind
        if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING:
            if is_part:
                parts[each.name] = kind
            else:
                blanks[each.name] = {str: "", Decimal: Decimal(0)}.get(kind)
    needed = tuple(name for name, blank in blanks.items() if name == "code" or isinstance(blank, Decimal))
    return _Shape(blanks, needed, parts, kinds)


def build(shape: type, values: Values) -> tuple[Any, list[str]]:
    """The part that the values make, and which fields nobody said that cannot be empty."""
    known = _shape(shape)
    given, inner = dict(known.blanks), dict[str, Values]()
    for name, value in values.items():
        if "." in name:
            head, _dot, rest = name.partition(".")
            inner.setdefault(head, {})[rest] = value
        else:
            given[name] = tuple(value) if type(value) is list else value
    missing = [name for name in known.needed if name not in values]
    for name, said in inner.items():
        given[name], lacking = build(known.kinds[name], said)
        missing += lacking
    for name, kind in known.parts.items():
        if name not in given:
            given[name], lacking = build(kind, {})
            missing += lacking
    return shape(**given), missing


def different(one: Any, other: Any, where: str = "") -> list[str]:
    """Which fields of two documents differ, each by its path."""
    if type(one) is not type(other) or not hasattr(one, "__dataclass_fields__"):
        if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
            pairs = enumerate(zip(one, other, strict=True))
            return [found for place, (a, b) in pairs for found in different(a, b, f"{where}[{place}]")]
        return [] if one == other else [where]
    return [
        found
        for each in fields(one)
        for found in different(getattr(one, each.name), getattr(other, each.name), f"{where}.{each.name}".lstrip("."))
    ]
