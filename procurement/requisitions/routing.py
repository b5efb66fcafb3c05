"""A request as the authority matrix sees it: what its lines say, what others know of it, what belongs with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q, Sum

from finance.budgets.models import Budget
from finance.budgets.queries import state
from governance.authority import knowing
from governance.authority.facts import Contract, Price, Risk
from governance.authority.facts import Source as Origin
from governance.authority.knowing import Need, worst
from governance.authority.queries import LinePlace, Routed, route_for
from procurement.requisitions.lifecycle import RequisitionState as S
from procurement.requisitions.models import Requisition, RequisitionLine, Source
from procurement.requisitions.parameters import PRICE_ABOVE, PRICE_FAR_ABOVE, RELATED_DAYS

KIND = "requisition"
COUNTED = [S.IN_APPROVAL, S.APPROVED, S.PARTLY_ORDERED, S.ORDERED]


def route_of(
    requisition: Requisition, lines: Iterable[RequisitionLine], *, budget: Budget | None, at: datetime
) -> Routed:
    """Whom the matrix in force would ask. Also what the page previews before anything is sent."""
    lines = list(lines)
    return route_for(
        kind=KIND,
        at=at,
        entity_id=requisition.entity_id,
        site_id=requisition.site_id,
        category_ids=requisition.category_ids,
        amount=requisition.amount,
        cumulative=requisition.amount + related(requisition, at=at),
        cost_center_id=requisition.cost_center_id,
        budget=state(budget, requisition.amount),
        urgency=requisition.urgency,
        lines=[LinePlace(line.number, line.site_id, line.category_id) for line in lines],
        **said_by(lines, asked_by=requisition.source, limits=PriceLimits.at(requisition.site_id, at), on=at.date()),
        **knowing.known(map(_need, lines), at=at),
    )


def related(requisition: Requisition, *, at: datetime) -> Decimal:
    """What else was asked for within ``RELATED_DAYS``, of one kind, by the same person or for the same cost center.

    The same kind is a supplier or a category in common. In the entity's currency, without this request. What the
    system proposes is not cut by anybody, and counts alone.
    """
    if requisition.source in (Source.REPLENISHMENT, Source.BACKORDER):
        return Decimal(0)
    who = Q(requester=requisition.requester_id)
    if requisition.cost_center_id:
        who |= Q(cost_center=requisition.cost_center_id, site=requisition.site_id)
    what = Q(supplier_ids__overlap=requisition.supplier_ids) | Q(category_ids__overlap=requisition.category_ids)
    rows = Requisition.objects.everywhere(because="purchases belong together whoever may read them")
    window = timedelta(days=RELATED_DAYS.count(site=requisition.site_id, at=at))
    rows = rows.filter(who, what, entity=requisition.entity_id, status__in=COUNTED, submitted_at__gt=at - window)
    return rows.exclude(pk=requisition.pk).aggregate(total=Sum("amount"))["total"] or Decimal(0)


@dataclass(frozen=True)
class PriceLimits:
    """From which times the usual price on a price is above it, and far above it."""

    above: Decimal
    far_above: Decimal

    @classmethod
    def at(cls, site: int, at: datetime) -> "PriceLimits":
        return cls(*(1 + one.value(site=site, at=at) / 100 for one in (PRICE_ABOVE, PRICE_FAR_ABOVE)))


def said_by(lines: Iterable[RequisitionLine], *, asked_by: str, limits: PriceLimits, on: date) -> dict[str, str]:
    """What the lines themselves say: contract, price and supplier risk by the worst line, source by what is asked."""
    lines = list(lines)
    risks = (line.supplier.risk_on(on) for line in lines if line.supplier_id)
    return {
        "contract": contract_state(lines),
        "price": worst((_price(line, limits) for line in lines), ranks=Price),
        "supplier_risk": worst(risks, ranks=(Risk.LOW, Risk.MEDIUM, Risk.HIGH)),
        "source": _source(lines, asked_by),
    }


def contract_state(lines: Iterable[RequisitionLine]) -> str:
    """How much of a request is under contract."""
    under = {bool(line.contract_line_id) for line in lines}
    return Contract.PARTLY if len(under) == 2 else Contract.COVERED if under == {True} else Contract.OFF


def _price(line: RequisitionLine, limits: PriceLimits) -> str:
    """Against the contract, or else what the item usually costs; prices in other currencies are not compared."""
    usual = line.contract_line.price if line.contract_line else line.item.standard_price if line.item else Decimal(0)
    if not usual or line.rate != 1 or line.price <= usual * limits.above:
        return Price.IN_LINE
    return Price.ABOVE if line.price <= usual * limits.far_above else Price.FAR_ABOVE


def _source(lines: Iterable[RequisitionLine], asked_by: str) -> str:
    if asked_by in (Source.REPLENISHMENT, Source.BACKORDER):
        return Origin(asked_by)
    return Origin.CATALOG if all(line.item_id for line in lines) else Origin.FREE_TEXT


def _need(line: RequisitionLine) -> Need:
    return Need(line.item_id, line.site_id, line.supplier_id, line.quantity, line.need_by)
