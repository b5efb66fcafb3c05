"""The door: keys, versions, locks, records."""

import pytest
from django.db import connection, transaction

from foundation.door import KeyReused, Stale, deciding, opening
from foundation.door.refusals import OutOfOrder
from foundation.journal import actions as journal
from foundation.journal.models import Entry, Turn
from foundation.journal.turns import Silent
from organization.entities.models import LegalEntity
from organization.sites.models import Site
from tests.foundation.documents import ANA, AT, SYSTEM, Renamed, found, fresh, key, rename, renamed, unborn

pytestmark = pytest.mark.django_db


@pytest.fixture
def document():
    return found(title="Ours", key=key())


class Spy:
    """Every statement, in order."""

    def __init__(self):
        self.said = []

    def __call__(self, execute, sql, params, many, context):
        self.said.append(sql)
        return execute(sql, params, many, context)

    @property
    def locks(self):
        return [sql for sql in self.said if "for no key update" in sql or "for share" in sql]


class TestTheVersion:
    def test_is_bumped_once_a_turn_and_already_inside_the_door(self, document):
        with deciding(document, by=ANA, seen=1, key=key()) as outer:
            with deciding(document, by=ANA) as inner:
                journal.record(Renamed(subject=inner.subject, title="x"), at=AT)
            inside = outer.version
            journal.record(Renamed(subject=outer.subject, title="y"), at=AT)

        assert (inside, fresh(document).version) == (2, 2)

    def test_that_was_seen_must_be_the_one_that_is(self, document):
        renamed(document, "Theirs")

        with pytest.raises(Stale) as stale:
            rename(document=document, title="Mine", seen=1, key=key())

        [missed] = stale.value.difference
        assert (stale.value.seen, stale.value.now) == (1, 2)
        assert (missed["by"], missed["changes"]) == (str(SYSTEM), {"name": ["Ours", "Theirs"]})

    def test_must_be_said_by_a_person(self, document):
        with pytest.raises(TypeError, match="which version"):
            rename(document=document, title="Mine", by=ANA, key=key())

    def test_may_be_that_of_another_row(self, document):
        other = found(title="Other", key=key())
        renamed(other, "Changed")

        with pytest.raises(Stale), deciding(document, by=ANA, seen=1, key=key(), of=other, first=[other]):
            pass


class TestTheKey:
    def test_gives_a_repeat_the_first_answer_and_does_nothing_twice(self, document):
        used = key()
        rename(document=document, title="Mine", seen=1, key=used)
        renamed(document, "Theirs")

        again = rename(document=document, title="Mine", seen=1, key=used)

        assert (again.pk, again.name, again.version) == (document.pk, "Theirs", 3)

    def test_stands_for_one_request_only(self, document):
        used = key()
        rename(document=document, title="Mine", seen=1, key=used)

        with pytest.raises(KeyReused):
            rename(document=document, title="Another", seen=1, key=used)

    def test_belongs_to_one_actor(self, document):
        used = key()
        rename(document=document, title="Mine", seen=1, key=used)

        assert renamed(document, "Mine").version == 3

    def test_is_not_used_up_by_a_refusal(self, document):
        used = key()
        with pytest.raises(Stale):
            rename(document=document, title="Mine", seen=7, key=used)

        assert rename(document=document, title="Mine", seen=1, key=used).name == "Mine"

    def test_is_wanted_of_everything_that_comes_from_outside(self, document):
        with pytest.raises(TypeError, match="carries a key"), deciding(document, by=SYSTEM):
            pass


class TestTheRecord:
    def test_says_what_changed_from_what_to_what(self, document):
        renamed(document, "Theirs")

        entry = Entry.objects.get(subject=document.subject, number=2)
        assert (entry.document_version, entry.changes) == (2, {"name": ["Ours", "Theirs"]})

    def test_is_missed_loudly_and_nothing_is_left(self, document):
        used = key()
        with pytest.raises(Silent), deciding(document, by=ANA, seen=1, key=used) as held:
            held.name = "Mine"

        assert fresh(document).name == "Ours"
        assert not Turn.objects.filter(key=used).exists()

    def test_cannot_speak_of_a_document_whose_door_is_closed(self, document):
        other = found(title="Other", key=key())

        with pytest.raises(Silent), deciding(document, by=ANA, seen=1, key=key()):
            journal.record(Renamed(subject=other.subject, title="x"), at=AT)

    def test_cannot_be_made_outside_a_door(self, document):
        with pytest.raises(Silent):
            journal.record(Renamed(subject=document.subject, title="x"), at=AT)

    def test_ties_everything_of_one_request_together(self, document):
        other = found(title="Other", key=key())
        with opening(by=SYSTEM, key=key()):
            for row in (document, other):
                with deciding(row, by=SYSTEM) as held:
                    journal.record(Renamed(subject=held.subject, title="x"), at=AT)

        assert Entry.objects.get(subject=document.subject, number=2).turn == Entry.objects.latest("id").turn

    def test_of_a_nested_door_is_optional_on_a_row_that_the_outer_one_speaks_of(self, document):
        with deciding(document, by=ANA, seen=1, key=key()) as outer:
            with deciding(document, by=ANA) as inner:
                inner.country = "BE"
            journal.record(Renamed(subject=outer.subject, title="x"), at=AT)

        assert fresh(document).country == "BE"


