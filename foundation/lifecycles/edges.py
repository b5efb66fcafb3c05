"""The lifecycle as PostgreSQL sees it: one function and one table of legal edges, made true after every migrate.

Edges are only added: the release before still runs while this one migrates. The birth of a row is an edge too.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django_fsm import FSMFieldMixin

FUNCTIONS = """
create table if not exists lifecycle_edge (
    kind text not null, old text not null, new text not null, primary key (kind, old, new));
create or replace function lifecycle_guard() returns trigger language plpgsql as $$
declare
    was text := '';
    becomes text := to_jsonb(new) ->> tg_argv[0];
begin
    if tg_op = 'UPDATE' then was := to_jsonb(old) ->> tg_argv[0]; end if;
    if not exists (select from public.lifecycle_edge e
                   where e.kind = tg_table_name and e.old = was and e.new = becomes) then
        raise exception '% may not go from "%" to "%"', tg_table_name, was, becomes
            using errcode = 'check_violation', constraint = 'legal_edge';
    end if;
    return new;
end $$;
create or replace function append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create sequence if not exists lease_token;
"""
TRIGGERS = """
create or replace trigger legal_birth before insert on {table}
    for each row execute function lifecycle_guard('{column}');
create or replace trigger legal_edge before update on {table}
    for each row when (old.{column} is distinct from new.{column}) execute function lifecycle_guard('{column}')"""
APPEND_ONLY = """
create or replace trigger no_change before update or delete on {table} for each row execute function append_only();
create or replace trigger no_truncate before truncate on {table} execute function append_only()"""


def edges() -> Iterator[tuple[str, str, str, str]]:
    """Every legal (table, column, from, to) of every lifecycle; an empty *from* is birth."""
    for model in apps.get_models():
        for field in model._meta.fields:
            if isinstance(field, FSMFieldMixin):
                table, column = model._meta.db_table, field.name
                for birth in getattr(model, "born_as", (str(field.default),)):
                    yield table, column, "", birth
                states = [value for value, _label in field.choices]
                for transition in field.get_all_transitions(model):
                    for source in states if transition.source in ("*", "+") else [transition.source]:
                        yield table, column, str(source), str(transition.target)


def install(**_signal: Any) -> None:
    """post_migrate: write the edges and hang the triggers."""
    every = sorted(set(edges()))
    with connection.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        cursor.executemany(
            "insert into lifecycle_edge values (%s, %s, %s) on conflict do nothing",
            [(table, old, new) for table, _column, old, new in every],
        )
        for table, column in sorted({(table, column) for table, column, *_ in every}):
            cursor.execute(TRIGGERS.format(table=table, column=column))
        for model in apps.get_models():
            if getattr(model, "append_only", False):
                cursor.execute(APPEND_ONLY.format(table=model._meta.db_table))
