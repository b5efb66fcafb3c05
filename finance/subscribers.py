"""What finance hears: a case is over, so what it held may be billed."""

from django.utils.timezone import now

from finance.accruals import actions as accruals
from finance.invoices import actions as invoices
from foundation.journal.events import subscribe
from foundation.values.actor import system
from governance.cases.events import CaseResolved


@subscribe(CaseResolved)
def bill_what_was_held(event: CaseResolved, *, key: str) -> None:
    accruals.let_go(case_id=event.document_id)
    invoices.rematch_case(case_id=event.document_id, by=system("match"), at=now(), key=key)
