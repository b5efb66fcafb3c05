"""What can be asked about requisitions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from finance.budgets.models import Budget
from finance.budgets.queries import state
from foundation.scopes.reach import reach
from foundation.values.actor import Actor
from foundation.values.days import day_text
from foundation.values.quantity import Factor
from governance.approvals.models import ApprovalRequest, Task
from governance.waivers import queries as waivers
from governance.waivers.models import Waiver
from governance.waivers.queries import Met
from organization.entities.models import CostCenter
from organization.sites.models import Site
from procurement.requisitions import rules
from procurement.requisitions.models import POOL, Requisition, RequisitionLine, Urgency
from procurement.requisitions.parameters import PRICE_WARNING
from procurement.requisitions.rules import Checked, Finding
from suppliers.contracts.lifecycle import ContractState
from suppliers.contracts.models import ContractLine

SUBJECT = "procurement.requisition:"


def requisition_rows(actor: Actor) -> QuerySet[Requisition]:
    """Rows of the list: with whom each waits and which orders it became, looked up for the rows shown only."""
    asked = Task.objects.filter(step__request__about=Concat(Value(SUBJECT), OuterRef("pk")), is_open=True)
    names = asked.order_by().values("step__request__about").annotate(who=_joined("person__name")).values("who")
    lines = RequisitionLine.objects.everywhere(because="lines of requests that are visible")
    became = lines.filter(requisition=OuterRef("pk"), targets__isnull=False).order_by().values("requisition")
    numbers = became.annotate(numbers=_joined("targets__order_line__order__number")).values("numbers")
    rows = Requisition.objects.visible_to(actor).select_related("site", "requester")
    return rows.annotate(waits_for=Subquery(names), order_numbers=Subquery(numbers))


@dataclass(frozen=True)
class UrgentShare:
    """How much of what a site asked for was urgent."""

    site: Site
    asked: int
    urgent: int
    emergency: int
    broken: int
    """Passed without approval."""

    @property
    def percent(self) -> int:
        return (self.urgent + self.emergency) * 100 // self.asked


def urgent_shares(actor: Actor, *, since: datetime) -> list[UrgentShare]:
    """By site, the most urgent first, over what was sent since then; three queries."""
    sent = Requisition.objects.visible_to(actor).filter(submitted_at__gte=since)
    broken = ApprovalRequest.objects.filter(about=Concat(Value(SUBJECT), OuterRef("pk"))).exclude(broken_by=None)
    said = (
        sent.order_by()
        .annotate(is_broken=Exists(broken))
        .values("site")
        .annotate(
            asked=Count("pk"),
            urgent=Count("pk", filter=Q(urgency=Urgency.URGENT)),
            emergency=Count("pk", filter=Q(urgency=Urgency.EMERGENCY)),
            broken=Count("pk", filter=Q(is_broken=True)),
        )
    )
    rows = list(said)
    sites = Site.objects.in_bulk([row["site"] for row in rows])
    shares = [UrgentShare(**{**row, "site": sites[row["site"]]}) for row in rows]
    return sorted(shares, key=lambda share: (-share.percent, share.site.code))


def _joined(path: str) -> StringAgg:
    return StringAgg(path, delimiter=", ", distinct=True, output_field=CharField())


def requisition_pages(actor: Actor) -> QuerySet[Requisition]:
    """What a page shows of the header."""
    related = ["site__entity", "entity", "requester", "cost_center"]
    return Requisition.objects.visible_to(actor).select_related(*related)


@dataclass(frozen=True)
class Served:
    """What became of a requisition line: one order line, and how far that has come. Quantities in base units."""

    line_id: int
    order: str
    order_status: str
    number: int
    quantity: Decimal
    ordered: Decimal
    received: Decimal
    open: Decimal
    billed: Decimal
    promised_on: date | None


SERVED = {
    "line_id": F("pk"),
    "order": F("targets__order_line__order__number"),
    "order_status": F("targets__order_line__order__status"),
    "order_line": F("targets__order_line__number"),
    "taken": F("targets__quantity"),
    "of_order": F("targets__order_line__ordered"),
    "came": F("targets__order_line__received"),
    "still_open": F("targets__order_line__open"),
    "billed": F("targets__order_line__commitment__billed"),
    "promised": F("targets__order_line__promised_on"),
}


def served(requisition: Requisition) -> dict[int, list[Served]]:
    """By line, what orders made of it; one query. A request is told how far its orders are, whoever may open them."""
    rows = requisition.lines.filter(targets__isnull=False).order_by("targets__order_line__order_id", "targets__pk")
    found: dict[int, list[Served]] = {}
    for row in rows.values(**SERVED):
        found.setdefault(row["line_id"], []).append(
            Served(
                line_id=row["line_id"],
                order=row["order"],
                order_status=row["order_status"],
                number=row["order_line"],
                quantity=row["taken"],
                ordered=row["of_order"],
                received=row["came"],
                open=row["still_open"],
                billed=row["billed"] or Decimal(0),
                promised_on=row["promised"],
            )
        )
    return found


def sites_for(actor: Actor, verb: str = "raise_requisition") -> list[Site]:
    """Where somebody may ask: the sites of his scopes, however those are narrowed further."""
    held = reach(actor, verb)
    where = Q(pk__in=[])
    for row in held.rows:
        parts = {"entity_id": row["entity"], "pk": row["site"]}
        where |= Q(**{name: value for name, value in parts.items() if value}) if any(parts.values()) else ~Q(pk__in=[])
    return list(Site.objects.filter(where).select_related("entity").order_by("entity__code", "code"))


def centers_of(sites: Iterable[Site]) -> list[CostCenter]:
    entities = {site.entity_id for site in sites}
    return list(CostCenter.objects.filter(entity__in=entities).select_related("entity").order_by("entity", "code"))


def full_lines(requisition: Requisition) -> list[RequisitionLine]:
    """The lines with everything a check, a route or a page needs, in one query."""
    related = ["item__base_unit", "category", "site", "supplier__party", "supplier_item", "unit", "contract_line"]
    return list(requisition.lines.select_related(*related).order_by("number"))


def named_lines(requisition: Requisition) -> list[RequisitionLine]:
    """The lines with the names that a list of them shows."""
    lines = requisition.lines_at_hand
    if lines is None:
        return list(requisition.lines.select_related("item", "supplier", "unit").order_by("number"))
    prefetch_related_objects(lines, "item", "supplier", "unit")  # those that are not in hand too
    return lines


def checked_lines(requisition: Requisition) -> list[RequisitionLine]:
    """The lines with what checks and routes look at, and with the names that a list of them shows."""
    related = ["item", "supplier", "supplier_item", "contract_line", "unit"]
    return list(requisition.lines.select_related(*related).order_by("number"))


def checks(
    requisition: Requisition, lines: Iterable[RequisitionLine], *, budget: Budget | None, on: date, at: datetime
) -> list[Finding]:
    """Run the policy checks on the lines as they stand; ``budget`` is what carries them, ``on`` the site's day."""
    lines = list(lines)
    agreed = set(
        ContractLine.objects.everywhere(because="a contract counts whoever may read it")
        .filter(
            item_id__in=[line.item_id for line in lines if line.item_id],
            contract__entity_id=requisition.entity_id,
            contract__status=ContractState.ACTIVE,
            contract__starts_on__lte=on,
            contract__ends_on__gte=on,
        )
        .values_list("item_id", flat=True)
    )
    found = rules.findings(
        [_checked(line, agreed, on, at) for line in lines],
        budget_state=state(budget, requisition.amount),
        urgency=requisition.urgency,
        urgency_reason=requisition.urgency_reason,
        stock_out_on=requisition.stock_out_on,
    )
    return _waived(found, requisition, {line.number: line for line in lines}, at)


