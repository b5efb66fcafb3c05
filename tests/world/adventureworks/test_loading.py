"""The first hundred orders of AdventureWorks: the sums of the source stand here, and a second run changes nothing."""

import gzip
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from governance.cases.models import Case
from integration.imports.models import Origin
from procurement.orders.models import PurchaseOrder
from receiving.receipts.models import Receipt
from suppliers.suppliers.models import Supplier
from tests.samples import sample
from tests.scene import Scene
from world.adventureworks import sums
from world.adventureworks.source import Source

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
LOG = ("foundation_", "django_", "integration_import", "organization_notification", "auth_", "guardian_")
"""What is no business table: journal, jobs, files, staged rows."""


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILE_STORE = tmp_path / "files"
    return sample("adventureworks")


def load(folder: Path, orders: int) -> str:
    out = io.StringIO()
    call_command("adventureworks", str(folder), orders=orders, stdout=out, stderr=out)
    return out.getvalue()


def business_tables() -> dict[str, tuple[int, str]]:
    """Table -> how many rows, and a hash over all that they say."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if not table.startswith(LOG):
                cursor.execute(
                    f"select count(*), md5(coalesce(string_agg(md5(x::text), '' order by md5(x::text)), '')) from {table} x"
                )
                found[table] = cursor.fetchone()
    return found


def altered(folder: Path, into: Path, **tables: tuple[str, str]) -> Path:
    """The source with one piece of text replaced in some of its files."""
    into.mkdir()
    for path in folder.iterdir():
        name = path.name.partition(".")[0]
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        old, new = tables.get(name, ("", ""))
        assert old.encode() in content
        (into / f"{name}.csv").write_bytes(content.replace(old.encode(), new.encode(), 1) if old else content)
    return into


def test_a_hundred_orders_stand_here_as_there_and_come_once(folder: Path) -> None:
    said = load(folder, 100)
    assert "NOT EQUAL" not in said
    assert said.count("  equal") == 9
    orders = PurchaseOrder.objects.everywhere(because="a test")
    assert set(orders.values_list("status", flat=True)) == {"closed"}
    assert Case._base_manager.filter(kind="receipt_damaged", status="open").exists()
    assert not Case._base_manager.filter(kind="receipt_short", status="open").exists()
    before = business_tables()
    assert before["procurement_purchaseorder"][0] == 100

    load(folder, 100)

    assert business_tables() == before


def test_what_differs_is_found(folder: Path) -> None:
    """The twin: one piece less in the books, one cent more on a line, and the command would fail."""
    load(folder, 3)
    source = Source(folder, 3)
    assert all(figure.agrees for figure in sums.compare(source))
    order = PurchaseOrder.objects.everywhere(because="a test").first()
    order.lines.filter(number=1).update(price=Decimal("0.01"))
    receipt = Receipt.objects.everywhere(because="a test").last()
    receipt.lines.filter(number=1).update(damaged=1)

    wrong = {figure.name for figure in sums.compare(source) if not figure.agrees}

    assert wrong == {"line totals", "rejected"}


def test_another_source_than_was_loaded_is_refused(folder: Path, tmp_path: Path) -> None:
    load(folder, 2)
    other = altered(
        folder,
        tmp_path / "other",
        purchase_order_detail=("1,1,2022-04-29 00:00:00.000,4,", "1,1,2022-04-29 00:00:00.000,5,"),
    )

    with pytest.raises(CommandError, match="imported before with other contents"):
        load(other, 2)


def test_vendors_that_are_inactive_are_retired_when_their_orders_are_in(folder: Path) -> None:
    load(folder, 1)

    idle = {row.number for row in Supplier.objects.filter(status="inactive")}
    assert idle == set(Source(folder, 1).inactive())
    assert Origin.objects.filter(kind="orders").count() == 1


def test_rejected_orders_have_no_place(folder: Path, tmp_path: Path) -> None:
    other = altered(folder, tmp_path / "other", purchase_order_header=("1,5,4,258,", "1,5,3,258,"))

    with pytest.raises(CommandError, match="status 3"):
        load(other, 1)


def test_only_into_a_database_of_its_own(scene: Scene, folder: Path) -> None:
    with pytest.raises(CommandError, match="holds another distributor"):
        load(folder, 1)


def test_a_folder_without_the_files_says_so(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"holds no purchase_order_header\.csv"):
        load(tmp_path, 1)
