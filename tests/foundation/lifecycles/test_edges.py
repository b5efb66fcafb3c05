"""The database knows the lifecycles: every pair of states of every machine, asked of PostgreSQL itself.

The guard is hung on a small table of its own for each machine, so that pairs can be tried without building documents.
"""

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction

from foundation.lifecycles.diagrams import living
from foundation.lifecycles.edges import APPEND_ONLY, TRIGGERS, edges
from organization.entities.models import LegalEntity
from tests.foundation.documents import found, key

pytestmark = pytest.mark.django_db
MACHINES = [(model._meta.db_table, field.name) for model, field in living()]


def states(table):
    [found] = [(model, field) for model, field in living() if model._meta.db_table == table]
    return [value for value, _label in found[1].choices]


def triggers(table):
    with connection.cursor() as cursor:
        cursor.execute("select tgname from pg_trigger where tgrelid = %s::regclass and tgenabled = 'O'", [table])
        return {name for (name,) in cursor.fetchall()}


def passes(sql, *given):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, given)
    except IntegrityError as error:
        assert error.__cause__.diag.constraint_name == "legal_edge"
        return False
    return True


@pytest.fixture
def copy():
    """An empty table of the same name in another schema, with the product's own triggers."""

    def make(table, column):
        with connection.cursor() as cursor:
            cursor.execute("create schema if not exists tried")
            cursor.execute("set local search_path to tried, public")
            cursor.execute(f"create table tried.{table} (id int, {column} text)")
            cursor.execute(TRIGGERS.format(table=f"tried.{table}", column=column))

    return make


class TestTheDatabase:
    @pytest.mark.parametrize(("table", "column"), MACHINES, ids=[table for table, _ in MACHINES])
    def test_agrees_with_the_lifecycle_on_every_pair_of_states(self, table, column, copy):
        legal = {(old, new) for kind, _, old, new in edges() if kind == table}
        copy(table, column)
        tried = 0

        for new in [*states(table), "nonsense"]:
            assert passes(f"insert into tried.{table} values (1, %s)", new) == (("", new) in legal), new
            for old in states(table):
                if old != new:
                    with connection.cursor() as cursor:
                        cursor.execute(f"alter table tried.{table} disable trigger user; delete from tried.{table}")
                        cursor.execute(f"insert into tried.{table} values (1, %s)", [old])
                        cursor.execute(f"alter table tried.{table} enable trigger user")
                    moved = passes(f"update tried.{table} set {column} = %s", new)
                    assert moved == ((old, new) in legal), f"{old} -> {new}"
                    tried += 1

        assert tried == len(states(table)) ** 2

    @pytest.mark.parametrize(("table", "column"), MACHINES, ids=[table for table, _ in MACHINES])
    def test_guards_the_real_table(self, table, column):
        assert {"legal_birth", "legal_edge"} <= triggers(table)

    def test_twin_without_its_trigger_lets_everything_pass(self, copy):
        table, column = MACHINES[0]
        copy(table, column)
        with connection.cursor() as cursor:
            cursor.execute(f"alter table tried.{table} disable trigger user")

        assert passes(f"insert into tried.{table} values (1, 'nonsense')")


APPENDED = [model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)]


class TestAppendOnly:
    def test_is_what_entries_seals_and_decisions_are(self):
        assert {"foundation_entry", "foundation_seal", "governance_decision"} <= set(APPENDED)

    @pytest.mark.parametrize("table", APPENDED)
    def test_guards_the_real_tables(self, table):
        assert {"no_change", "no_truncate"} <= triggers(table)

    @pytest.mark.parametrize("sql", ["update tried.log set id = 2", "delete from tried.log", "truncate tried.log"])
    def test_refuses_every_change(self, sql):
        with connection.cursor() as cursor:
            cursor.execute("create schema tried; create table tried.log (id int)")
            cursor.execute(APPEND_ONLY.format(table="tried.log"))
            cursor.execute("insert into tried.log values (1)")

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    def test_lets_documents_change(self):
        document = found(title="Ours", key=key())

        assert LegalEntity.objects.filter(pk=document.pk).update(name="Theirs") == 1
