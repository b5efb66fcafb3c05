"""A firm on its way in: is it known, what does it say of itself, what stands in the way of approving it."""

import datetime as dt

import pytest

from foundation.lifecycles import Refused
from governance.cases.models import Case
from organization.parties.models import Party
from suppliers.documents import actions as documents
from suppliers.onboarding import actions as onboarding
from suppliers.onboarding import duplicates
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers import invitations
from tests.scene import NOW, SETUP, fresh, key
from tests.suppliers.staff import appointed, with_contact

VAT, GLN = "DE136695976", "4006381333931"


@pytest.fixture
def buyer():
    return appointed("keeper", "edit_supplier", "see_supplier")


@pytest.fixture
def approver():
    return appointed("approver", "edit_supplier", "see_supplier")


def entered(by, name="Ostmetall GmbH", number="S-300", **party):
    party = {"name": name, "country": "DE", "city": "", "address": "", "vat_number": "", "gln": "", **party}
    return suppliers.enroll(
        number=number, party=party, terms={"currency": "EUR"}, contact=None, is_active=False, by=by, at=NOW, key=key()
    )


class TestFaults:
    @pytest.mark.parametrize(
        ("number", "country", "is_one"),
        [
            ("DE 136.695.976", "DE", True),
            ("136695976", "DE", True),
            ("DE136695977", "DE", False),
            ("NL004495445B01", "NL", True),
            ("GB980780684", "GB", True),
            ("anything", "ZZ", True),
            ("", "DE", True),
        ],
    )
    def test_of_tax_numbers(self, number, country, is_one):
        assert (duplicates.tax_number_fault(number, country) == "") is is_one

    def test_of_location_numbers(self):
        assert duplicates.gln_fault(GLN) == duplicates.gln_fault("") == ""
        assert "last digit" in duplicates.gln_fault("4006381333932")


class TestLikely:
    def found(self, **said):
        return [(one.supplier.number, one.is_certain, one.why) for one in duplicates.likely(**{"name": "", **said})]

    def test_by_tax_number_however_written(self, scene, buyer):
        entered(buyer, vat_number="DE 136.695.976")
        assert self.found(vat_number="de136695976") == [("S-300", True, ["the same VAT number"])]

    def test_by_gln_name_and_mail_host(self, scene, buyer):
        made = entered(buyer, gln=GLN)
        with_contact(made, NOW, email="a@ostmetall.example")
        assert self.found(gln=GLN) == [("S-300", True, ["the same GLN"])]
        assert self.found(name="Ostmetal GmbH")[0][:2] == ("S-300", False)
        assert self.found(mails=["b@ostmetall.example"]) == [("S-300", False, ["mail from ostmetall.example"])]

    def test_a_mailbox_that_anybody_has_says_nothing(self, scene, buyer):
        with_contact(entered(buyer), NOW, email="someone@gmail.com")
        assert self.found(mails=["other@gmail.com"]) == []

    def test_is_not_itself(self, scene, buyer):
        made = entered(buyer, vat_number=VAT)
        assert duplicates.of(made) == []


class TestApprove:
    def approve(self, supplier, by):
        supplier = fresh(supplier)
        return onboarding.approve(supplier=supplier, by=by, at=NOW, seen=supplier.version, key=key())

    @pytest.fixture(autouse=True)
    def proof(self, settings):
        settings.STEP_UP_ASKS = "enrolled"

    def test_from_prospect_over_invited_to_active(self, scene, buyer, approver):
        made = entered(buyer, vat_number=VAT)
        made = invitations.invite(
            supplier=made, name="Ute", email="ute@ost.example", by=buyer, at=NOW, seen=made.version, key=key()
        )
        assert made.status == "invited"
        made = suppliers.propose(supplier=made, by=buyer, at=NOW, seen=made.version, key=key())
        assert made.status == "in_review"
        assert self.approve(made, approver).status == "active"

    def test_not_by_who_entered_or_proposed(self, scene, buyer, approver):
        made = entered(buyer)
        with pytest.raises(Refused, match="somebody else has to approve"):
            self.approve(made, buyer)
        suppliers.propose(supplier=made, by=approver, at=NOW, seen=made.version, key=key())
        with pytest.raises(Refused, match="somebody else has to approve"):
            self.approve(made, approver)

    def test_not_with_a_number_that_cannot_be_or_is_anothers(self, scene, buyer, approver):
        with pytest.raises(Refused, match="is no VAT number of DE"):
            self.approve(entered(buyer, vat_number="DE1"), approver)
        entered(buyer, "Erste GmbH", "S-301", gln=GLN)
        with pytest.raises(Refused, match="has the same identifier"):
            self.approve(entered(buyer, "Ganz anders AG", "S-302", gln=GLN), approver)

    def test_not_without_a_document_that_stops_orders(self, scene, buyer, approver):
        values = {"name": "Insurance", "effect": "stop"}
        documents.ask_for(code="INS", values=values, by=appointed("reviewer", "review_document"), at=NOW, key=key())
        with pytest.raises(Refused, match="“Insurance” is missing"):
            self.approve(entered(buyer), approver)

    def test_without_the_checks_it_would_pass(self, scene, buyer, approver, monkeypatch):
        monkeypatch.setattr(onboarding.checks, "stops", lambda *_, **__: [])
        assert self.approve(entered(buyer, vat_number="DE1"), approver).status == "active"


