"""What holds whatever the kind: each record once, in one turn with its row; two of a kind never at once."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.jobs import actions as jobs
from foundation.journal.models import Entry
from foundation.lifecycles import Refused
from integration.imports import actions as imports
from integration.imports import applying, inline
from integration.imports.models import Import, ImportRow
from organization.items.models import Item
from procurement.orders.models import PurchaseOrder
from procurement.requisitions.models import Requisition
from tests.integration.imports.conftest import Bring, effects, errors
from tests.integration.imports.test_kinds import ITEMS, ORDERS, STOCK, SUPPLIERS
from tests.scene import NOW, Scene, key

pytestmark = pytest.mark.django_db
TWO = ORDERS.replace("4712,S-100,RTM,BOLT-6,100,2,", "4712,S-100,RTM,BOLT-6,10,2,")


def begun(batch: Import, by: Any) -> Import:
    return imports.begin(batch=batch, by=by, at=NOW, seen=batch.version, key=key())


class TestOnce:
    def test_cut_off_between_two_records_it_goes_on_with_the_second(self, staged: Bring, steward: Any) -> None:
        batch = begun(staged("orders", TWO), steward)
        half = applying.apply(batch, by=steward, at=NOW)
        next(half)
        half.close()
        assert PurchaseOrder._base_manager.count() == 1
        jobs.cancel(job=batch.job)

        batch = inline.apply(Import.objects.get(pk=batch.pk), by=steward, at=NOW)

        assert (batch.status, batch.applied_count) == ("applied", 2)
        assert PurchaseOrder._base_manager.count() == 2

    def test_a_record_that_fails_half_way_leaves_nothing(
        self, staged: Bring, steward: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**_given: Any) -> None:
            raise Refused("The supplier is blocked.")

        monkeypatch.setattr("procurement.orders.actions.issue", refuse)
        batch = inline.apply(staged("orders", TWO), by=steward, at=NOW)

        assert errors(batch).count("The supplier is blocked.") == 2
        assert not Requisition._base_manager.exists()
        assert not PurchaseOrder._base_manager.exists()

    def test_the_row_and_the_record_are_written_in_one_turn(
        self, staged: Bring, steward: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Killed after the record and before its row, neither is there."""
        batch = begun(staged("items", ITEMS), steward)
        monkeypatch.setattr(applying, "_mark", _killed)

        with pytest.raises(Killed), transaction.atomic():
            list(applying.apply(batch, by=steward, at=NOW))

        assert not Item.objects.filter(sku="NUT-6").exists()

    def test_one_bad_record_of_a_set_does_not_keep_the_others_back(self, staged: Bring, steward: Any) -> None:
        batch = staged("items", ITEMS + "".join(f"NUT-{n},Nut {n},FAS,EA,1,,\n" for n in (8, 10, 12)))
        ImportRow.objects.filter(batch=batch, values__sku="NUT-10").update(
            values={
                "sku": "NUT-10",
                "description": "N",
                "category": "FAS",
                "base_unit": "EA",
                "standard_price": "1" * 15,
            }
        )

        batch = inline.apply(batch, by=steward, at=NOW)

        assert "A value does not fit. Shorten it, or use a smaller number." in errors(batch)
        assert set(Item.objects.filter(sku__startswith="NUT").values_list("sku", flat=True)) == {
            "NUT-6",
            "NUT-8",
            "NUT-12",
        }

    def test_the_same_file_twice_leaves_every_business_table_as_it_was(self, bring: Bring) -> None:
        for kind, rows in (("items", ITEMS), ("suppliers", SUPPLIERS), ("stock", STOCK), ("orders", TWO)):
            bring(kind, rows)
            before = written_tables()
            bring(kind, rows)
            assert written_tables() == before, kind


class Killed(BaseException):
    pass


def _killed(*_given: Any) -> None:
    raise Killed


def written_tables() -> dict[str, Any]:
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(("foundation_", "django_", "integration_import", "guardian_")):
                cursor.execute(f"select md5(coalesce(string_agg(x::text, '' order by x::text), '')) from {table} x")
                found[table] = cursor.fetchone()
    return found


class TestOneAtATime:
    def test_a_second_of_the_kind_is_told_which_one_runs(self, staged: Bring, steward: Any) -> None:
        begun(staged("items", ITEMS), steward)

        with pytest.raises(Refused, match=r"rows\.csv, has been running since 09:00 UTC"):
            begun(staged("items", ITEMS), steward)

    def test_another_kind_may_run_beside_it(self, staged: Bring, steward: Any) -> None:
        begun(staged("items", ITEMS), steward)

        assert begun(staged("suppliers", SUPPLIERS), steward).status == "running"

    def test_the_database_holds_it_too(self, staged: Bring, steward: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """The twin: with the question left out, the constraint answers, in the same words."""
        begun(staged("items", ITEMS), steward)
        monkeypatch.setattr(imports, "_may_begin", lambda _batch: None)

        with pytest.raises(Refused, match="has been running since"):
            begun(staged("items", ITEMS), steward)
        with pytest.raises(IntegrityError), transaction.atomic():
            Import.objects.filter(status="staged").update(status="running")


class TestUndo:
    def test_a_version_that_moved_on_is_left(self, bring: Bring, take_back: Bring) -> None:
        first = bring("items", ITEMS)
        bring("items", "sku,description\nBOLT-6,Later\n")

        first = take_back(first)

        assert "BOLT-6 Later was changed since" in " ".join(errors(first))
        assert first.status == "applied"

    def test_without_that_guard_a_later_change_would_be_lost(
        self, bring: Bring, take_back: Bring, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The twin."""
        first = bring("items", ITEMS)
        bring("items", "sku,description\nBOLT-6,Later\n")
        monkeypatch.setattr("integration.imports.kinds.items.Items.is_master", False)

        take_back(first)

        assert Item.objects.get(sku="BOLT-6").description == "Hex bolt M6"

    def test_twice_has_one_effect(self, bring: Bring, take_back: Bring) -> None:
        batch = take_back(bring("items", ITEMS))

        with pytest.raises(Refused, match="Only an import that was applied can be undone"):
            take_back(batch)

    def test_after_the_objection_is_gone_the_rest_is_undone(self, bring: Bring, take_back: Bring, scene: Scene) -> None:
        items = bring("items", ITEMS)
        stock = bring("stock", STOCK)
        demand = bring("demand", "customer,reference,site,sku,quantity,promised_on\nC-1,W,RTM,BOLT-6,1,2026-03-09\n")
        assert effects(demand) == ["new"]
        take_back(demand)

        assert take_back(stock).status == "undone"
        assert (
            take_back(items).status == "applied"
        )  # its bolt was moved, so its version is not the one that was written

    def test_every_step_is_in_the_journal(self, bring: Bring, take_back: Bring) -> None:
        batch = take_back(bring("items", ITEMS))

        names = Entry.objects.filter(subject=batch.subject).order_by("number").values_list("name", flat=True)
        assert [name.rpartition(".")[2] for name in names] == [
            *["ImportStaged", "ImportBegun", "ImportApplied", "ImportUndoBegun", "ImportUndone"]
        ]
