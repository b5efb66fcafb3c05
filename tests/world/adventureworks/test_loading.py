"""The first orders of AdventureWorks: the sums of the source stand here, and a second run changes nothing."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import connection

from governance.cases.models import Case
from procurement.orders.models import PurchaseOrder
from tests.scene import Scene
from tests.world.adventureworks.loading import altered, load

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COUNT = 40
LOG = ("foundation_", "django_", "integration_import", "organization_notification", "auth_", "guardian_")
"""What is no business table: journal, jobs, files, staged rows."""


def business_tables() -> dict[str, tuple[int, str]]:
    """Table -> how many rows, and a hash over all that they say."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if model._meta.managed and not table.startswith(LOG):
                cursor.execute(
                    f"select count(*), md5(coalesce(string_agg(md5(x::text), '' order by md5(x::text)), '')) from {table} x"
                )
                found[table] = cursor.fetchone()
    return found


def test_a_handful_of_orders_stand_here_as_there_and_come_once(folder: Path) -> None:
    said = load(folder, COUNT)
    assert "NOT EQUAL" not in said
    assert said.count("  equal") == 9
    orders = PurchaseOrder.objects.everywhere(because="a test")
    assert set(orders.values_list("status", flat=True)) == {"closed"}
    assert Case._base_manager.filter(kind="receipt_damaged", status="open").exists()
    assert not Case._base_manager.filter(kind="receipt_short", status="open").exists()
    before = business_tables()
    assert before["procurement_purchaseorder"][0] == COUNT

    load(folder, COUNT)

    assert business_tables() == before


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
