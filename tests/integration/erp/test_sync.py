"""Our documents reach the ERP once, through the relay and against the real stand-in process."""

import time
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils.timezone import now

from finance.invoices import actions as invoices
from finance.matching.models import MatchTolerance
from foundation.journal import replay
from foundation.journal.models import Delivery
from foundation.journal.relay import drain
from governance.cases.models import Case
from integration.canon.plain import digest
from integration.erp import sync
from integration.erp.models import ErpDocument
from procurement.orders import actions as orders
from receiving.receipts import actions as receipts
from tests.flows.test_requisition_to_stock import billed, counted
from tests.scene import NOW, SETUP, fresh, key, ordered


@pytest.fixture(params=[True, False], ids=["keyed", "look-up"])
def mode(request, erp, settings):
    """The stand-in in one of its two modes, as the installation's ERP."""
    erp.control("/mode", {"keyed": request.param})
    settings.ERP_URL, settings.ERP_KEYED = erp.url, request.param
    settings.ERP_TIMEOUT_SECONDS, settings.ERP_SETTLE_SECONDS = 0.3, 0.01
    sync.client.cache_clear()
    yield erp
    sync.client.cache_clear()


def again():
    """Time passes: whatever waits for its next try is tried now."""
    Delivery.objects.filter(status="ready").update(next_at=now())
    ErpDocument.objects.exclude(asked_at=None).update(asked_at=now() - timedelta(minutes=5))
    drain()


def until(condition):
    """The stand-in commits in its own time."""
    for _ in range(200):
        if condition():
            return
        time.sleep(0.02)
    raise AssertionError("It never happened.")


def waiting():
    return list(Delivery.objects.exclude(status="done").values_list("status", flat=True))


def in_erp(erp, kind="purchase-orders"):
    found = erp.http.get("/effects").json()["documents"]
    return [(one["reference"], one["revision"]) for one in found if one["kind"] == kind and one["status"] == "posted"]


def digests(erp):
    return [one["digest"] for one in erp.http.get("/effects").json()["documents"]]


def cancelled(scene, order):
    order = fresh(order)
    done = orders.cancel(order=order, reason="no need", by=scene.buyer, at=NOW, seen=order.version, key=key())
    drain()
    return done


def received(scene, order):
    started = receipts.start(
        site=scene.site, supplier=scene.supplier, orders=[order], by=scene.receiver, at=NOW, key=key()
    )
    return counted(scene, started, 100)


class TestPosting:
    def test_its_number_lands_on_the_order(self, scene, mode):
        order = ordered(scene)

        assert (order.synced, order.erp_number) == ("synced", "4500000001")
        assert in_erp(mode) == [(order.number, 1)]

    def test_receipts_and_released_invoices_follow_their_order(self, scene, mode):
        order = ordered(scene)
        receipt = received(scene, order)
        invoice = billed(scene, order, quantity=100)

        assert in_erp(mode, "goods-receipts") == [(receipt.number, 1)]
        assert in_erp(mode, "supplier-invoices") == [(invoice.number, 1)]
        assert (fresh(receipt).erp_number, invoice.erp_number) == ("5000000001", "5100000001")

    def test_a_reversal_waits_for_what_it_reverses(self, scene, mode):
        order = ordered(scene)
        mode.fault("status:503", "POST /goods-receipts", times=2)
        receipt = received(scene, order)
        receipts.reverse(
            receipt=receipt, reason="miscounted", by=scene.supervisor, at=NOW, seen=receipt.version, key=key()
        )
        drain()
        assert in_erp(mode, "goods-receipts") == []

        again()
        again()
        again()

        assert [reference for reference, _ in in_erp(mode, "goods-receipts")] == [
            receipt.number,
            fresh(receipt).reversal.number,
        ]
        assert waiting() == []


