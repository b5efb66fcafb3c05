"""Many births at once are what as many single ones would have been."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from foundation.door import Stale, deciding
from foundation.door.births import bear
from foundation.journal import actions as journal
from foundation.journal.chain import broken_links
from foundation.journal.events import Event, subscribers
from foundation.journal.models import Delivery, Entry
from foundation.journal.turns import Silent
from foundation.values.actor import system
from organization.items.models import Category, Item, Unit
from organization.parties.models import Party
from suppliers.suppliers.models import Supplier

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
US = system("tests")


class Born(Event):
    """Told of every newborn."""

    what: str = ""


def told(row):
    return Born(subject=row.subject)


@pytest.fixture
def items(db):
    category, unit = Category.objects.create(code="C", name="C", path="1."), Unit.objects.create(code="EA", name="each")
    return lambda *skus: [Item(sku=sku, description=sku, category=category, base_unit=unit) for sku in skus]


@pytest.fixture
def listener(monkeypatch):
    monkeypatch.setitem(subscribers, Born.name, {"tests.listen": lambda event, *, key: None})


def as_written(row):
    """What the journal and the row say, without what must differ."""
    entry = Entry.objects.get(subject=row.subject)
    told = Delivery.objects.filter(entry=entry).values_list("subscriber", "number", "status")
    kept = type(row)._base_manager.get(pk=row.pk)
    return (
        (kept.version, kept.chain_length, kept.chain_head == entry.digest),
        (entry.number, entry.document_version, entry.name, entry.changes, entry.by, entry.at, entry.previous),
        list(told),
    )


class TestBear:
    def test_writes_what_deciding_writes(self, items, listener):
        single, *many = items("A", "B", "C")

        with deciding(single, by=US, key="single") as single:
            journal.record(told(single), at=NOW)
        bear(many, told, by=US, at=NOW, key="many")

        assert as_written(many[0]) == as_written(many[1]) == as_written(single)

    def test_leaves_chains_that_hold(self, items):
        born = bear(items("A", "B"), told, by=US, at=NOW, key="k")

        heads = {row.subject: (row.chain_length, row.chain_head) for row in born}
        assert broken_links(heads) == []
        assert broken_links(heads | {born[0].subject: (1, "another")}) == [f"{born[0].subject}#tail"]

    def test_takes_as_many_statements_for_a_thousand_as_for_two(self, items, listener):
        with CaptureQueriesContext(
            connection,
        ) as few:
            bear(items("A", "B"), told, by=US, at=NOW, key="few")
        with CaptureQueriesContext(connection) as many:
            bear(items(*map(str, range(1000))), told, by=US, at=NOW, key="many")

        assert len(many) == len(few)

    def test_is_judged_by_the_triggers(self, db):
        party = Party.objects.create(name="Nut & Sons", country="NL")
        grown = Supplier(party=party, number="S1", currency="EUR", status="active")

        with pytest.raises(IntegrityError, match="may not go from"):
            bear([grown], told, by=US, at=NOW, key="k")

    def test_tells_nobody_when_asked_not_to(self, items, listener):
        bear(items("A"), told, by=US, at=NOW, key="k", told=False)

        assert Entry.objects.count() == 1
        assert not Delivery.objects.exists()

    def test_joins_an_open_door_and_its_newborns_are_held(self, items):
        first, *others = items("A", "B")

        with deciding(first, by=US, key="k") as first:
            journal.record(told(first), at=NOW)
            [born] = bear(others, told, by=US, at=NOW)
            with deciding(born, by=US) as again:
                again.description = "better"
                journal.record(told(again), at=NOW)

        born.refresh_from_db()
        assert (born.version, born.chain_length, born.description) == (1, 2, "better")
        assert len(set(Entry.objects.values_list("turn", flat=True))) == 1

    def test_a_newborn_can_be_changed_by_a_door_of_its_own(self, items):
        [born] = bear(items("A"), told, by=US, at=NOW, key="k")

        with deciding(born, by=US, seen=1, key="next") as row:
            row.description = "changed"
            journal.record(told(row), at=NOW)

        assert row.version == 2
        with pytest.raises(Stale), deciding(born, by=US, seen=1, key="late"):
            pass

    def test_refuses_mixed_kinds_and_rows_that_live_already(self, items):
        born = bear(items("A"), told, by=US, at=NOW, key="k")

        with pytest.raises(AssertionError, match="newly made"):
            bear(born, told, by=US, at=NOW, key="again")

    def test_needs_a_key_outside_of_a_door(self, items):
        with pytest.raises(TypeError, match="carries a key"):
            bear(items("A"), told, by=US, at=NOW)

    def test_nothing_to_bear_opens_no_turn(self, db):
        assert bear([], told, by=US, at=NOW, key="k") == []
        with pytest.raises(Silent):
            journal.record(Born(subject="organization.item:1"), at=NOW)
