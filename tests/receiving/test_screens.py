"""Every page of receiving: who sees it, what it costs, what it says when it says no."""

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from foundation.journal.relay import drain
from foundation.scopes.permissions import may
from organization.items.models import ItemUnit, Unit
from receiving.notices import actions as notices
from receiving.notices.rules import Held, Packed, PackedUnit
from receiving.receipts import actions as receipts
from receiving.receipts.models import Receipt, Scan
from tests.receiving import steps
from tests.receiving.steps import TEST
from tests.scene import NOW, TODAY, Scene, fresh, give, key, ordered, person

LIST, PAGE = 6, 12
SSCC = "340012345000001230"


def announced(scene: Scene, order, quantity: int = 100, **more):
    line = order.lines.get()
    return notices.announce(
        supplier=scene.supplier,
        site=scene.site,
        reference=more.pop("reference", "DN-1"),
        ships_on=TODAY,
        arrives_on=line.need_by,
        packed=[Packed(line.pk, Decimal(quantity), **more)],
        units=[PackedUnit(1, (Held(1, Decimal(quantity)),), SSCC)],
        by=scene.receiver,
        at=NOW,
        key=key(),
    )


@pytest.fixture
def goods(scene: Scene, order: Any) -> dict[str, str]:
    """One of everything: an order to come, a notice, a receipt in count, a posted one with differences."""
    posted = steps.received(scene, order, 90, damaged=20)
    notice = announced(scene, ordered(scene), 120)
    counting = steps.started(scene, ordered(scene, items=4))
    drain()
    return {"posted": posted.number, "notice": notice.number, "open": counting.number, "sku": scene.items[0].sku}


PAGES = [
    ("/receiving/", "receiver", PAGE),
    ("/receiving/expected/", "receiver", LIST + 1),
    ("/receiving/expected/?late=1", "receiver", LIST + 1),
    ("/receiving/truck/?q=Nord", "receiver", PAGE),
    ("/ship-notices/", "receiver", LIST + 1),
    ("/ship-notices/{notice}/", "receiver", PAGE),
    ("/ship-notices/{notice}/cancel/", "receiver", PAGE),
    ("/receipts/", "receiver", LIST + 1),
    ("/receipts/{open}/", "receiver", PAGE),
    ("/receipts/{open}/?line=2", "receiver", PAGE),
    ("/receipts/{open}/?code=BOLT-6", "receiver", PAGE),
    ("/receipts/{open}/add/", "receiver", PAGE),
    ("/receipts/{open}/post/", "receiver", PAGE),
    ("/receipts/{posted}/", "supervisor", PAGE),
    ("/receipts/{posted}/reverse/", "supervisor", PAGE),
    ("/stock/", "receiver", LIST + 1),
    ("/stock/item/{sku}/", "supervisor", PAGE),
    ("/stock/change/{sku}/", "supervisor", PAGE),
    ("/?tab=on_hold", "supervisor", PAGE),
]


class TestPages:
    def test_answer_within_their_budgets(self, browse, goods):
        clients = {role: browse(role) for _address, role, _budget in PAGES}
        for client in clients.values():
            client.get("/receiving/")  # what is asked once a process

        for address, role, budget in PAGES:
            with CaptureQueriesContext(connection) as asked:
                answer = clients[role].get(address.format(**goods))

            assert answer.status_code == 200, address
            assert len(asked) <= budget, "\n".join([address, *(query["sql"][:140] for query in asked)])

    def test_are_missing_for_who_works_elsewhere(self, scene: Scene, goods):
        elsewhere = person("elsewhere")
        give(elsewhere, "Warehouse supervisor", site=scene.other_site.pk)
        client = Client()
        client.force_login(elsewhere)

        for address in [page[0] for page in PAGES if "{" in page[0]]:
            answer = client.get(address.format(**goods))

            # an item is nobody's secret, its stock is
            assert answer.status_code == (200 if "stock" in address else 404), address
            assert "Rotterdam" not in answer.content.decode(), address


