"""Issue an order: revision 1 is frozen, finance is bound, the supplier will hear."""

from datetime import datetime, timedelta
from fractions import Fraction

from finance.budgets import actions as budgets
from finance.budgets.actions import Claim
from finance.budgets.models import Stage
from finance.commitments import actions as commitments
from finance.commitments.actions import Bound
from foundation.documents import sets
from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import move
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from foundation.values.exact import half_up
from governance.deadlines import due_in_days
from governance.waivers import actions as use_waivers
from governance.waivers import queries as waivers
from governance.waivers.models import WaiverUse
from governance.waivers.queries import Met
from organization.sites.queries import today
from procurement.orders import queries, revisions
from procurement.orders.events import OrderIssued
from procurement.orders.models import LineSource, PurchaseOrder, PurchaseOrderLine, Synced
from procurement.requisitions.actions import reserved_for
from procurement.requisitions.models import Requisition
from suppliers.contracts import actions as contracts
from suppliers.documents import queries as documents
from suppliers.terms.rules import Terms

TOLERANCES = ("quantity_percent", "price_percent", "days_early", "days_late")


@verb
def issue(*, order: PurchaseOrder, by: Actor, at: datetime, seen: int, key: str) -> PurchaseOrder:
    """Freeze revision 1 and bind the budget. The ERP and the supplier are told after commit.

    Raises Refused if the order has no lines or the supplier may not be ordered from.
    """
    with deciding(order, by=by, seen=seen, key=key, shared=[order.supplier]) as order:
        allow(by, "issue_order", order)
        _waive(order, at=at)
        on = today(order.site, at)
        order.document_stops = documents.why_not_order(order.supplier, entity_id=order.entity_id, on=on)
        move(order.issue, at=at)
        order.synced = Synced.PENDING
        _agree(order, queries.terms_in_force(order, on), at=at)
        lines = queries.named_lines(order)
        revisions.freeze(order, lines, by=by, at=at)
        _bind(order, lines, by=by, at=at)
        contracts.call_off({line.contract_line_id: line.ordered for line in lines if line.contract_line_id})
        journal.record(
            OrderIssued(
                subject=order.subject,
                number=order.number,
                revision=order.revision,
                supplier_id=order.supplier_id,
                site_id=order.site_id,
                amount=order.amount,
                currency=order.currency,
                lines=order.line_count,
            ),
            at=at,
        )
    return order


def _agree(order: PurchaseOrder, terms: Terms, *, at: datetime) -> None:
    """What was agreed goes out with the order, and is not looked up again when the answer comes."""
    order.confirm_by = at + timedelta(hours=terms.confirms_within_hours)
    if terms.deemed_accepted_after_days is not None:
        order.deemed_at = due_in_days(at, terms.deemed_accepted_after_days, site_id=order.site_id)
    for name in TOLERANCES:
        setattr(order, name, getattr(terms, name))


def _waive(order: PurchaseOrder, *, at: datetime) -> None:
    """A supplier that is not open for orders may be ordered from by a waiver, which the order then shows."""
    if order.supplier.may_be_ordered_from:
        return
    met = supplier_check(order)
    if waiver := waivers.covering([met], at=at).get(met):
        order.has_waiver = True
        sentence = f"{order.supplier.get_status_display()}: {waiver.reason}"[:400]
        said = {"about": order.subject, "title": order.number, "url": f"/orders/{order.number}/"}
        use_waivers.note_uses([WaiverUse(waiver=waiver, **said, sentence=sentence, used_at=at)])


def supplier_check(order: PurchaseOrder) -> Met:
    """What a waiver has to cover, so that an order goes to a supplier who is not open for orders."""
    where = {"entity": order.entity_id, "site": order.site_id, "supplier": order.supplier.party_id}
    return Met(check="supplier", about=order.subject, **where)


def _bind(order: PurchaseOrder, lines: list[PurchaseOrderLine], *, by: Actor, at: datetime) -> None:
    """Reserved becomes committed."""
    made = commitments.commit(
        order_number=order.number,
        entity_id=order.entity_id,
        supplier_id=order.supplier_id,
        currency=order.currency,
        rate=order.rate,
        lines=[
            Bound(
                line_number=line.number,
                item_id=line.item_id,
                description=line.description,
                cost_center_id=line.cost_center_id,
                quantity=line.ordered,
                price=line.price,
                due_on=line.need_by,
            )
            for line in lines
        ],
        on=today(order.site, at),
        instead=_reserved(order, lines),
        by=by,
        at=at,
    )
    for line in lines:
        line.commitment = made[line.number]
    sets.write(lines, ["commitment"])


def _reserved(order: PurchaseOrder, lines: list[PurchaseOrderLine]) -> list[Claim]:
    """What the requests had reserved for these lines, given back; the last part of a line gives back all there is."""
    sources = list(LineSource.objects.filter(order_line__in=lines).select_related("requisition_line"))
    asked = Requisition.objects.everywhere(because="what is ordered was asked for, whoever may see by whom")
    requests = asked.in_bulk({source.requisition_line.requisition_id for source in sources})
    parts = {reserved_for(requests[s.requisition_line.requisition_id], s.requisition_line): s for s in sources}
    claims = []
    for reference, (budget_id, left) in budgets.standing(parts, Stage.RESERVED).items():
        line = parts[reference].requisition_line
        share = half_up(Fraction(line.amount) * Fraction(parts[reference].quantity) / Fraction(line.quantity), 6)
        claims.append(Claim(budget_id, Stage.RESERVED, -(min(share, left) if line.remaining else left), reference))
    return claims
