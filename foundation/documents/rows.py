"""One row by its key, read under a lock or written back: the door does both in every turn.

The statements are composed once a model. Composed anew by the ORM each of them costs more than PostgreSQL takes to run
it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)
FOR_SHARE = "for share"
FOR_NO_KEY_UPDATE = "for no key update"
"""Rows that merely point here by foreign key are not kept waiting."""
BATCH = 1_000
"""Rows of one statement, which takes 65,535 values."""


def locked(model: type[M], pk: Any, how: str) -> M:
    """The row as it now stands, held until the transaction ends. Raises the model's DoesNotExist."""
    row = first(model, f"{connection.ops.quote_name(model._meta.pk.column)} = %s {how}", [pk])  # type: ignore[union-attr]
    if row is None:
        raise model.DoesNotExist(f"{model._meta.label} {pk} is gone.")  # type: ignore[attr-defined]
    return row


def locked_all(model: type[M], pks: Sequence[Any], how: str) -> list[M]:
    """Several rows as ``locked``, in the order of their keys, by one statement."""
    columns, table, names, compiler, converters = _reading(model)
    key = connection.ops.quote_name(model._meta.pk.column)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(f"select {columns} from {table} where {key} = any(%s) order by {key} {how}", [list(pks)])
        found = [model.from_db(connection.alias, names, row) for row in compiler.apply_converters(cursor, converters)]
    if gone := set(pks) - {row.pk for row in found}:
        raise model.DoesNotExist(f"{model._meta.label} {sorted(gone)} are gone.")  # type: ignore[attr-defined]
    return found


def first(model: type[M], where: str, given: Sequence[Any], **more: str) -> M | None:
    """A row by a condition in SQL; ``more`` are expressions in SQL that it carries as attributes, as they come."""
    columns, table, names, compiler, converters = _reading(model)
    asked = ", ".join([columns, *more.values()])
    with connection.cursor() as cursor:
        cursor.execute(f"select {asked} from {table} where {where}", given)
        found = cursor.fetchone()
    if found is None:
        return None
    (values,) = compiler.apply_converters([found[: len(names)]], converters)
    row = model.from_db(connection.alias, names, values)
    for name, value in zip(more, found[len(names) :], strict=True):
        setattr(row, name, value)
    return row


@cache
def _reading(model: type[models.Model]) -> tuple[str, str, list[str], Any, Any]:
    """Columns and table of a model, and what the ORM does to what comes of them."""
    meta, quote = model._meta, connection.ops.quote_name
    assert not meta.parents, "A row that is spread over tables is not locked by one statement."
    columns = ", ".join(quote(field.column) for field in meta.concrete_fields)
    compiler: Any = model._base_manager.all().query.get_compiler(connection=connection)
    converters = compiler.get_converters([field.get_col(meta.db_table) for field in meta.concrete_fields])
    return columns, quote(meta.db_table), [field.attname for field in meta.concrete_fields], compiler, converters


def write(row: Any, changed: dict[str, Any], *, version: int) -> bool:
    """Write these columns, by their attributes, if the row still has this version. Whether it had."""
    fields, quote = _columns(type(row)), connection.ops.quote_name
    said, values = [], []
    for name, value in changed.items():
        field = fields[name]
        written = field.get_placeholder(value, None, connection) if hasattr(field, "get_placeholder") else "%s"
        said.append(f"{quote(field.column)} = {written}")
        values.append(field.get_db_prep_save(value, connection))
    meta = row._meta
    where = f"{quote(meta.pk.column)} = %s and {quote('version')} = %s"
    with connection.cursor() as cursor:
        cursor.execute(f"update {quote(meta.db_table)} set {', '.join(said)} where {where}", [*values, row.pk, version])
        return bool(cursor.rowcount)


@cache
def _columns(model: type[models.Model]) -> dict[str, Any]:
    return {field.attname: field for field in model._meta.concrete_fields}


def insert(new: list[Any]) -> None:
    """Insert rows of one plain model, in this order, and give them their keys."""
    for start in range(0, len(new), BATCH):
        part = new[start : start + BATCH]
        insert_into, names, one = _inserting(type(part[0]))
        values = [prepared(getattr(row, name), connection) for row in part for name, prepared in names]
        with connection.cursor() as cursor:
            cursor.execute(f"{insert_into} values {', '.join([one] * len(part))} returning id", values)
            for row, (key,) in zip(part, cursor.fetchall(), strict=True):
                row.pk, row._state.adding, row._state.db = key, False, connection.alias


@cache
def _inserting(model: type[models.Model]) -> tuple[str, list[tuple[str, Any]], str]:
    """The statement, how each column is prepared, and the place of one row."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    prepared = [(field.attname, field.get_db_prep_save) for field in fields]
    table = connection.ops.quote_name(model._meta.db_table)
    return f"insert into {table} ({columns})", prepared, f"({', '.join(['%s'] * len(fields))})"


def alone(what: str) -> None:
    """Wait for whoever says the same in an open transaction: for what has no row yet that could be locked."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
