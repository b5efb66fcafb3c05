"""Who of a supplier gets in, and how fast one is out."""

import re

import pytest

from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
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


class TestWriteTo:
    def test_an_issued_order_reaches_the_people_of_its_supplier(self, scene, order):

        link = PortalLink.objects.get(person=scene.supplier_person)
        assert (link.about, link.title) == (order.public_id, f"Order {order.number}")
        assert order.number in Mail.objects.get(to=scene.supplier_person.email).text

    def test_a_contact_without_an_account_gets_one(self, scene):
        Person.objects.filter(pk=scene.supplier_person.pk).update(is_active=False)
        Contact.objects.create(supplier=scene.supplier, name="Ole", email="ole@nordfast.example")

        ordered(scene)

        assert Mail.objects.filter(to="ole@nordfast.example").count() == 1
