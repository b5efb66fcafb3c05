"""A few orders, loaded once: what stands here is compared with the source, and with another one."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError
from django.db import transaction

from integration.imports.models import Origin
from procurement.orders.models import PurchaseOrder
from receiving.receipts.models import Receipt
from suppliers.suppliers.models import Supplier
from tests.committed import own_database
from tests.samples import sample
from tests.world.adventureworks.loading import altered, load
from world.adventureworks import sums
from world.adventureworks.source import Source

pytestmark = pytest.mark.slow
FEW = 3


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = sample("adventureworks")
    with django_db_blocker.unblock(), own_database(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.FILE_STORE", tmp_path_factory.mktemp("files"))
        load(folder, FEW)
        yield


def test_what_differs_is_found(folder: Path) -> None:
    """The twin: one piece less in the books, one cent more on a line, and the command would fail."""
    source = Source(folder, FEW)
    assert all(figure.agrees for figure in sums.compare(source))
    with transaction.atomic():
        order = PurchaseOrder.objects.everywhere(because="a test").first()
        order.lines.filter(number=1).update(price=Decimal("0.01"))
        receipt = Receipt.objects.everywhere(because="a test").last()
        receipt.lines.filter(number=1).update(damaged=1)

        wrong = {figure.name for figure in sums.compare(source) if not figure.agrees}
        transaction.set_rollback(True)

    assert wrong == {"line totals", "rejected"}


def test_another_source_than_was_loaded_is_refused(folder: Path, tmp_path: Path) -> None:
    other = altered(
        folder,
        tmp_path / "other",
        purchase_order_detail=("1,1,2022-04-29 00:00:00.000,4,", "1,1,2022-04-29 00:00:00.000,5,"),
    )

    with pytest.raises(CommandError, match="imported before with other contents"):
        load(other, FEW)


def test_vendors_that_are_inactive_are_retired_when_their_orders_are_in(folder: Path) -> None:
    idle = {row.number for row in Supplier.objects.filter(status="inactive")}

    assert idle == set(Source(folder, FEW).inactive())
    assert Origin.objects.filter(kind="orders").count() == FEW
