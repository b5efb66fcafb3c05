"""What would become of a request if it were sent now: amounts, checks, budget, route. Nothing is written."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from finance.budgets.models import Budget
from finance.budgets.queries import budget_for
from foundation.lifecycles import Refused
from governance.approvals import queries as approvals
from governance.approvals.queries import PreviewStep
from organization.sites.models import Site
from organization.sites.queries import today
from procurement.requisitions import classifying, drafting, duplicates, queries, routing, typed
from procurement.requisitions.models import Requisition, RequisitionLine, Urgency
from procurement.requisitions.rules import BLOCK, WAIVED, WARN, Finding
from procurement.requisitions.typed import Row


@dataclass
class Preview:
    """The rail beside a request that is being written."""

    currency: str = ""
    amount: Decimal = Decimal(0)
    lines: list[RequisitionLine] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unclear: int = 0
    """Rows that are not understood yet."""
    budget: Budget | None = None
    is_budgeted: bool = False
    steps: list[PreviewStep] = field(default_factory=list)
    is_automatic: bool = False
    objections: list[str] = field(default_factory=list)
    version: int | None = None
    """Of the authority matrix that says so."""

    @property
    def blocks(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.verdict == BLOCK]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.verdict == WARN]

    @property
    def waived(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.verdict == WAIVED]

    @property
    def left(self) -> Decimal:
        """What the budget has left after this."""
        return self.budget.left - self.amount if self.budget else Decimal(0)

    @property
    def used(self) -> int:
        return _share(self.budget.spoken_for, self.budget.amount) if self.budget else 0

    @property
    def adds(self) -> int:
        return min(_share(self.amount, self.budget.amount), 100 - self.used) if self.budget else 0


def read(rows: list[Row], header: dict[str, Any], *, requester_id: int | None, at: datetime) -> Preview:
    """Understand the rows in place (each learns its line or its problem), then check and route what they come to."""
    site: Site | None = header.get("site")
    if site is None:
        return Preview(unclear=sum(not row.is_empty for row in rows))
    on = today(site, at)
    typed.understand(rows, need_by=header.get("need_by"))
    draft = _draft(header, site, requester_id)
    _price(draft, rows, on)
    lines = [row.line for row in rows if row.line]
    shown = Preview(
        currency=draft.currency,
        amount=draft.amount,
        lines=lines,
        unclear=sum(bool(row.problem) for row in rows),
        budget=budget_for(draft.cost_center_id, on),
        is_budgeted=draft.cost_center_id is not None,
    )
    if lines:
        alike = duplicates.twins(draft, lines, at=at)
        shown.findings = queries.checks(draft, lines, budget=shown.budget, on=on, at=at)
        shown.findings += [*alike.findings, *classifying.doubts(lines, classifying.of_lines(lines))]
        _route(shown, draft, at)
    return shown


def _draft(header: dict[str, Any], site: Site, requester_id: int | None) -> Requisition:
    """A request that is never saved."""
    return Requisition(
        entity=site.entity,
        site=site,
        requester_id=requester_id,
        cost_center=header.get("cost_center"),
        urgency=header.get("urgency") or Urgency.NORMAL,
        urgency_reason=header.get("urgency_reason") or "",
        stock_out_on=header.get("stock_out_on"),
        currency=site.entity.currency,
    )


def _price(draft: Requisition, rows: list[Row], on: Any) -> None:
    clear = [row for row in rows if row.wanted]
    lines, objections = drafting.understood(
        draft, [row.wanted for row in clear if row.wanted], entity=draft.entity, on=on
    )
    by_number = {line.number: line for line in lines}
    for number, row in enumerate(clear, start=1):
        row.line, row.problem = by_number.get(number), objections.get(number, "")
    prefetch_related_objects(lines, "supplier__party")
    try:
        drafting.value(lines, draft.entity, on)
    except Refused as refused:
        for row in clear:
            row.line, row.problem = None, row.problem or str(refused)
        return
    places = {id(row.line): number for number, row in enumerate(rows, start=1) if row.line}
    for line in lines:
        line.number = places[id(line)]
    draft.take(lines)


def _route(shown: Preview, draft: Requisition, at: datetime) -> None:
    routed = routing.route_of(draft, shown.lines, budget=shown.budget, at=at)
    shown.objections, shown.version = routed.objections, routed.matrix.number if routed.matrix else None
    shown.is_automatic = routed.route.auto_approved and not routed.objections
    shown.steps = approvals.preview(routed, requester_id=draft.requester_id, at=at)
    if any(step.nobody for step in shown.steps):
        shown.objections = [_("Nobody can approve one of the steps: tell the owner of the authority matrix.")]


def _share(part: Decimal, whole: Decimal) -> int:
    return max(0, min(100, int(part * 100 / whole))) if whole else 0
