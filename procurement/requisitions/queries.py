"""What can be asked about requisitions."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet, Sum

from finance.budgets.queries import budget_for, state
from foundation.values.actor import Actor
from foundation.values.quantity import Factor
from procurement.requisitions import rules
from procurement.requisitions.models import POOL, Requisition, RequisitionLine
from procurement.requisitions.rules import Checked, Finding
from suppliers.contracts.lifecycle import ContractState
from suppliers.contracts.models import ContractLine

COVERED, PARTLY, UNCOVERED = "covered", "partly_covered", "off_contract"


def full_lines(requisition: Requisition) -> list[RequisitionLine]:
    """The lines with everything a check, a route or a page needs, in one query."""
    related = ["item", "category", "site", "supplier__party", "supplier_item", "unit", "contract_line"]
    return list(requisition.lines.select_related(*related).order_by("number"))


def checks(requisition: Requisition, lines: Iterable[RequisitionLine], *, on: date) -> list[Finding]:
    """Run the policy checks on the lines as they stand."""
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
    return rules.findings(
        [_checked(line, agreed, on) for line in lines],
        budget_state=state(budget_for(requisition.cost_center_id, on), requisition.amount),
        urgency=requisition.urgency,
        urgency_reason=requisition.urgency_reason,
    )


def contract_state(lines: Iterable[RequisitionLine]) -> str:
    """How much of a request is under contract: the fact the authority matrix asks for."""
    under = {bool(line.contract_line_id) for line in lines}
    return PARTLY if len(under) == 2 else COVERED if under == {True} else UNCOVERED


def risk(lines: Iterable[RequisitionLine]) -> str:
    """The highest risk among the suppliers."""
    ranks = ["low", "medium", "high"]
    found = [ranks.index(line.supplier.risk) for line in lines if line.supplier_id]
    return ranks[max(found, default=0)]


def pool(actor: Actor) -> QuerySet[RequisitionLine]:
    """Approved lines that wait to be ordered, as far as the actor may draft orders."""
    related = ["requisition", "item", "category", "site", "supplier__party", "unit"]
    return RequisitionLine.objects.visible_to(actor, "draft_order").filter(POOL).select_related(*related)


def waiting_quantity(item_ids: Iterable[int]) -> dict[int, Decimal]:
    """How much of each item is approved and not yet ordered, everywhere."""
    rows = RequisitionLine.objects.everywhere(because="supply counts wherever it was asked for").filter(POOL)
    sums = rows.filter(item_id__in=list(item_ids)).values("item_id")
    return {row["item_id"]: row["q"] for row in sums.annotate(q=Sum("quantity") - Sum("ordered") - Sum("cancelled"))}


def _checked(line: RequisitionLine, agreed: set[int], on: date) -> Checked:
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
        under_contract=bool(line.contract_line_id),
        contract_exists=line.item_id in agreed,
        need_by=line.need_by,
        soonest=on + timedelta(days=lead),
        units=factor.from_base(line.quantity, rounding=True),
        minimum=offer.minimum if offer else Decimal(0),
        multiple=offer.multiple if offer else Decimal(0),
    )
