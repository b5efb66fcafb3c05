"""A bank account changes by two people, a call to a number that was known, and a letter to whom we knew before."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from finance.invoices import actions as invoices
from finance.invoices.actions import Charged
from foundation.door.proofs import ProofNeeded
from foundation.journal.models import Entry
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from organization.entities.models import LegalEntity
from organization.notifications.models import Mail
from suppliers.banking import actions as banking
from suppliers.banking.models import BankAccount
from suppliers.banking.queries import hold
from suppliers.suppliers import actions as suppliers
from tests.proofs import strongly
from tests.receiving import steps
from tests.scene import NOW, SETUP, TODAY, fresh, key, ordered
from tests.suppliers.staff import appointed, with_contact

IBAN, OTHER = "DE89370400440532013000", "NL91ABNA0417164300"
LONG_AGO = NOW - dt.timedelta(days=100)
KNOWN = "0049 40 123 45 67"


@pytest.fixture
def clerk():
    return appointed("clerk-of-banks", "propose_bank", "see_supplier")


@pytest.fixture
def second():
    return appointed("second", "propose_bank", "approve_bank", "see_bank", "see_supplier")


@pytest.fixture
def third():
    return appointed("third", "approve_bank", "see_supplier")


@pytest.fixture
def supplier(scene):
    return with_contact(scene.supplier, LONG_AGO)


def proposed(supplier, by, iban=IBAN, at=NOW, entity=None):
    said = {"holder": "Nordfast AG", "iban": iban, "bic": "", "why": "New bank"}
    return banking.propose(supplier=supplier, entity=entity, **said, by=by, at=at, key=key())


def called(account, by, number=KNOWN):
    said = {"number": number, "whom": "Olga Old"}
    return banking.call_back(account=account, **said, by=by, at=NOW, seen=account.version, key=key())


def approved(account, by):
    return banking.approve(account=account, by=strongly(by), at=NOW, seen=account.version, key=key())


class TestPropose:
    @pytest.mark.parametrize(
        ("iban", "bic", "why"),
        [
            ("DE89370400440532013001", "", "This is no IBAN"),
            ("", "", "This is no IBAN"),
            (IBAN, "NOTABIC", "This is no BIC"),
            (IBAN, "INGBNL2A", "The BIC is of a bank in NL and the account of one in DE."),
        ],
    )
    def test_refuses_what_cannot_be(self, supplier, clerk, iban, bic, why):
        with pytest.raises(Refused, match=why):
            banking.propose(
                supplier=supplier, entity=None, holder="N", iban=iban, bic=bic, why="", by=clerk, at=NOW, key=key()
            )

    def test_takes_it_with_spaces(self, supplier, clerk):
        assert proposed(supplier, clerk, "de89 3704 0044 0532 0130 00").iban == IBAN

    def test_one_at_a_time(self, supplier, clerk):
        proposed(supplier, clerk)
        with pytest.raises(Refused, match="is not decided yet"):
            proposed(supplier, clerk, OTHER)

    def test_is_for_who_may(self, supplier, third):
        with pytest.raises(NotYours):
            proposed(supplier, third)

    def test_no_entry_carries_the_number(self, supplier, clerk, second):
        approved(called(proposed(supplier, clerk), second), second)
        said = str(list(Entry.objects.values_list("facts", "changes")))
        assert "DE•• •••• 3000" in said
        assert IBAN not in said


class TestCallBack:
    def test_wants_a_number_that_was_known(self, supplier, clerk, second):
        account = proposed(supplier, clerk)
        with pytest.raises(Refused, match="Call a number that we knew before"):
            called(account, second, "+49 40 7654321")

    def test_a_contact_that_came_shortly_before_proves_nothing(self, supplier, clerk, second):
        with_contact(supplier, NOW - dt.timedelta(days=1), phone="+49 30 999", email="new@nordfast.example")
        with pytest.raises(Refused, match="Call a number that we knew before"):
            called(proposed(supplier, clerk), second, "+49 30 999")

    def test_is_not_for_who_proposed(self, supplier, clerk):
        with pytest.raises(Refused, match="somebody else calls"):
            called(proposed(supplier, clerk), clerk)

    def test_keeps_who_called_whom(self, supplier, clerk, second):
        account = called(proposed(supplier, clerk), second)
        assert (account.called_by, account.called_number, account.called_whom) == (str(second), KNOWN, "Olga Old")


class TestApprove:
    def test_needs_a_call(self, supplier, clerk, second):
        with pytest.raises(Refused, match="Nobody called the supplier back"):
            approved(proposed(supplier, clerk), second)

    def test_takes_another_person(self, supplier, second, third):
        account = called(proposed(supplier, second), appointed("caller", "propose_bank"))
        with pytest.raises(Refused, match="You proposed this account"):
            approved(account, second)
        assert approved(account, third).status == "active"

    def test_what_the_supplier_proposed_takes_two_of_ours(self, scene, supplier, second, third):
        account = called(proposed(supplier, scene.supplier_actor), second)
        with pytest.raises(Refused, match="You called the supplier"):
            approved(account, second)
        assert approved(account, third).status == "active"

    def test_replaces_the_one_in_use(self, supplier, clerk, second):
        first = approved(called(proposed(supplier, clerk), second), second)
        newer = approved(called(proposed(supplier, clerk, OTHER), second), second)
        assert (fresh(first).status, newer.status) == ("replaced", "active")

    def test_the_database_holds_to_two_people_too(self, supplier, clerk):
        """The twin: without the action's guard the row itself is refused."""
        account = proposed(supplier, clerk)
        wrong = {"status": "active", "decided_by": str(clerk), "called_at": NOW}
        with pytest.raises(IntegrityError, match="an_account_takes_two_people"), transaction.atomic():
            BankAccount.objects.filter(pk=account.pk).update(**wrong)

    def test_without_the_guard_one_person_would_do_until_the_database(self, supplier, second, monkeypatch):
        monkeypatch.setattr(banking, "_second_person", lambda account, by: None)
        account = called(proposed(supplier, second), appointed("caller", "propose_bank"))
        with pytest.raises(IntegrityError, match="an_account_takes_two_people"):
            approved(account, second)

    def test_wants_a_fresh_proof(self, supplier, clerk, second):
        account = called(proposed(supplier, clerk), second)
        with pytest.raises(ProofNeeded):
            banking.approve(account=account, by=second, at=NOW, seen=account.version, key=key())
        assert fresh(account).status == "called"


