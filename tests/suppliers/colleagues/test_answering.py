"""Whoever looks after a supplier's company lets colleagues in and out; the last of them stays, nobody helps himself."""

from typing import Any

import pytest

from foundation.journal.models import Entry
from foundation.journal.relay import drain
from foundation.values.portal_roles import PortalRole, every
from organization.notifications.models import Mail
from organization.people.models import Person, PortalSession
from suppliers.submissions import actions as submissions
from suppliers.submissions.models import Submission
from tests.scene import NOW, Scene, fresh, key

ORDERS, SHIPPING, BILLING, COMPANY = PortalRole.values
NINA = "nina@nordfast.example"


@pytest.fixture
def petra(scene: Scene) -> Person:
    return scene.supplier_person


@pytest.fixture
def nina(petra: Person) -> Person:
    roles = [ORDERS, COMPANY]
    return Person.objects.create(email=NINA, name="Nina", kind="supplier", party_id=petra.party_id, portal_roles=roles)


def says(scene: Scene, who: Person, what: str, **body: Any) -> Submission:
    said = submissions.submit(
        supplier=scene.supplier,
        kind=f"colleague_{what}",
        about=None,
        channel="portal",
        body=body,
        by=who.actor,
        at=NOW,
        key=key(),
    )
    drain()
    return fresh(said)


def refused(said: Submission) -> str:
    assert said.status == "refused", said.answer
    return " ".join(said.answer["reasons"])


class TestLetIn:
    def test_a_colleague_comes_with_just_these_roles_and_is_mailed_the_way(self, scene: Scene, petra: Person) -> None:
        said = says(scene, petra, "in", name="Nina", email=" Nina@Nordfast.example", roles=[BILLING, SHIPPING, "king"])

        nina = Person.objects.get(email=NINA)
        assert (said.status, said.answer["name"]) == ("applied", "Nina")
        assert (nina.portal_roles, nina.party_id, nina.let_in_at) == ([SHIPPING, BILLING], petra.party_id, NOW)
        assert Mail.objects.filter(to=NINA).count() == 1

    def test_the_buyer_reads_it_in_the_supplier_s_timeline(self, scene: Scene, petra: Person) -> None:
        says(scene, petra, "in", name="Nina", email=NINA, roles=[SHIPPING])

        entry = Entry.objects.filter(subject=scene.supplier.subject).latest("id")
        assert (entry.name.rpartition(".")[2], entry.by) == ("PortalPersonInvited", str(petra.actor))
        assert entry.facts["roles"] == [SHIPPING]

    @pytest.mark.parametrize("whose", ["of ours", "of another supplier"])
    def test_an_address_of_somebody_else_is_refused_without_a_word_of_whom(
        self, scene: Scene, petra: Person, whose: str
    ) -> None:
        taken = "buyer@noordzee.example"
        if whose != "of ours":
            taken = "otto@other.example"
            Person.objects.create(email=taken, name="Otto", kind="supplier", party_id=scene.customer.pk)

        reason = refused(says(scene, petra, "in", name="X", email=taken, roles=every()))

        assert reason == f"{taken} belongs to somebody else. Use another address."

    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            ({"email": "nobody"}, "no mail address"),
            ({"email": "a@b.example\nBcc: c@d.example"}, "no mail address"),
            ({"name": ""}, "a name"),
            ({"roles": []}, "Tick at least one"),
            ({"roles": "company"}, "Tick at least one"),
            ({"email": "orders@nordfast.example"}, "is in already"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words(
        self, scene: Scene, petra: Person, body: dict[str, Any], reason: str
    ) -> None:
        assert reason in refused(says(scene, petra, "in", **({"name": "N", "email": NINA, "roles": every()} | body)))

    def test_who_was_shut_out_comes_back_with_what_is_said_now(self, scene: Scene, petra: Person, nina: Person) -> None:
        says(scene, petra, "out", person=nina.pk)
        says(scene, petra, "in", name="Nina", email=NINA, roles=[BILLING])

        assert (fresh(nina).is_active, fresh(nina).portal_roles) == (True, [BILLING])


class TestGiveRoles:
    def test_counts_at_once(self, scene: Scene, petra: Person, nina: Person) -> None:
        says(scene, petra, "roles", person=nina.pk, roles=[BILLING])

        assert fresh(nina).portal_roles == [BILLING]

    def test_nobody_gives_himself_more(self, scene: Scene, nina: Person) -> None:
        assert "more than he has" in refused(says(scene, nina, "roles", person=nina.pk, roles=every()))

    def test_anybody_gives_back(self, scene: Scene, petra: Person, nina: Person) -> None:
        says(scene, nina, "roles", person=nina.pk, roles=[ORDERS])

        assert fresh(nina).portal_roles == [ORDERS]

    def test_the_last_who_looks_after_the_company_stays(self, scene: Scene, petra: Person) -> None:
        reason = refused(says(scene, petra, "roles", person=petra.pk, roles=[ORDERS]))

        assert (
            reason == "Petra Nord is the last who looks after the company here. Give “Company” to somebody else first."
        )

    def test_who_does_not_look_after_it_any_more_changes_nothing(
        self, scene: Scene, petra: Person, nina: Person
    ) -> None:
        """Sent while he still held it, worked on when he did not."""
        Person.objects.filter(pk=nina.pk).update(portal_roles=[ORDERS])

        assert "any more" in refused(says(scene, nina, "roles", person=petra.pk, roles=[ORDERS]))
        assert fresh(petra).portal_roles == every()

    @pytest.mark.parametrize("whom", ["999999999", "of another", "x", ""])
    def test_of_another_supplier_is_as_if_he_never_was(self, scene: Scene, petra: Person, whom: str) -> None:
        if whom == "of another":
            party = scene.customer.pk
            whom = str(Person.objects.create(email="o@o.example", name="O", kind="supplier", party_id=party).pk)

        assert refused(says(scene, petra, "roles", person=whom, roles=[ORDERS])) == "There is no such colleague."


class TestShutOut:
    def test_ends_every_way_in(self, scene: Scene, petra: Person, nina: Person) -> None:
        PortalSession.objects.create(key_hash="k", person=nina, data="", expires_at=NOW)

        says(scene, petra, "out", person=nina.pk)

        assert not fresh(nina).is_active
        assert not PortalSession.objects.filter(person=nina).exists()

    def test_the_last_who_looks_after_the_company_stays(self, scene: Scene, petra: Person, nina: Person) -> None:
        says(scene, petra, "out", person=nina.pk)

        assert "is the last" in refused(says(scene, petra, "out", person=petra.pk))

    def test_twice_is_refused(self, scene: Scene, petra: Person, nina: Person) -> None:
        says(scene, petra, "out", person=nina.pk)

        assert "not in the portal" in refused(says(scene, petra, "out", person=nina.pk))
