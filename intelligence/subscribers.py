"""What intelligence hears: a supplier objected to a figure, or that was decided."""

from django.utils.timezone import now

from foundation.journal.events import subscribe
from governance.cases.events import CaseOpened, CaseReopened, CaseResolved
from governance.cases.models import Case
from intelligence.performance import actions as performance
from suppliers.scorecards.contesting import KIND
from suppliers.suppliers.models import Supplier


@subscribe(CaseOpened, CaseResolved, CaseReopened)
def count_again(event: CaseOpened | CaseResolved | CaseReopened, *, key: str) -> None:
    """Only what is about figures; the clock hears the rest within minutes."""
    if event.kind != KIND:
        return
    case = Case.objects.everywhere(because="delivered by the relay").get(pk=event.document_id)
    performance.reckon(supplier=Supplier.objects.get(pk=case.supplier_id), at=now())
