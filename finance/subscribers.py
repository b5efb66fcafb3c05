"""What finance hears: a case is over, so what it held may be billed; a bank account is decided, so it may be paid."""

from django.utils.timezone import now

from finance.accruals import actions as accruals
from finance.invoices import actions as invoices
from finance.invoices.actions import exceptions
from finance.invoices.actions.cases import EXCEPTION
from foundation.journal.events import subscribe
from foundation.values.actor import system
from governance.cases.events import CaseResolved
from governance.permits.events import PermitGranted, PermitRefused
from governance.permits.models import Permit
from suppliers.banking.events import AccountApproved, AccountRefused
from suppliers.suppliers.events import SupplierReleased, SupplierRestricted


@subscribe(PermitGranted, PermitRefused)
def settle_price_exception(event: PermitGranted | PermitRefused, *, key: str) -> None:
    if event.kind == EXCEPTION:
        go_on = exceptions.pay_difference if isinstance(event, PermitGranted) else exceptions.come_back
        go_on(permit=Permit.objects.get(pk=event.document_id), by=system("match"), at=now(), key=key)


@subscribe(AccountApproved, AccountRefused)
def pay_what_waited(event: AccountApproved | AccountRefused, *, key: str) -> None:
    invoices.rematch_supplier(supplier_id=event.supplier_id, by=system("match"), at=now(), key=key)


@subscribe(SupplierReleased, SupplierRestricted)
def pay_again(event: SupplierReleased | SupplierRestricted, *, key: str) -> None:
    invoices.rematch_supplier(supplier_id=event.document_id, by=system("match"), at=now(), key=key)


@subscribe(CaseResolved)
def bill_what_was_held(event: CaseResolved, *, key: str) -> None:
    accruals.let_go(case_id=event.document_id)
    invoices.rematch_case(case_id=event.document_id, by=system("match"), at=now(), key=key)