class TestTrouble:
    def test_an_outage_is_waited_for_and_seen(self, scene, mode):
        mode.control("/outage", {"on": True})
        order = ordered(scene)
        assert order.synced == "pending"
        assert "not available" in Delivery.objects.get(status="ready").note

        mode.control("/outage", {"on": False})
        again()

        assert (fresh(order).synced, in_erp(mode)) == ("synced", [(order.number, 1)])

    @pytest.mark.parametrize("fault", ["drop_after_commit", "drop_before_commit", "truncated_json", "wrong_schema"])
    def test_an_answer_that_is_lost_posts_nothing_twice(self, scene, mode, fault):
        mode.fault(fault, "POST /purchase-orders")
        order = ordered(scene)
        assert ErpDocument.objects.get().state == "unknown"

        again()

        assert (fresh(order).synced, in_erp(mode)) == ("synced", [(order.number, 1)])

    def test_a_commit_after_we_hung_up_posts_nothing_twice(self, scene, mode):
        mode.fault("delay", "POST /purchase-orders", seconds=0.8)
        order = ordered(scene)
        assert fresh(order).erp_number == ""
        until(lambda: in_erp(mode))

        again()

        assert (fresh(order).synced, in_erp(mode)) == ("synced", [(order.number, 1)])

    def test_a_refusal_is_parked_at_once_with_the_erps_words(self, scene, mode):
        mode.fault("status:422", "POST /purchase-orders")
        order = ordered(scene)

        delivery = Delivery.objects.get(status="parked")
        assert (delivery.attempts, "Status 422" in delivery.note) == (1, True)
        assert order.synced == "failed"
        case = Case.objects.everywhere(because="test").get(kind="integration")
        assert (case.about, "Status 422" in case.summary) == (order.subject, True)

        replay.redeliver(delivery=delivery, reason="period opened", by=SETUP, at=NOW, key=key())
        drain()

        assert (fresh(order).synced, in_erp(mode)) == ("synced", [(order.number, 1)])
        assert fresh(case).status == "auto_resolved"

    def test_a_second_refusal_is_parked_again(self, scene, mode):
        mode.fault("status:422", "POST /purchase-orders", times=2)
        ordered(scene)
        for _ in range(2):
            delivery = Delivery.objects.get(status="parked")
            replay.redeliver(delivery=delivery, reason="try", by=SETUP, at=NOW, key=key())
            drain()

        assert waiting() == []
        assert len(in_erp(mode)) == 1

    def test_what_is_accepted_and_then_failed_is_a_new_request_after_a_person_looked(self, scene, mode):
        mode.fault("accepted_then_failed", "POST /purchase-orders", seconds=0.1)
        order = ordered(scene)
        assert ErpDocument.objects.get().state == "unknown"
        until(lambda: mode.http.get("/effects").json()["documents"][0]["status"] == "failed")
        again()
        delivery = Delivery.objects.get(status="parked")
        assert "period is closed" in delivery.note

        replay.redeliver(delivery=delivery, reason="period opened", by=SETUP, at=NOW, key=key())
        drain()

        assert (fresh(order).synced, in_erp(mode)) == ("synced", [(order.number, 1)])


class TestRevisions:
    def test_a_cancellation_reaches_the_erp_as_a_revision_of_its_own(self, scene, mode):
        order = cancelled(scene, ordered(scene))

        assert (order.revision, fresh(order).synced) == (2, "synced")
        assert in_erp(mode) == [(order.number, 2)]
        assert ErpDocument.objects.get().payload["is_cancelled"] is True

    def test_a_later_revision_brings_the_first_attempt_to_its_end(self, scene, mode):
        mode.fault("drop_after_commit", "POST /purchase-orders")
        order = ordered(scene)
        Delivery.objects.filter(status="ready").update(next_at=now() + timedelta(hours=1))
        cancelled(scene, order)
        assert in_erp(mode) == [(order.number, 1)]
        head = Delivery.objects.filter(status="ready").order_by("number").first()
        replay.skip(delivery=head, reason="the cancellation is enough", by=SETUP, at=NOW, key=key())

        again()

        assert in_erp(mode) == [(order.number, 2)]
        assert fresh(order).erp_number == "4500000001"

    def test_an_order_the_erp_never_had_is_not_created_to_be_cancelled(self, scene, mode):
        mode.fault("status:422", "POST /purchase-orders")
        order = ordered(scene)
        cancelled(scene, order)
        parked = Delivery.objects.get(status="parked")
        replay.skip(delivery=parked, reason="cancelled", by=SETUP, at=NOW, key=key())

        drain()

        assert (in_erp(mode), waiting()) == ([], ["skipped"])


class TestFrozen:
    def test_a_repeat_says_what_was_said_before(self, scene, mode):
        mode.fault("drop_after_commit", "POST /purchase-orders")
        order = ordered(scene)
        type(scene.supplier)._base_manager.filter(pk=scene.supplier.pk).update(number="S-999")

        again()

        assert (fresh(order).synced, digests(mode)) == ("synced", [digest(ErpDocument.objects.get().payload)])

    def test_its_twin_without_freezing_believes_what_the_erp_does_not_have(self, scene, mode, monkeypatch):
        def thawed(row, document):
            row.payload, row.payload_revision = document.to_json(), document.revision
            row.save()
            return sync._asked(row)

        monkeypatch.setattr(sync, "_frozen", thawed)
        mode.fault("drop_after_commit", "POST /purchase-orders")
        ordered(scene)
        type(scene.supplier)._base_manager.filter(pk=scene.supplier.pk).update(number="S-999")

        again()

        assert digests(mode) != [digest(ErpDocument.objects.get().payload)]

    def test_a_no_to_a_repeat_is_not_believed_before_the_erp_was_asked(self, scene, mode):
        """The first attempt was committed and its answer lost; meanwhile the ERP refuses everything."""
        mode.fault("drop_after_commit", "POST /purchase-orders")
        order = ordered(scene)
        mode.fault("status:422", "POST /purchase-orders")

        again()

        assert (fresh(order).synced, in_erp(mode)) == ("synced", [(order.number, 1)])


def test_a_released_invoice_by_hand_is_posted_once(scene, mode):
    MatchTolerance.objects.update(straight_through_cap=Decimal(0))
    order = ordered(scene)
    received(scene, order)
    invoice = billed(scene, order, quantity=100)
    assert (invoice.status, in_erp(mode, "supplier-invoices")) == ("matched", [])

    invoices.release(invoice=invoice, by=scene.lead, at=NOW, seen=invoice.version, key=key())
    drain()

    assert in_erp(mode, "supplier-invoices") == [(invoice.number, 1)]
