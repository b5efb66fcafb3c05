"""What a person proves himself with: each code once, secrets sealed, the last one stays."""

import pytest

from foundation.door import ProofNeeded
from foundation.journal.models import Entry
from foundation.journal.relay import drain
from foundation.journal.verifying import verify
from foundation.lifecycles import Refused
from foundation.values.actor import Actor
from organization.notifications.models import Mail
from organization.people import actions as people
from organization.people import factors
from organization.people.models import Keyring, Person
from organization.scopes import actions as scopes
from tests.foundation.screens import stage
from tests.proofs import SECRET, before, code, key, strongly, with_app
from tests.scene import NOW, SETUP

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Person:
    return stage.a_person("Anna Vos", "see_case")


def said(person: Person, **more):
    return {"person": person, "by": strongly(person.actor), "at": NOW, "key": key(), **more}


class TestTheAppsCode:
    def test_is_good_once(self, anna: Person) -> None:
        with_app(anna)
        shown = code()

        assert factors.is_code(anna.pk, shown)
        assert not factors.is_code(anna.pk, shown)

    def test_twin_without_memory_takes_it_again(self, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        with_app(anna)
        shown = code()
        monkeypatch.setattr(factors, "Q", lambda **_kwargs: Everything())

        assert [factors.is_code(anna.pk, shown) for _ in range(2)] == [True, True]

    def test_of_an_earlier_step_is_dead_after_a_later_one(self, anna: Person) -> None:
        with_app(anna)
        earlier, now = code(steps=-1), code()

        assert factors.is_code(anna.pk, now)
        assert not factors.is_code(anna.pk, earlier)

    def test_of_another_minute_is_wrong(self, anna: Person) -> None:
        with_app(anna)

        assert not factors.is_code(anna.pk, code(steps=-5))
        assert not factors.is_code(anna.pk, "")

    def test_secret_lies_encrypted(self, anna: Person) -> None:
        with_app(anna)

        assert SECRET not in str(factors.app_of(anna.pk).data)

    def test_that_set_the_app_up_is_used(self, anna: Person) -> None:
        shown = code()
        people.add_app(**said(anna, secret=SECRET, code=shown))

        assert not factors.is_code(anna.pk, shown)


class Everything:
    """Stands for a condition that every row meets."""

    def __or__(self, _other):
        from django.db.models import Q

        return Q(pk__isnull=False)


class TestRecoveryCodes:
    def test_work_once_each_and_are_recorded(self, anna: Person) -> None:
        with_app(anna)
        people.renew_recovery_codes(**said(anna))
        first, *others = factors.recovery_codes(anna.pk)

        people.use_recovery_code(**said(anna, code=first))

        assert factors.recovery_codes(anna.pk) == others
        with pytest.raises(Refused):
            people.use_recovery_code(**said(anna, code=first))
        assert Entry.objects.filter(name__endswith="RecoveryCodeUsed").count() == 1

    def test_end_with_new_ones(self, anna: Person) -> None:
        with_app(anna)
        people.renew_recovery_codes(**said(anna))
        old = factors.recovery_codes(anna.pk)
        people.renew_recovery_codes(**said(anna))

        with pytest.raises(Refused):
            people.use_recovery_code(**said(anna, code=old[0]))

    def test_stand_in_for_something(self, anna: Person) -> None:
        with pytest.raises(Refused, match="first"):
            people.renew_recovery_codes(**said(anna))


class TestAFirstFactor:
    def test_wants_a_password_of_just_now(self, anna: Person) -> None:
        for known_at in (None, before(6)):
            with pytest.raises(ProofNeeded):
                by = Actor(anna.actor.kind, anna.actor.key, known_at=known_at)
                people.add_app(**said(anna, secret=SECRET, code=code()) | {"by": by})
        assert not factors.has_strong(anna.pk)

    def test_is_recorded_and_told_to_its_person(self, anna: Person) -> None:
        people.add_app(**said(anna, secret=SECRET, code=code()))
        drain()

        entry = Entry.objects.get(name="organization.people.events.FactorAdded")
        assert (entry.by, entry.facts["kind"]) == (str(anna.actor), "totp")
        mail = Mail.objects.get(to=anna.email)
        assert "authenticator app" in mail.text.lower()
        assert SECRET not in mail.text

    def test_wants_the_code_that_the_app_shows(self, anna: Person) -> None:
        with pytest.raises(Refused, match="code"):
            people.add_app(**said(anna, secret=SECRET, code="000000" if code() != "000000" else "000001"))


class TestAnotherFactor:
    def test_wants_a_proof_by_the_first_not_just_a_password(self, anna: Person) -> None:
        with_app(anna)
        by = Actor(anna.actor.kind, anna.actor.key, known_at=before(0))

        with pytest.raises(ProofNeeded):
            people.add_passkey(**said(anna, name="Thief's", answer={}) | {"by": by})


class TestRemoving:
    def grants_roles(self, person: Person) -> None:
        role = scopes.define_role(name="Administrator", verbs=["grant_role"], by=SETUP, at=NOW, key=key())
        scopes.give_role(person=person, role=role, scope=scopes.scope_of(), by=SETUP, at=NOW, key=key())

    def test_keeps_the_last_one_where_a_role_asks_for_proofs(self, anna: Person) -> None:
        with_app(anna)
        self.grants_roles(anna)

        with pytest.raises(Refused, match="last one"):
            people.remove_factor(**said(anna, factor_id=factors.app_of(anna.pk).pk))

    def test_lets_go_of_one_of_two(self, anna: Person) -> None:
        with_app(anna)
        factors.add_passkey(anna, "Laptop", {})
        self.grants_roles(anna)

        people.remove_factor(**said(anna, factor_id=factors.app_of(anna.pk).pk))

        assert [row.type for row in factors.of(anna.pk)] == ["webauthn"]

    def test_takes_the_recovery_codes_along(self, anna: Person) -> None:
        with_app(anna)
        people.renew_recovery_codes(**said(anna))

        people.remove_factor(**said(anna, factor_id=factors.app_of(anna.pk).pk))

        assert factors.of(anna.pk) == []

    def test_wants_a_fresh_proof(self, anna: Person) -> None:
        with_app(anna)

        with pytest.raises(ProofNeeded):
            people.remove_factor(**said(anna, factor_id=factors.app_of(anna.pk).pk) | {"by": anna.actor})
        assert factors.has_strong(anna.pk)

    def test_leaves_a_chain_that_verifies(self, anna: Person) -> None:
        people.add_app(**said(anna, secret=SECRET, code=code()))
        people.remove_factor(**said(anna, factor_id=factors.app_of(anna.pk).pk))

        assert Keyring.objects.get(person=anna).chain_length == 2
        assert verify().broken == []