def _waived(
    found: list[Finding], requisition: Requisition, lines: dict[int, RequisitionLine], at: datetime
) -> list[Finding]:
    """Findings that a waiver lets pass say so. One query where there is anything to find, none otherwise."""
    met = {finding: _met(finding, requisition, lines) for finding in found if finding.kind in rules.WAIVABLE}
    by = waivers.covering(met.values(), at=at)
    return [_passed(one, by[met[one]]) if one in met and met[one] in by else one for one in found]


def _met(finding: Finding, requisition: Requisition, lines: dict[int, RequisitionLine]) -> Met:
    line = lines.get(finding.line or 0)
    return Met(
        check=finding.kind,
        about=requisition.subject,
        entity=requisition.entity_id,
        site=line.site_id if line else requisition.site_id,
        supplier=line.supplier.party_id if line and line.supplier else None,
        item=line.item_id if line else None,
    )


def _passed(finding: Finding, waiver: Waiver) -> Finding:
    said = {"day": day_text(waiver.ends_at.date()), "reason": waiver.reason, "finding": finding.sentence}
    sentence = _("%(finding)s Waived until %(day)s: %(reason)s") % said
    return replace(finding, verdict=rules.WAIVED, sentence=sentence, waiver=waiver.pk)


def pool(actor: Actor) -> QuerySet[RequisitionLine]:
    """Approved lines that wait to be ordered, as far as the actor may draft orders."""
    related = ["requisition", "item__base_unit", "category", "site", "supplier__party", "unit"]
    return RequisitionLine.objects.visible_to(actor, "draft_order").filter(POOL).select_related(*related)


def _checked(line: RequisitionLine, agreed: set[int], on: date, at: datetime) -> Checked:
    supplier, offer = line.supplier, line.supplier_item
    lead = offer.lead_time_days if offer else supplier.lead_time_days if supplier else 0
    factor = Factor(offer.numerator, offer.denominator) if offer else Factor(line.numerator, line.denominator)
    comparable = line.item is not None and line.rate == 1
    return Checked(
        number=line.number,
        item=line.item.sku if line.item else line.description,
        has_supplier=supplier is not None,
        supplier_state=supplier.get_status_display().lower() if supplier else "",
        supplier_may_be_ordered_from=supplier.may_be_ordered_from if supplier else True,
        price_source=line.price_source,
        price=line.price,
        standard_price=line.item.standard_price if comparable and line.item else Decimal(0),
        warned_percent=PRICE_WARNING.value(site=line.site_id, at=at),
        under_contract=bool(line.contract_line_id),
        contract_exists=line.item_id in agreed,
        need_by=line.need_by,
        soonest=on + timedelta(days=lead),
        units=factor.from_base(line.quantity, rounding=True),
        minimum=offer.minimum if offer else Decimal(0),
        multiple=offer.multiple if offer else Decimal(0),
    )