class TestCompanyData:
    def said(self, scene, **said):
        return onboarding.say(supplier=scene.supplier, said=said, by=scene.supplier_actor, at=NOW, key=key())

    def taken(self, data, by, *fields, answer=""):
        how = {"by": by, "at": NOW, "seen": data.version, "key": key()}
        return onboarding.take(data=data, fields=fields, answer=answer, **how)

    def test_counts_field_by_field(self, scene, buyer):
        data = self.said(scene, name="Nordfast SE", city="Hamburg", country="DE")
        assert [(one.name, one.old, one.new) for one in onboarding.differences(data)] == [
            ("name", "Nordfast AG", "Nordfast SE"),
            ("city", "", "Hamburg"),
        ]
        with pytest.raises(Refused, match="Say why the others"):
            self.taken(data, buyer, "city")
        data = self.taken(data, buyer, "city", answer="Send the register's extract for the name.")
        party = Party.objects.get(pk=scene.supplier.pk)
        assert (party.name, party.city, data.taken) == ("Nordfast AG", "Hamburg", ["city"])

    def test_nothing_counts_before_somebody_looked(self, scene):
        self.said(scene, name="Nordfast SE")
        assert Party.objects.get(pk=scene.supplier.pk).name == "Nordfast AG"

    def test_the_newer_takes_the_place_of_the_older(self, scene):
        first = self.said(scene, name="A")
        self.said(scene, name="B")
        assert (fresh(first).status, fresh(first).taken) == ("taken", [])

    def test_another_suppliers_number_is_not_taken(self, scene, buyer):
        entered(buyer, vat_number=VAT)
        with pytest.raises(Refused, match="propose that they are one firm"):
            self.taken(self.said(scene, vat_number=VAT), buyer, "vat_number")

    def test_what_is_as_we_have_it_is_no_news(self, scene):
        with pytest.raises(Refused, match="nothing to change"):
            self.said(scene, name="Nordfast AG")

    def test_not_by_who_said_it(self, scene, buyer):
        data = onboarding.say(supplier=scene.supplier, said={"city": "Kiel"}, by=buyer, at=NOW, key=key())
        with pytest.raises(Refused, match="somebody else looks through it"):
            self.taken(data, buyer, "city")


def test_that_two_are_one_is_proposed_to_who_keeps_master_data(scene, buyer):
    made = entered(buyer)
    onboarding.propose_merge(supplier=made, into=scene.supplier, reason="Bought in May", by=buyer, at=NOW, key=key())
    case = Case._base_manager.get(kind="master_data")
    assert (case.facts, fresh(made).status) == ({"into": "S-100"}, "prospect")


def test_a_stop_keeps_its_reason_until_it_is_over(scene):
    said = {"by": SETUP, "at": NOW + dt.timedelta(0)}
    supplier = fresh(scene.supplier)
    supplier = suppliers.restrict(supplier=supplier, reason="Late", **said, seen=supplier.version, key=key())
    assert supplier.reason == "Late"
    supplier = suppliers.release(supplier=supplier, reason="Better", **said, seen=supplier.version, key=key())
    assert supplier.reason == ""
