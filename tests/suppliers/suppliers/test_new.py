"""A new supplier: a prospect that cannot be ordered from until somebody else has approved it."""

import pytest

from foundation.journal.models import Entry
from foundation.lifecycles import Refused
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers.models import Supplier
from tests.pages import send, signed_in, words
from tests.proofs import proven, strongly
from tests.scene import NOW, SETUP, approve, fresh, give, key, person, requested

NEW = {
    "name": "Ostmetall GmbH",
    "number": "s-200",
    "country": "de",
    "city": "Leipzig",
    "address": "",
    "vat_number": "de811569869",
    "gln": "",
    "currency": "eur",
    "payment_terms": "30 days net",
    "incoterm": "dap",
    "channel": "link",
    "risk": "low",
    "lead_time_days": "10",
    "contact_name": "Olga Ost",
    "contact_email": "orders@ostmetall.example",
}


@pytest.fixture
def buyer(scene):
    return signed_in(scene.people["buyer"])


@pytest.fixture
def other_buyer(scene):
    who = person("second")
    give(who, "Buyer", entity=scene.entity.pk)
    return signed_in(who)


@pytest.fixture
def prospect(buyer):
    answer = send(buyer, "/suppliers/new/", **NEW)
    assert (answer.status_code, answer["Location"]) == (303, "/suppliers/S-200/")
    return Supplier.objects.get(number="S-200")


class TestEntering:
    def test_begins_as_a_prospect_with_somebody_to_write_to(self, buyer, prospect):
        assert (prospect.status, prospect.currency, prospect.party.vat_number) == ("prospect", "EUR", "DE811569869")
        assert prospect.contacts.get().email == "orders@ostmetall.example"
        assert Entry.objects.filter(subject=prospect.subject).count() == 2
        assert "Nothing can be ordered from it yet" in words(buyer.get("/suppliers/S-200/"))

    def test_sent_twice_it_is_entered_once(self, buyer):
        same = {**NEW, "key": key()}
        assert [buyer.post("/suppliers/new/", same).status_code for _time in range(2)] == [303, 303]
        assert Supplier.objects.filter(number="S-200").count() == 1

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"number": "S 200"}, "Write letters, digits, dots and dashes only"),
            ({"country": "Germany"}, "two letters of the country"),
            ({"gln": "12"}, "A GLN has 13 digits."),
            ({"currency": "euro"}, "three letters of the currency"),
            ({"contact_email": ""}, "Say at which address"),
        ],
    )
    def test_what_cannot_be_read_is_answered_in_words(self, buyer, wrong, said):
        answer = send(buyer, "/suppliers/new/", **{**NEW, **wrong})
        assert answer.status_code == 422
        assert said in words(answer)

    def test_a_number_and_a_vat_number_are_taken_once(self, buyer, prospect):
        number = send(buyer, "/suppliers/new/", **{**NEW, "vat_number": ""})
        vat = send(buyer, "/suppliers/new/", **{**NEW, "number": "S-201"})

        assert "S-200 is the number of Ostmetall GmbH" in words(number)
        assert "it is a supplier already" in words(vat)
        assert (number.status_code, vat.status_code) == (409, 409)
        assert Supplier.objects.count() == 2

    def test_is_for_those_who_edit_suppliers(self, scene):
        assert signed_in(scene.people["requester"]).get("/suppliers/new/").status_code == 403


class TestApproving:
    def test_is_not_for_who_entered_it(self, buyer, prospect):
        answer = send(buyer, "/suppliers/S-200/activate/", seen=prospect)

        assert answer.status_code == 409
        assert "You entered or proposed this supplier: somebody else has to approve it." in words(answer)
        assert fresh(prospect).status == "prospect"

    def test_lets_it_be_ordered_from(self, scene, other_buyer, prospect):
        assert refused_order(scene, prospect)

        assert "Approve: it may be ordered from" in words(other_buyer.get("/suppliers/S-200/approval/"))
        assert send(proven(other_buyer), "/suppliers/S-200/activate/", seen=prospect).status_code == 303

        assert fresh(prospect).may_be_ordered_from
        assert not refused_order(scene, fresh(prospect))

    def test_of_what_a_machine_entered_is_for_anybody(self, scene):
        made = suppliers.enroll(
            number="S-300",
            party={"name": "Import AG", "country": "DE"},
            terms={"currency": "EUR"},
            contact=None,
            is_active=False,
            by=SETUP,
            at=NOW,
            key=key(),
        )
        made = suppliers.activate(supplier=made, by=strongly(scene.buyer), at=NOW, seen=made.version, key=key())
        assert made.status == "active"


def refused_order(scene, supplier) -> bool:
    """Whether an order to the supplier cannot be issued."""
    request = requested(scene)
    approve(scene, request)
    taken = [Taken(line.pk) for line in request.lines.all()]
    order = orders.draft(supplier=supplier, site=scene.site, taken=taken, by=scene.buyer, at=NOW, key=key())
    try:
        orders.issue(order=order, by=scene.buyer, at=NOW, seen=order.version, key=key())
    except Refused:
        return True
    return False


def test_over_the_api(scene, buyer):
    said = {"number": "S-400", "name": "Api Metall", "country": "DE", "currency": "EUR"}
    headers = {"Idempotency-Key": key()}
    answers = [
        buyer.post("/api/v1/suppliers/", said, content_type="application/json", headers=headers) for _time in range(2)
    ]
    assert [(one.status_code, one.json()["status"]) for one in answers] == [(201, "prospect")] * 2
