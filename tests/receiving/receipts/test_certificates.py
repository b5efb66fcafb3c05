"""Goods whose item needs a certificate: without it they are taken in, stand on hold and open an exception."""

from decimal import Decimal

import pytest

from foundation.lifecycles import Refused
from governance.cases.models import Case
from receiving.receipts import actions as receipts
from tests.pages import send, signed_in, words
from tests.receiving import steps
from tests.scene import NOW, fresh, key, ordered


@pytest.fixture
def order(scene):
    item = scene.items[0]
    item.needs_certificate = True
    item.save()
    return ordered(scene)


def cases(scene) -> dict[str, Decimal]:
    rows = Case.objects.everywhere(because=steps.TEST).filter(resolved_at=None)
    return {case.kind: Decimal(case.facts["stands"].get("hold", 0)) for case in rows}


class TestPosting:
    def test_without_it_everything_stands_on_hold(self, scene, order):
        steps.received(scene, order, 100)

        assert steps.stock(scene) == {"hold": 100}
        assert cases(scene) == {"receipt_document": 100}
        steps.assert_everything_agrees(scene, order)

    def test_with_it_everything_is_available(self, scene, order):
        steps.received(scene, order, 100, has_certificate=True)
        assert (steps.stock(scene), cases(scene)) == ({"available": 100}, {})

    def test_an_item_that_needs_none_is_not_asked_for_one(self, scene):
        steps.received(scene, ordered(scene), 100)
        assert (steps.stock(scene), cases(scene)) == ({"available": 100}, {})

    def test_too_many_without_it_are_two_matters(self, scene, order):
        steps.received(scene, order, 115)

        assert steps.stock(scene) == {"hold": 115}
        assert cases(scene) == {"receipt_over": 15, "receipt_document": 100}
        steps.assert_everything_agrees(scene, order)

    def test_what_came_as_announced_has_not_said_whether_it_is_here(self, scene, order):
        receipt = steps.started(scene, order)
        with pytest.raises(Refused, match="certificate"):
            receipts.as_announced(receipt=receipt, by=scene.receiver, at=NOW, key=key())


class TestDeciding:
    def test_when_it_comes_the_goods_are_free_and_payable(self, scene, order):
        steps.received(scene, order, 115)

        steps.settle(scene, "receipt_document", "certificate_came")

        assert steps.stock(scene) == {"available": 100, "hold": 15}
        assert cases(scene) == {"receipt_over": 15}
        steps.assert_everything_agrees(scene, order)

    def test_what_is_inspected_goes_there_next(self, scene, order):
        item = fresh(scene.items[0])
        item.needs_inspection = True
        item.save()
        steps.received(scene, order, 100)
        steps.settle(scene, "receipt_document", "certificate_came")
        assert steps.stock(scene) == {"inspection": 100}

    def test_goods_go_back_when_it_never_comes(self, scene, order):
        steps.received(scene, order, 100)
        steps.settle(scene, "receipt_document", "send_back")
        assert steps.stock(scene) == {}
        steps.assert_everything_agrees(scene)


def test_the_receiver_ticks_it_at_the_dock(scene, order):
    receipt = steps.started(scene, order)
    client = signed_in(scene.people["receiver"])
    assert "The certificate is here" in words(client.get(f"/receipts/{receipt.number}/?line=1"))

    send(client, f"/receipts/{receipt.number}/count/", line=1, accepted="100", unit="1/1", has_certificate="on")

    assert fresh(receipt).lines.get(number=1).has_certificate
    steps.post(scene, receipt)
    assert cases(scene) == {}
