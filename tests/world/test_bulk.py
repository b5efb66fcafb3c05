"""A bulk world of sixty orders: loaded by COPY, and its books agree as if the actions had written them."""

from collections.abc import Iterator

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from foundation.journal.chain import plain
from foundation.journal.models import Entry
from governance.approvals.models import AutoApproval
from organization.people.models import Person
from procurement.orders import actions as orders
from procurement.orders.models import OrderRevision, PurchaseOrder
from procurement.orders.queries import full_lines
from procurement.orders.revisions import content_of
from procurement.requisitions.events import RequisitionApproved
from tests.world.builds import world
from world.scene import at


@pytest.fixture(scope="module", autouse=True)
def db(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[list[str]]:
    with django_db_blocker.unblock(), world("speck") as said:
        yield said


def every_order() -> list[PurchaseOrder]:
    return list(PurchaseOrder._base_manager.select_related("supplier", "entity", "site").order_by("pk"))


def test_its_books_agree(db: list[str]) -> None:
    assert any("0 broken" in line for line in db)


def test_orders_stand_in_every_stage() -> None:
    assert {order.status for order in every_order()} >= {"issued", "closed"}
    assert any(order.open_line_count and order.received_at for order in every_order())


def test_a_kept_revision_is_what_the_product_would_freeze() -> None:
    order = next(order for order in every_order() if order.status == "issued")

    kept = OrderRevision.objects.get(order=order, number=1)

    assert kept.content == plain(content_of(order, full_lines(order)))


def test_the_actions_go_on_where_the_load_stopped() -> None:
    order = next(order for order in every_order() if order.status == "issued" and not order.received_at)
    buyer = Person.objects.get(pk=order.buyer_id).actor

    order = orders.cancel(
        order=order, reason="Not needed.", by=buyer, at=at(order.need_by, 9), seen=order.version, key="go on"
    )

    assert order.status == "cancelled"


def test_triggers_and_keys_are_back() -> None:
    with pytest.raises((InternalError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("update procurement_purchaseorder set status = 'draft' where status = 'closed'")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_trigger where tgenabled = 'D'")
        assert cursor.fetchone()[0] == 0
        cursor.execute("select count(*) from pg_constraint where contype = 'f' and not convalidated")
        assert cursor.fetchone()[0] == 0
        cursor.execute("select count(*) from pg_constraint where conrelid = 'procurement_purchaseorderline'::regclass")
        assert cursor.fetchone()[0] > 10


def test_what_passed_by_itself_is_kept_for_replays() -> None:
    passed = Entry.objects.filter(name=RequisitionApproved.name, facts__by_policy=True).values_list(
        "subject", flat=True
    )

    assert set(AutoApproval.objects.values_list("about", flat=True)) == set(passed)
