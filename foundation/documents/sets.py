"""Write columns of many rows in one statement."""

from collections.abc import Iterable, Sequence

from django.db import connection, models


def write(rows: Iterable[models.Model], fields: Sequence[str], *, versions: Sequence[int] | None = None) -> None:
    """As ``bulk_update``, at a tenth of its cost: the values travel as one array a column, not as one CASE a value.

    For rows that the caller holds already, so that the order in which the statement meets them locks nobody out.
    ``versions`` are those that the rows must still have.
    """
    rows = list(rows)
    if not rows:
        return
    meta = rows[0]._meta
    columns = [meta.pk, *(meta.get_field(name) for name in fields)]
    given = [[field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows] for field in columns]
    names = [connection.ops.quote_name(field.column) for field in columns]
    arrays = ", ".join(f"%s::{field.cast_db_type(connection)}[]" for field in columns)
    changed = ", ".join(f"{name} = a.{name}" for name in names[1:])
    table, guard = connection.ops.quote_name(meta.db_table), ""
    if versions is not None:
        given, arrays, guard = [*given, list(versions)], f"{arrays}, %s::integer[]", " and t.version = a.held"
        names.append("held")
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {table} t set {changed} from unnest({arrays}) as a ({', '.join(names)})"
            f" where t.{names[0]} = a.{names[0]}{guard}",
            given,
        )
        assert cursor.rowcount == len(rows), f"{len(rows) - cursor.rowcount} rows of {table} are not as they were."