class TestCounting:
    def test_counts_in_the_unit_that_was_chosen(self, scene: Scene, order: Any, browse):
        pack = Unit.objects.create(code="CS", name="case")
        ItemUnit.objects.create(item=scene.items[0], unit=pack, numerator=12, gtin="04012345678901")
        receipt = steps.started(scene, order)

        answer = browse("receiver").post(
            f"/receipts/{receipt.number}/count/", {"line": "1", "accepted": "7", "unit": "12/1", "key": key()}
        )

        assert answer.status_code == 303
        assert receipt.lines.get().accepted == 84

    def test_says_what_cannot_be_read(self, scene: Scene, order: Any, browse):
        receipt = steps.started(scene, order)

        answer = browse("receiver").post(
            f"/receipts/{receipt.number}/count/", {"line": "1", "accepted": "1,5", "key": key()}
        )

        assert answer.status_code == 422
        assert not receipt.lines.get().is_counted

    def test_takes_everything_as_announced_in_one_tap(self, scene: Scene, browse):
        receipt = steps.started(scene, ordered(scene, items=4))

        answer = browse("receiver").post(f"/receipts/{receipt.number}/as-announced/", {"key": key()})

        assert answer.headers["Location"].endswith("/post/")
        assert fresh(receipt).counted_count == 4

    def test_posts_what_was_seen(self, scene: Scene, order: Any, browse):
        receipt = steps.count(scene, steps.started(scene, order), 1, 100)

        answer = browse("receiver").post(
            f"/receipts/{receipt.number}/post/", {"seen": fresh(receipt).version, "key": key()}
        )

        assert (answer.status_code, fresh(receipt).status) == (303, "posted")

    def test_does_not_post_what_was_not_seen(self, scene: Scene, order: Any, browse):
        receipt = steps.count(scene, steps.started(scene, order), 1, 100)

        answer = browse("receiver").post(
            f"/receipts/{receipt.number}/post/", {"seen": fresh(receipt).version - 1, "key": key()}
        )

        assert (answer.status_code, fresh(receipt).status) == (409, "open")

    def test_starts_from_a_notice(self, scene: Scene, order: Any, browse):
        notice = announced(scene, order)

        answer = browse("receiver").post(
            "/receipts/start/", {"site": "RTM", "notice": notice.number, "key": key()}, follow=True
        )

        assert answer.status_code == 200
        assert fresh(notice).status == "receiving"

    def test_may_not_reverse_without_the_verb(self, scene: Scene, order: Any, browse):
        receipt = steps.received(scene, order, 100)

        assert browse("receiver").get(f"/receipts/{receipt.number}/reverse/").status_code == 403
        assert may(scene.supervisor, "reverse_receipt", receipt)


class TestBlind:
    """Where counting is blind, nothing on the way to the post button says how many there should be."""

    @pytest.fixture
    def receipt(self, scene: Scene) -> Receipt:
        scene.site.counts_blind = True
        scene.site.save()
        order = ordered(scene, quantity=7319)
        return steps.started(scene, order)

    @pytest.mark.parametrize("address", ["", "?line=1", "?code=BOLT-6", "post/", "add/"])
    def test_shows_no_expected_number(self, browse, receipt, address):
        page = browse("receiver").get(f"/receipts/{receipt.number}/{address}").content.decode()

        assert "7319" not in page.replace(",", "")

    def test_a_guided_site_would_show_it(self, scene: Scene, browse, receipt):
        scene.site.counts_blind = False
        scene.site.save()

        page = browse("receiver").get(f"/receipts/{receipt.number}/?line=1").content.decode()

        assert "7319" in page.replace(",", "")

    def test_asks_once_to_count_again(self, scene: Scene, receipt):
        first = steps.count(scene, receipt, 1, 7000)
        assert (receipt.lines.get().needs_recount, first.counted_count) == (True, 0)

        second = steps.count(scene, receipt, 1, 7000)

        assert (receipt.lines.get().needs_recount, second.counted_count) == (False, 1)


class TestScan:
    def scanned(self, scene: Scene, receipt: Receipt, code: str, device=None, **more):
        return receipts.scan(
            receipt=receipt, device_id=device or uuid.uuid4(), code=code, by=scene.receiver, at=NOW, **more
        )

    def test_counts_once_what_is_sent_twice(self, scene: Scene, order: Any):
        receipt, device = steps.started(scene, order), uuid.uuid4()

        for sender in (scene.receiver, scene.receiver, scene.supervisor):
            receipts.scan(receipt=receipt, device_id=device, code="BOLT-6", by=sender, at=NOW)

        assert receipt.lines.get().accepted == 1
        assert Scan.objects.count() == 1

    def test_multiplies_by_the_pack(self, scene: Scene, order: Any):
        pack = Unit.objects.create(code="CS", name="case")
        ItemUnit.objects.create(item=scene.items[0], unit=pack, numerator=24, gtin="04012345678901")
        receipt = steps.started(scene, order)

        self.scanned(scene, receipt, "4012345678901")
        self.scanned(scene, receipt, "]C1010401234567890137" + "2")

        assert receipt.lines.get().accepted == 24 + 48

    def test_takes_a_whole_pallet(self, scene: Scene, order: Any):
        notice = announced(scene, order, 100)
        receipt = steps.started(scene, notice=notice)

        self.scanned(scene, receipt, f"00{SSCC}")

        assert receipt.lines.get().accepted == 100

    def test_keeps_lots_apart(self, scene: Scene, order: Any):
        scene.items[0].gtin = "04006381333931"
        scene.items[0].save()
        receipt = steps.started(scene, order)

        for lot in ("A", "B", "A", "B", "B"):
            self.scanned(scene, receipt, f"(01)04006381333931(10){lot}")

        counted = Receipt.lines.rel.related_model.objects.everywhere(because=TEST).filter(receipt=receipt)
        assert sorted((line.lot, int(line.accepted)) for line in counted) == [("A", 2), ("B", 3)]
