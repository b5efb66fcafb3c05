"""Numbers: unique, readable, never waited for."""

import threading
from datetime import date

import pytest
from django.db import connection, transaction

from foundation.numbering import actions as numbering
from tests.committed import own_database

ON = date(2026, 11, 23)


@pytest.fixture(scope="module", autouse=True)
def db(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database() as name:
        yield name


class TestTake:
    def test_is_readable(self):
        assert numbering.written("PO", "NL01", ON, 123) == "PO-NL01-2026-000123"

    def test_gives_each_number_once_to_many_at_once(self):
        taken = []

        def work():
            taken.extend(numbering.take("PO", "NL01", ON) for _ in range(50))
            connection.close()

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(set(taken)) == len(taken) == 400

    def test_leaves_a_gap_when_the_work_is_undone_and_makes_nobody_wait(self):
        with transaction.atomic():
            first = numbering.take("PO", "NL01", ON)
            transaction.set_rollback(True)

        assert numbering.take("PO", "NL01", ON) > first

    def test_takes_many_in_one_query(self):
        numbers = numbering.take_many("REQ", "NL01", ON, 100)

        assert len(set(numbers)) == 100

    def test_knows_its_kinds(self):
        with pytest.raises(AssertionError):
            numbering.take("NOSUCH", "NL01", ON)

    @pytest.mark.parametrize("kind", sorted(numbering.KINDS))
    def test_has_a_sequence_for_each_kind(self, kind):
        assert numbering.take(kind, "NL01", ON).startswith(f"{kind}-NL01-2026-")
