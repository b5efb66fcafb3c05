"""A table names fields that there are,: it is data, and nothing else would say so."""

import dataclasses
import types
import typing

import pytest

from integration.edi.maps import MAPS
from integration.edi.tables import Loop, Row


def kind_of(shape: type, name: str) -> typing.Any:
    """The type of a dotted field; None in ``X | None`` does not count."""
    for step in name.split("."):
        assert step in {field.name for field in dataclasses.fields(shape)}, f"{shape.__name__} has no {step}"
        shape = typing.get_type_hints(shape)[step]
        if isinstance(shape, types.UnionType):
            shape = next(option for option in typing.get_args(shape) if option is not type(None))
    return shape


def walk(rows, shape, around, top):
    for each in rows:
        if isinstance(each, Loop):
            inner = each.shape or shape
            if each.field:
                assert typing.get_origin(kind_of(shape, each.field)) is tuple
                assert not each.needs or kind_of(inner, each.needs)
            yield from walk(each.rows, inner, shape if each.field else around, top)
        else:
            yield each, shape, around, top


@pytest.mark.parametrize("table", MAPS, ids=lambda table: f"{table.kind}-{table.generation}-{table.document.__name__}")
def test_every_field_is_there(table):
    for row, shape, around, top in walk(table.rows, table.shape, table.shape, table.shape):
        for cell in row.cells.values():
            if cell.field[:1] in ("", "@", "#"):
                continue
            if cell.field.startswith("^"):
                kind_of(around, cell.field[1:])
            else:
                kind = kind_of(top if cell.is_top else shape, cell.field)
                assert cell.is_many == (typing.get_origin(kind) is tuple), cell.field
        for name in row.pairs.fields.values() if row.pairs else ():
            assert kind_of(shape, name) is str


def test_a_field_that_is_not_there_would_be_found():
    from integration.canon.parts import Slot
    from integration.edi.tables import row, text

    with pytest.raises(AssertionError, match="Slot has no color"):
        kind_of(Slot, next(iter(row("SCH", {1: text("color")}).cells.values())).field)


def test_the_first_row_of_a_map_is_a_segment():
    assert all(isinstance(table.rows[0], Row) for table in MAPS)