class TestLocks:
    def test_are_taken_in_the_order_of_ranks_whatever_the_order_they_are_named_in(self, document):
        site = Site.objects.create(code=key()[:8], name="Rotterdam", entity=document)

        with connection.execute_wrapper(spy := Spy()), deciding(site, by=ANA, seen=0, key=key(), first=[document]) as s:
            journal.record(Renamed(subject=s.subject, title="x"), at=AT)

        assert ["organization_legalentity" in sql for sql in spy.locks] == [True, False]

    def test_are_taken_once_for_each_row(self, document):
        with connection.execute_wrapper(spy := Spy()), deciding(document, by=ANA, seen=1, key=key()) as outer:
            with deciding(document, by=ANA) as inner:
                journal.record(Renamed(subject=inner.subject, title="x"), at=AT)
            journal.record(Renamed(subject=outer.subject, title="y"), at=AT)

        assert len(spy.locks) == 1

    def test_on_an_earlier_row_must_be_asked_for_first(self, document):
        site = Site.objects.create(code=key()[:8], name="Rotterdam", entity=document)

        with (
            pytest.raises(OutOfOrder),
            deciding(site, by=SYSTEM, key=key()),
            deciding(document, by=SYSTEM),
        ):
            pass

    def test_that_are_shared_only_keep_a_row_still(self, document):
        other = found(title="Other", key=key())
        with (
            connection.execute_wrapper(spy := Spy()),
            deciding(document, by=SYSTEM, key=key(), shared=[other]) as held,
        ):
            journal.record(Renamed(subject=held.subject, title="x"), at=AT)

        assert sum("for share" in sql for sql in spy.locks) == 1
        assert fresh(other).version == 1

    def test_come_back_as_fresh_rows_so_that_the_callers_copy_is_never_decided_on(self, document):
        LegalEntity.objects.filter(pk=document.pk).update(country="BE")

        with deciding(document, by=ANA, seen=1, key=key()) as held:
            country = held.country
            journal.record(Renamed(subject=held.subject, title="x"), at=AT)

        assert (document.country, country) == ("NL", "BE")


class TestBirth:
    def test_is_the_first_entry_of_a_chain(self):
        document = found(title="New", key=key())

        assert (document.version, document.chain_length) == (1, 1)
        assert Entry.objects.get(subject=document.subject).previous == ""

    def test_happens_once_for_a_key(self):
        used = key()

        assert found(title="New", key=used).pk == found(title="New", key=used).pk


class TestTheTurn:
    def test_costs_six_statements_for_a_change(self, document):
        with connection.execute_wrapper(spy := Spy()):
            rename(document=document, title="Mine", seen=1, key=key())

        work = [sql for sql in spy.said if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
        assert len(work) <= 6, work

    def test_leaves_nothing_open_after_an_error(self, document):
        with pytest.raises(ZeroDivisionError), deciding(document, by=ANA, seen=1, key=key()):
            1 / 0  # noqa: B018

        assert rename(document=document, title="Mine", seen=1, key=key()).name == "Mine"

    def test_is_told_when_somebody_wrote_without_the_lock(self, document):
        with (
            pytest.raises(AssertionError, match="without the lock"),
            deciding(document, by=ANA, seen=1, key=key()) as held,
        ):
            LegalEntity.objects.filter(pk=document.pk).update(version=5)
            journal.record(Renamed(subject=held.subject, title="x"), at=AT)


def test_a_transaction_around_a_door_is_refused(document):
    """Durable: a door's commit is a commit. Only the test's own transaction is let pass."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        rename(document=document, title="Mine", seen=1, key=key())


def test_a_document_that_was_never_recorded_has_no_version_to_speak_of():
    assert unborn().version == 0
