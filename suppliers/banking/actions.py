"""A bank account changes by two people and a call to a number that was known before."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from foundation.documents import rows
from foundation.door import deciding, opening, verb
from foundation.door.door import AS_IT_IS
from foundation.journal import actions as journal
from foundation.lifecycles import Refused, move
from foundation.scopes.permissions import allow
from foundation.values.actor import SUPPLIER, Actor
from organization.entities.models import LegalEntity
from suppliers.banking import queries
from suppliers.banking.events import (
    AccountApproved,
    AccountCalled,
    AccountProposed,
    AccountRefused,
    AccountReplaced,
    AccountSeen,
)
from suppliers.banking.lifecycle import AccountState
from suppliers.banking.models import BankAccount
from suppliers.banking.rules import bic_of, digits, iban_of, masked
from suppliers.suppliers.models import Supplier


@verb
def propose(
    *,
    supplier: Supplier,
    entity: LegalEntity | None,
    holder: str,
    iban: str,
    bic: str,
    why: str,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> BankAccount:
    """A new account, or another in place of the one in use. Until it is decided, invoices are not released.

    Refused for a number that cannot be, the number in use, and while another change is open.
    """
    if by.kind != SUPPLIER:
        allow(by, "propose_bank")
    number = iban_of(iban)
    with opening(by=by, key=key):
        _alone(supplier.pk, entity.pk if entity else None)
        current = BankAccount.objects.filter(supplier=supplier, entity=entity, status=AccountState.ACTIVE).first()
        if current is not None and current.iban == number:
            raise Refused(_("This account is in use already."))
        account = BankAccount(
            supplier=supplier,
            entity=entity,
            holder=_said(holder, _("Say whose account it is.")),
            iban=number,
            bic=bic_of(bic, number),
            masked=masked(number),
            why=why.strip()[:200],
            proposed_by=str(by),
            proposed_at=at,
        )
        with deciding(account, by=by) as account:
            was = current.masked if current else ""
            journal.record(AccountProposed(**_about(account), why=account.why, instead_of=was), at=at)
    return account


def _alone(supplier_id: int, entity_id: int | None) -> None:
    """Proposals of one supplier wait for each other, so that the second finds the first and says so."""
    rows.alone(f"bank {supplier_id}")
    undecided = BankAccount.objects.filter(supplier=supplier_id, entity=entity_id, status__in=queries.OPEN)
    if (other := undecided.first()) is not None:
        said = {"account": other.masked}
        raise Refused(_("A change to %(account)s is not decided yet: decide it first.") % said)


@verb
def call_back(
    *, account: BankAccount, number: str, whom: str, by: Actor, at: datetime, seen: int, key: str
) -> BankAccount:
    """Somebody called the supplier, and somebody there said that the account is theirs.

    Refused for a number that we did not know before the change, and to whoever proposed it.
    """
    with deciding(account, by=by, seen=seen, key=key) as account:
        allow(by, "propose_bank")
        if str(by) == account.proposed_by:
            raise Refused(_("You proposed this account: somebody else calls the supplier."))
        known = {digits(contact.phone) for contact in queries.known_contacts(account.supplier_id, account.proposed_at)}
        if not digits(number) or digits(number) not in known:
            raise Refused(
                _("Call a number that we knew before this change. A number that came with it proves nothing.")
            )
        account.called_by, account.called_number = str(by), number.strip()
        account.called_whom = _said(whom, _("Say with whom you spoke."))
        move(account.call, at=at)
        told = {"number": account.called_number, "whom": account.called_whom}
        journal.record(AccountCalled(**_about(account), **told), at=at)
    return account


@verb
def approve(*, account: BankAccount, by: Actor, at: datetime, seen: int, key: str) -> BankAccount:
    """From now on it is paid to. Two people of ours have looked at it, and neither is the one who proposed it alone."""
    current = BankAccount.objects.filter(
        supplier=account.supplier_id, entity=account.entity_id, status=AccountState.ACTIVE
    ).first()
    with deciding(account, by=by, seen=seen, key=key, first=[current] if current else [], proof=True) as account:
        allow(by, "approve_bank")
        _second_person(account, by)
        if current is not None:
            with deciding(current, by=by) as current:
                move(current.replace)
                journal.record(AccountReplaced(**_about(current)), at=at)
        account.decided_by = str(by)
        move(account.approve, at=at)
        was = current.masked if current else ""
        journal.record(AccountApproved(**_about(account), instead_of=was), at=at)
    return account


def _second_person(account: BankAccount, by: Actor) -> None:
    if str(by) == account.proposed_by:
        raise Refused(_("You proposed this account: somebody else has to approve it."))
    if account.proposed_by.startswith(f"{SUPPLIER}:") and str(by) == account.called_by:
        raise Refused(_("You called the supplier about it: somebody else has to approve it."))


@verb
def refuse(*, account: BankAccount, reason: str, by: Actor, at: datetime, seen: int, key: str) -> BankAccount:
    """It is not taken over. Whoever proposed it may say so, too: that only takes it back."""
    with deciding(account, by=by, seen=seen, key=key) as account:
        if str(by) != account.proposed_by:
            allow(by, "approve_bank")
        account.decided_by, account.answer = str(by), _said(reason, _("Say why it is refused."))[:200]
        move(account.refuse, at=at)
        journal.record(AccountRefused(**_about(account), reason=account.answer), at=at)
    return account


@verb
def look(*, account: BankAccount, by: Actor, at: datetime, key: str) -> BankAccount:
    """Show the whole number to somebody who may see it; that he looked is kept."""
    with deciding(account, by=by, seen=AS_IT_IS, key=key) as account:
        allow(by, "see_bank")
        journal.record(AccountSeen(**_about(account)), at=at, told=False)
    return account


def _said(text: str, why: str) -> str:
    if not text.strip():
        raise Refused(why)
    return text.strip()


def _about(account: BankAccount) -> dict[str, Any]:
    return {
        "subject": account.subject,
        "supplier_id": account.supplier_id,
        "entity_id": account.entity_id,
        "account": account.masked,
    }
