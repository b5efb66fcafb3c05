"""Waiting for others, in threads on committed data."""

import threading

import pytest
from django.db import connection, transaction

from config.settings.database import LIMITS
from foundation.door import Busy, turn
from foundation.journal.models import Turn
from organization.sites.models import Site
from tests.committed import own_database
from tests.foundation.documents import found, fresh, key, rename


@pytest.fixture(scope="module", autouse=True)
def db(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), own_database() as name:
        yield name


def in_threads(count, work):
    threads = [threading.Thread(target=lambda: (work(), connection.close())) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def held():
    """A document whose lock somebody else sits on."""
    document = found(title="Ours", key=key())
    sits, may_leave = threading.Event(), threading.Event()

    def sit():
        with transaction.atomic():
            turn.lock(document)
            sits.set()
            may_leave.wait(20)
        connection.close()

    sitter = threading.Thread(target=sit)
    sitter.start()
    sits.wait(10)
    yield document
    may_leave.set()
    sitter.join()


class TestBusy:
    def test_is_the_answer_when_others_hold_the_row_too_long(self, held, settings):
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '100ms'")

        with pytest.raises(Busy):
            rename(document=held, title="Mine", seen=1, key=key())

    def test_leaves_the_key_unused(self, held):
        used = key()
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '100ms'")

        with pytest.raises(Busy):
            rename(document=held, title="Mine", seen=1, key=used)

        assert not Turn.objects.filter(key=used).exists()

    def test_is_nobodys_who_only_points_at_the_row(self, held):
        """FOR UPDATE would make the foreign key's check of a new child wait for the whole action."""
        with connection.cursor() as cursor:
            cursor.execute("set lock_timeout = '100ms'")

        assert Site.objects.create(code=key()[:8], name="Rotterdam", entity=held).pk


class TestFiveAtOnce:
    def test_with_one_key_make_one_document(self):
        used, made = key(), []

        in_threads(5, lambda: made.append(found(title="New", key=used).pk))

        assert len(made) == 5
        assert len(set(made)) == 1

    def test_with_one_key_change_it_once(self):
        document, used = found(title="Ours", key=key()), key()

        in_threads(5, lambda: rename(document=document, title="Mine", seen=1, key=used))

        assert fresh(document).version == 2


def test_waiting_ends_by_the_databases_own_limit():
    assert "lock_timeout=3s" in LIMITS
