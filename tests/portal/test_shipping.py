"""A truck from what is still to come to labels that read: packed, kept while it is typed, announced, on its way."""

import re

import pytest
from psycopg import errors

from receiving.notices import barcodes
from tests.portal.test_answering import KEY, applied, submissions, typed
from tests.portal.test_fence import shown
from tests.portal.twins import open_table, twin

TRUCK = {"reference": "DN-1", "ships_on": "2026-11-21", "arrives_on": "2026-11-23", "packages": 2, "package": "PX"}
MADE = {"labels": "made", "sscc_prefix": "8712345"}


@pytest.fixture
def home(world):
    return f"/orders/{world.own.order.public_id}/"


def form_of(own, home, **more):
    return {**typed(own.get(f"{home}ship/")), **TRUCK, **more}


def sent(place, own, home, **more):
    answer = own.post(f"{home}ship/", {**form_of(own, home, **more), "key": "s" * 24})
    assert answer.status_code == 303, answer.content.decode()
    applied(place)
    return answer["Location"]


def shipment_of(own, location):
    return re.search(r"/shipments/[0-9a-f-]{36}/", own.get(location).content.decode())[0]


class TestPacking:
    def test_goes_from_typed_pallets_to_labels_milestones_and_another_day(self, place, own, home):
        location = sent(place, own, home, packages=2, **MADE, **{"on-1": "2", "on-2": "1:4 2:6"})
        address = shipment_of(own, location)

        rows = "SELECT u.number, l.number, c.quantity FROM receiving_unitcontent c JOIN receiving_handlingunit u "
        rows += "ON u.id = c.unit_id JOIN receiving_shipnoticeline l ON l.id = c.line_id ORDER BY 1, 2"
        assert place.sql(rows) == [(1, 2, 4), (1, 3, 5), (2, 1, 10), (2, 2, 6), (2, 3, 5)]
        page = own.get(address).content.decode()
        (sscc,) = place.sql("SELECT sscc FROM receiving_handlingunit WHERE number = 1")[0]
        assert (sscc[1:8], barcodes.is_checked(sscc)) == ("8712345", True)
        assert "Print 2 labels" in page
        assert own.get(f"{address}labels/a5/").content.startswith(b"%PDF")
        assert f"00{sscc}" in own.get(f"{address}labels/zpl/").content.decode()
        assert own.get(f"{address}labels/a3/").status_code == 400
        assert "label 1 of 2" in own.get(f"{address}?scan=]C100{sscc}").content.decode()
        assert "does not read" in own.get(f"{address}?scan=00{sscc[:-1]}{9 - int(sscc[-1])}").content.decode()
        self.told(place, own, address)

    def told(self, place, own, address):
        for number, news in enumerate(({"milestone": "departed"}, {"arrives_on": "2026-11-25", "reason": "Snow"})):
            assert own.post(f"{address}news/", {**news, "key": f"news{number}" * 5}).status_code == 303
            applied(place)
        assert own.post(f"{address}news/", {"key": "n" * 24}).status_code == 422

        assert place.sql("SELECT kind FROM receiving_milestone") == [("departed",)]
        assert "25 Nov" in own.get(address).content.decode()
        own.post(f"{address}news/", {"cancel": "1", "key": "c" * 24})
        applied(place)
        assert "not taken back" in str(submissions(place)[-1])

    def test_what_contradicts_itself_is_said_before_it_is_sent(self, place, own, home):
        place.sql("UPDATE organization_item SET tracks_lots = true WHERE sku = 'BOLT-6' RETURNING id")
        wrong = form_of(own, home, packages=2, labels="own", **{"sscc-1": "340012345000001231", "on-2": "1:3"})

        first = own.post(f"{home}ship/", {**wrong, "key": KEY})
        second = own.post(f"{home}ship/", {**wrong, "on-2": "", "key": KEY})

        assert "3 stand on the pallets, 10 are on the truck" in first.content.decode()
        page = second.content.decode()
        assert (first.status_code, second.status_code) == (422, 422)
        for sentence in ("last digit does not agree", "Pallet 2: type or scan the SSCC", "say which lot it is"):
            assert sentence in page
        assert 'value="340012345000001231"' in page
        assert submissions(place) == []

    def test_two_orders_stand_on_one_truck(self, place, world, own, home):
        for order in world.own.orders[:2]:
            own.post(f"/orders/{order.public_id}/confirm/", {"revision": 1, "key": f"{order.pk:024d}"})
        applied(place)
        other = world.own.orders[1]

        page = own.post(f"{home}ship/", {**form_of(own, home), "join": str(other.public_id)}).content.decode()
        assert f'name="quantity-{other.number}/1"' in page
        own.post(
            f"{home}ship/",
            {**form_of(own, home), "with": str(other.public_id), f"quantity-{other.number}/1": "7", "key": KEY},
        )
        applied(place)

        lines = "SELECT p.order_id, n.quantity FROM receiving_shipnoticeline n JOIN procurement_purchaseorderline p "
        lines += "ON p.id = n.order_line_id WHERE n.quantity <> 10"
        assert place.sql(lines) == [(other.pk, 7)]

    def test_sent_twice_it_is_one_truck(self, place, own, home):
        form = {**form_of(own, home), "key": KEY}
        first = own.post(f"{home}ship/", form)
        applied(place)

        second = own.post(f"{home}ship/", form)

        assert (second.status_code, second["Location"]) == (303, first["Location"])
        assert place.sql("SELECT count(*) FROM receiving_shipnotice") == [(1,)]


class TestDraft:
    def test_nothing_typed_is_lost_until_it_is_sent(self, place, own, home):
        own.post(f"{home}ship/", {**form_of(own, home, reference="DN-77", **{"quantity-1": "3"}), "do": "draft"})

        page = own.get(f"{home}ship/").content.decode()
        assert 'value="DN-77"' in page
        assert 'name="quantity-1" value="3"' in page
        sent(place, own, home)
        assert place.sql("SELECT count(*) FROM receiving_noticedraft") == [(0,)]

    @twin(open=open_table("receiving_noticedraft"))
    def test_it_is_nobody_elses(self, place, world, own, foreign, home):
        own.post(f"{home}ship/", {**form_of(own, home, reference="DN-77"), "do": "draft"})

        assert place.raw("SELECT count(*) FROM receiving_noticedraft", shown=shown(foreign)) in (0, [(0,)])
        insert = "INSERT INTO receiving_noticedraft (person_id, order_id, typed, saved_at) VALUES (%s, %s, '', now())"
        with pytest.raises(errors.InsufficientPrivilege):
            place.raw(insert, world.foreign.person.pk, world.own.order.pk, shown=shown(foreign))


class TestOthers:
    @twin(open=open_table("receiving_shipnotice"))
    def test_a_truck_of_another_supplier_is_like_none(self, place, world, own, foreign, home):
        address = shipment_of(own, sent(place, own, home, packages=1, **MADE))

        for path in ("", "labels/a6/", "labels/zpl/"):
            assert foreign.get(f"{address}{path}").status_code == 404
        assert foreign.post(f"{address}news/", {"milestone": "ready", "key": KEY}).status_code == 404
        seen = place.raw("SELECT id FROM receiving_shipnotice", shown=shown(foreign))
        assert not seen
