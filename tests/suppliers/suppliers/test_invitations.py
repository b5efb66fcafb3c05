"""Who of a supplier gets in, and how fast one is out."""

import re

import pytest

from foundation.journal.models import Entry
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from foundation.values.portal_roles import every
from organization.notifications.models import Mail
from organization.people.models import Person, PortalLink
from suppliers.suppliers import invitations
from suppliers.suppliers.models import Contact
from tests.scene import NOW, fresh, key, ordered


def invite(scene, email, by=None):
    supplier = fresh(scene.supplier)
    asked = {"name": "Nina Nord", "email": email, "by": by or scene.buyer, "at": NOW, "seen": supplier.version}
    return invitations.invite(supplier=supplier, **asked, key=key())


class TestInvite:
    def test_makes_a_person_of_the_supplier_and_mails_the_way_in(self, scene):
        invite(scene, " Nina@Nordfast.example ")

        person = Person.objects.get(email="nina@nordfast.example")
        mail = Mail.objects.get(to=person.email)
        assert (person.kind, person.party_id) == ("supplier", scene.supplier.pk)
        assert re.search(r"/l/[\w-]{40,}/", mail.text)

    @pytest.mark.parametrize("email", ["buyer@noordzee.example"])
    def test_refuses_an_address_of_somebody_else(self, scene, email):
        with pytest.raises(Refused, match="somebody else"):
            invite(scene, email)

    def test_asks_for_the_right_to_edit_suppliers(self, scene):
        with pytest.raises(NotYours):
            invite(scene, "nina@nordfast.example", by=scene.receiver)


class TestCloseAccount:
    def test_ends_every_way_in(self, scene):
        invite(scene, "nina@nordfast.example")
        person, supplier = Person.objects.get(email="nina@nordfast.example"), fresh(scene.supplier)

        asked = {"by": scene.buyer, "at": NOW, "seen": supplier.version, "key": key()}
        invitations.close_account(supplier=supplier, person=person, **asked)

        assert not fresh(person).is_active
        assert not PortalLink.objects.filter(person=person).exists()

    def test_a_buyer_shuts_out_the_last_one_too(self, scene):
        supplier, person = fresh(scene.supplier), scene.supplier_person

        asked = {"by": scene.buyer, "at": NOW, "seen": supplier.version, "key": key()}
        invitations.close_account(supplier=supplier, person=person, **asked)

        assert not fresh(person).is_active


class TestGiveRoles:
    def give(self, scene, *roles, by=None):
        supplier = fresh(scene.supplier)
        asked = {"by": by or scene.buyer, "at": NOW, "seen": supplier.version, "key": key()}
        invitations.give_roles(supplier=supplier, person=scene.supplier_person, roles=roles, **asked)
        return fresh(scene.supplier_person).portal_roles

    def test_are_kept_in_their_order(self, scene):
        assert self.give(scene, "company", "orders") == ["orders", "company"]

    def test_somebody_looks_after_the_company(self, scene):
        with pytest.raises(Refused, match="last who looks after"):
            self.give(scene, "orders")

    def test_asks_for_the_right_to_edit_suppliers(self, scene):
        with pytest.raises(NotYours):
            self.give(scene, "company", by=scene.receiver)

    def test_is_in_the_journal_with_what_was(self, scene):
        self.give(scene, "company")

        facts = Entry.objects.filter(subject=scene.supplier.subject).latest("id").facts
        assert (facts["roles"], facts["was"]) == (["company"], every())


class TestWriteTo:
    def test_an_issued_order_reaches_the_people_of_its_supplier(self, scene, order):

        link = PortalLink.objects.get(person=scene.supplier_person)
        assert (link.about, link.title) == (order.public_id, f"Order {order.number}")
        assert order.number in Mail.objects.get(to=scene.supplier_person.email).text

    def test_an_order_is_written_to_those_who_answer_orders(self, scene):
        invite(scene, "nina@nordfast.example")
        invite(scene, "bea@nordfast.example")
        Person.objects.filter(email="bea@nordfast.example").update(portal_roles=["billing"])
        Mail.objects.all().delete()

        ordered(scene)

        assert set(Mail.objects.values_list("to", flat=True)) >= {"nina@nordfast.example", "orders@nordfast.example"}
        assert not Mail.objects.filter(to="bea@nordfast.example").exists()

    def test_where_nobody_does_it_who_looks_after_the_company_is_written_to(self, scene):
        Person.objects.filter(pk=scene.supplier_person.pk).update(portal_roles=["company"])

        ordered(scene)

        assert Mail.objects.filter(to=scene.supplier_person.email).count() == 1

    def test_a_contact_without_an_account_gets_one(self, scene):
        Person.objects.filter(pk=scene.supplier_person.pk).update(is_active=False)
        Contact.objects.create(supplier=scene.supplier, name="Ole", email="ole@nordfast.example")

        ordered(scene)

        assert Mail.objects.filter(to="ole@nordfast.example").count() == 1
