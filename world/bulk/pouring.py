"""Pour rows into tables by COPY, without the triggers, keys and indexes that judge single rows in daily life.

Everything is put back before the transaction ends, and the keys are checked then, all rows at once. What the
triggers would have judged is judged by ``world.invariants``.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

KEYS = """
select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
where contype = 'f' and conrelid = any(%s::regclass[]) order by 1, 2"""
INDEXES = """
select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index
where indrelid = any(%s::regclass[]) and not indisunique order by 1"""
TRIGGERS = """
select tgrelid::regclass::text, tgname from pg_trigger
where not tgisinternal and tgenabled = 'O' and tgrelid = any(%s::regclass[]) order by 1, 2"""


@contextmanager
def unhindered(wanted: Iterable[type[models.Model]]) -> Iterator[None]:
    """Inside, rows of these models are judged by nobody; the caller holds a transaction on an unused database."""
    tables = [model._meta.db_table for model in wanted]
    with connection.cursor() as cursor:
        keys, indexes, triggers = (_all(cursor, query, tables) for query in (KEYS, INDEXES, TRIGGERS))
        for table, name, _said in keys:
            cursor.execute(f'alter table {table} drop constraint "{name}"')
        for index, _said in indexes:
            cursor.execute(f"drop index {index}")
        for table, name in triggers:
            cursor.execute(f'alter table {table} disable trigger "{name}"')
        yield
        for _index, said in indexes:
            cursor.execute(said)
        for table, name, said in keys:
            cursor.execute(f'alter table {table} add constraint "{name}" {said}')
        for table, name in triggers:
            cursor.execute(f'alter table {table} enable trigger "{name}"')


def _all(cursor: Any, query: str, tables: list[str]) -> list[tuple[str, ...]]:
    cursor.execute(query, [tables])
    return list(cursor.fetchall())


class Sheet:
    """Rows of one model that wait to be poured; what is not said has the field's default."""

    def __init__(self, model: type[models.Model]) -> None:
        fields = model._meta.concrete_fields
        self.table = model._meta.db_table
        self.columns = ", ".join(f'"{field.column}"' for field in fields)
        self.place = {field.attname: number for number, field in enumerate(fields)}
        self.usual = [None if field.primary_key else _usual(field) for field in fields]
        self.key = model._meta.pk.attname if model._meta.pk else "id"
        self.sequence = f"pg_get_serial_sequence('{self.table}', '{self.key}')"
        self.rows: list[list[Any]] = []
        self.last = 0
        self.look_again()

    def look_again(self) -> None:
        """The last key that the table has, or that waits to be poured."""
        with connection.cursor() as cursor:
            cursor.execute(f"select coalesce(max({self.key}), 0) from {self.table}")
            self.last = max(cursor.fetchone()[0], self.last)

    def add(self, **said: Any) -> int:
        """One more row; without a key it takes the next."""
        row = self.usual.copy()
        for name, value in said.items():
            row[self.place[name]] = value
        key = said.get(self.key)
        if key is None:
            key = self.last = self.last + 1
            row[self.place[self.key]] = key
        elif key > self.last:
            self.last = key
        self.rows.append(row)
        return key

    def pour(self) -> None:
        if not self.rows:
            return
        with connection.cursor() as cursor, cursor.copy(f"copy {self.table} ({self.columns}) from stdin") as copy:
            for row in self.rows:
                copy.write_row(row)
        self.rows = []

    def settle(self) -> None:
        """Let the table's own sequence go on where this sheet stopped."""
        with connection.cursor() as cursor:
            cursor.execute(f"select setval({self.sequence}, {max(self.last, 1)}, {'true' if self.last else 'false'})")


def _usual(field: models.Field) -> Any:
    value = (
        field.get_default() if field.has_default() else "" if not field.null and field.empty_strings_allowed else None
    )
    if isinstance(field, models.JSONField):
        return "{}" if value == {} else "[]" if value == [] else None
    return value
