"""What is late is reminded of twice, then told, then owned; time that was not the supplier's is not his."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from governance.cases.models import Case
from intelligence.performance.judging import cases
from intelligence.performance.reading import Record
from organization.calendars.models import Calendar
from organization.notifications.models import Mail, Notice
from organization.sites.models import Site
from procurement.changes.models import ChangeRequest
from procurement.chasing import actions, queries
from procurement.chasing.models import Chase, Waits
from procurement.orders.models import PurchaseOrder
from procurement.tasks import clock_chases
from suppliers.scorecards.glossary import Measure
from suppliers.submissions import actions as submissions
from suppliers.terms import actions as terms
from tests.scene import NOW, SETUP, fresh, key

LATE = NOW + dt.timedelta(hours=48, minutes=1)
HOUR = dt.timedelta(hours=1)


def tick(at):
    with time_machine.travel(at, tick=False):
        clock_chases()
        drain()


def says(scene, order, **line):
    body = {"revision": 1, "lines": [{"line": 1, "quantity": "100", "on": str(order.need_by), **line}]}
    submissions.submit(
        supplier=scene.supplier,
        kind="confirmation",
        about=order.public_id,
        channel="api",
        body=body,
        by=scene.supplier_actor,
        at=NOW,
        key=key(),
    )
    drain()


@pytest.fixture
def order(order):
    Mail.objects.all().delete()
    return order


def charged_at(order, at):
    """Whom the scorecard would charge for the answer that is missing."""
    record = Record(order.supplier, since=NOW.date(), at=at)
    (case,) = (one for one in cases(record) if one.measure == Measure.CONFIRM_TIME)
    return case.charged


def chase():
    return Chase._base_manager.get()


def mails():
    return Mail.objects.filter(thread__startswith="order:").count()


class TestAnswers:
    def test_are_not_chased_before_they_are_due(self, order):
        tick(LATE - HOUR)
        assert not Chase._base_manager.exists()

    def test_climb_the_ladder_with_one_mail_a_rung(self, scene, order):
        tick(LATE)
        assert (chase().step, mails()) == (1, 1)
        tick(LATE + 7 * HOUR)
        assert (chase().step, mails()) == (1, 1)
        tick(LATE + 8 * HOUR)
        tick(LATE + 8 * HOUR)
        assert (chase().step, mails()) == (2, 2)
        tick(LATE + 16 * HOUR)
        assert (chase().step, mails()) == (3, 2)
        assert Notice.objects.get(kind="chase").person_id == order.buyer_id
        tick(LATE + 24 * HOUR)
        case = Case._base_manager.get(kind="confirmation_late")
        assert (chase().step, chase().case_id, chase().next_at, mails()) == (4, case.pk, None, 2)
        assert [one.kind for one in scene.supplier.failures.all()] == ["late_answer"]

    def test_end_it_and_the_time_was_the_suppliers(self, scene, order):
        for hours in (0, 8, 16, 24):
            tick(LATE + hours * HOUR)
        says(scene, order)
        tick(LATE + 30 * HOUR)
        assert chase().spent == {Waits.SUPPLIER: 30 * 3600}
        assert Case._base_manager.get(kind="confirmation_late").status == "auto_resolved"
        with pytest.raises(Refused):
            actions.settle(chase=chase(), by=SETUP, at=LATE, key=key())

    def test_wait_in_working_time_of_the_site(self, scene, order):
        week = [[[480, 1020]]] * 5 + [[], []]
        Site.objects.filter(pk=scene.site.pk).update(calendar=Calendar.objects.create(name="Week", hours=week))
        tick(LATE)  # Wednesday at nine, a minute past
        assert chase().next_at == dt.datetime(2026, 3, 5, 8, 1, tzinfo=dt.UTC)

    def test_stop_the_clock_while_we_are_asked(self, scene, order):
        tick(LATE)
        PurchaseOrder._base_manager.filter(pk=order.pk).update(confirmed="acknowledged")
        says(scene, order, on="2026-06-01")  # far beyond what may differ: a change that waits for us
        PurchaseOrder._base_manager.filter(pk=order.pk).update(confirmed="acknowledged")
        tick(LATE + 2 * HOUR)
        assert (chase().waits_for, chase().next_at) == (Waits.US, None)
        tick(LATE + 50 * HOUR)
        assert (chase().step, mails()) == (1, 1)
        ChangeRequest._base_manager.update(status="withdrawn")
        tick(LATE + 52 * HOUR)
        assert chase().spent == {Waits.SUPPLIER: 2 * 3600, Waits.US: 50 * 3600}
        assert chase().next_at == LATE + 58 * HOUR

    def test_are_our_systems_time_when_no_mail_went_out(self, order):
        tick(LATE)
        Mail.objects.update(status=Mail.Status.FAILED)
        tick(LATE + HOUR)
        assert chase().waits_for == Waits.SYSTEM
        assert [charged_at(order, LATE + hours * HOUR) for hours in (1, 9)] == ["supplier", "system"]

    def test_are_deemed_where_that_was_agreed(self, order):
        PurchaseOrder._base_manager.filter(pk=order.pk).update(deemed_at=LATE)
        tick(LATE + HOUR)
        line = fresh(order).lines.get()
        assert (fresh(order).confirmed, line.promised_on, line.confirmed_quantity) == (
            "deemed",
            line.need_by,
            Decimal(100),
        )
        assert not Chase._base_manager.exists()

    def test_are_asked_for_where_it_was_agreed(self, scene, order):
        where = {"entity": scene.entity, "starts_on": NOW.date() - dt.timedelta(days=1)}
        values = {"contacts": {"orders": "desk@nordfast.example"}}
        terms.agree(supplier=scene.supplier, **where, values=values, by=SETUP, at=NOW, key=key())
        tick(LATE)
        assert list(Mail.objects.values_list("to", flat=True)) == ["desk@nordfast.example"]


class TestGoods:
    def test_that_are_late_are_chased_until_they_are_put_off(self, scene, order):
        says(scene, order)
        day = dt.datetime.combine(order.need_by, dt.time(12), dt.UTC)
        tick(day)
        assert not Chase._base_manager.exists()
        tick(day + 24 * HOUR)
        assert (chase().kind, chase().cause, mails()) == ("shipment", str(order.need_by), 1)
        order.lines.update(promised_on=order.need_by + dt.timedelta(days=20))
        tick(day + 25 * HOUR)
        assert chase().settled_at is not None

    def test_on_a_truck_are_the_carriers(self, scene, order, monkeypatch):
        says(scene, order)
        day = dt.datetime.combine(order.need_by, dt.time(12), dt.UTC)
        tick(day + 24 * HOUR)
        truck = {"reference": "DN", "ships_on": "2026-03-10", "arrives_on": "2026-03-16", "packages": "1"}
        submissions.submit(
            supplier=scene.supplier,
            kind="ship_notice",
            about=order.public_id,
            channel="api",
            body=truck | {"lines": [{"line": 1, "quantity": "100"}]},
            by=scene.supplier_actor,
            at=NOW,
            key=key(),
        )
        drain()
        tick(day + 26 * HOUR)
        assert chase().waits_for == Waits.CARRIER
        monkeypatch.setattr(queries, "_carried", [])
        assert queries.turned([chase()]) == {chase(): Waits.SUPPLIER}