class TestRefuse:
    def test_says_why(self, supplier, clerk, second):
        account = proposed(supplier, clerk)
        how = {"by": second, "at": NOW, "seen": account.version, "key": key()}
        with pytest.raises(Refused, match="Say why"):
            banking.refuse(account=account, reason=" ", **how)
        assert banking.refuse(account=account, reason="Not theirs", **how | {"key": key()}).status == "refused"


class TestLook:
    def test_is_journalled_and_for_who_may(self, supplier, clerk, second):
        account = proposed(supplier, clerk)
        with pytest.raises(NotYours):
            banking.look(account=account, by=clerk, at=NOW, key=key())
        banking.look(account=account, by=second, at=NOW, key=key())
        assert Entry.objects.filter(name__endswith="AccountSeen", by=str(second)).count() == 1


def test_the_old_address_hears_twice_and_the_new_one_never(supplier, clerk, second):
    with_contact(supplier, NOW, phone="", email="thief@elsewhere.example")
    approved(called(proposed(supplier, clerk), second), second)
    drain()
    mails = list(Mail.objects.filter(thread__startswith="bank:").values_list("to", flat=True))
    assert mails == ["old@nordfast.example"] * 2


class TestInvoices:
    def billed(self, scene, number="R-1"):
        order = ordered(scene, quantity=50)
        steps.post(scene, steps.count(scene, steps.started(scene, order), 1, 50))
        drain()
        line = Charged(
            description="Bolt",
            quantity=Decimal(50),
            price=order.lines.get().price,
            amount=order.amount,
            order_number=order.number,
            line_number=1,
        )
        return invoices.capture(
            entity=scene.entity,
            supplier=scene.supplier,
            supplier_number=number,
            invoiced_on=TODAY,
            currency="EUR",
            charged=[line],
            tax_amount=order.amount * 0,
            total_amount=order.amount,
            by=scene.clerk,
            at=NOW,
            key=key(),
        )

    def test_wait_while_a_change_is_open_and_go_on_after_it(self, scene, supplier, clerk, second):
        account = proposed(supplier, clerk)
        invoice = self.billed(scene)
        assert invoice.status == "matched"
        with pytest.raises(Refused, match="is about to change to DE•• •••• 3000"):
            invoices.release(invoice=invoice, by=scene.lead, at=NOW, seen=invoice.version, key=key())
        approved(called(account, second), second)
        drain()
        assert fresh(invoice).status == "released"

    def test_of_another_company_go_on(self, scene, supplier, clerk):
        other = LegalEntity.objects.create(code="DE01", name="Other", country="DE", currency="EUR")
        proposed(supplier, clerk, entity=other)
        assert self.billed(scene).status == "released"

    def test_are_not_paid_to_a_blocked_supplier(self, scene, supplier):
        scene.supplier = suppliers.block(
            supplier=supplier, reason="Insolvent", by=SETUP, at=NOW, seen=supplier.version, key=key()
        )
        assert hold(scene.supplier, scene.entity.pk) == "The supplier is blocked: Insolvent"
