"""What procurement brings to be approved."""

from collections.abc import Collection, Iterable
from datetime import datetime

from foundation.documents.models import Recorded
from foundation.subjects.registry import SubjectLine, register
from foundation.values.actor import Actor
from procurement.requisitions import actions as requisitions
from procurement.requisitions import splitting
from procurement.requisitions.models import Requisition


@register("procurement.requisition")
class RequisitionSubject:
    def describe(self, requisition: Requisition) -> str:
        return f"{requisition.number} {requisition.title}"

    def url(self, requisition: Requisition) -> str:
        return f"/requests/{requisition.number}/"

    def lock(self, requisition: Requisition) -> Iterable[Recorded]:
        return [requisition]

    def lines(self, requisition: Requisition) -> Iterable[SubjectLine]:
        currency = requisition.currency
        rows = requisition.lines.filter(outcome="").order_by("number")
        return [SubjectLine(line.number, line.description, line.amount, currency) for line in rows]

    def take_out(
        self, requisition: Requisition, *, lines: Collection[int], returned: bool, reason: str, by: Actor, at: datetime
    ) -> None:
        said = {"numbers": lines, "returned": returned, "reason": reason}
        splitting.take_out(requisition=requisition, **said, by=by, at=at)

    def on_granted(self, requisition: Requisition, *, by: Actor, at: datetime) -> None:
        requisitions.approve(requisition=requisition, by=by, at=at)

    def on_refused(self, requisition: Requisition, *, by: Actor, at: datetime, returned: bool, reason: str) -> None:
        turn_down = requisitions.send_back if returned else requisitions.reject
        turn_down(requisition=requisition, reason=reason, by=by, at=at)
