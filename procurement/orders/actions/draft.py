"""From the pool to an order: approved lines keep their approval, their price and their lineage."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.lifecycles import Refused
from foundation.numbering import actions as numbering
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from foundation.values.money import line_amount
from organization.currencies.queries import rate
from organization.sites.models import Site
from organization.sites.queries import today
from procurement.orders.events import OrderDrafted
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import LineSource, PurchaseOrder, PurchaseOrderLine
from procurement.requisitions import ordering as requisitions
from procurement.requisitions.models import POOL, Requisition, RequisitionLine
from suppliers.suppliers.models import Supplier
from suppliers.terms.queries import terms_of


@dataclass(frozen=True)
class Taken:
    """So much of one approved requisition line, in base units; None takes what is left."""

    requisition_line_id: int
    quantity: Decimal | None = None


@verb
def draft(
    *,
    supplier: Supplier,
    site: Site,
    taken: Iterable[Taken],
    by: Actor,
    at: datetime,
    key: str,
    buyer_id: int | None = None,
    note: str = "",
) -> PurchaseOrder:
    """One order to one supplier from lines of the pool. It is born approved: its lines were approved as requests.

    Refused when a line is not waiting any more (somebody else ordered it a moment ago), or when the lines do not fit
    on one order (entity, currency).
    """
    wanted = {t.requisition_line_id: t.quantity for t in taken}
    first = _requests(wanted)
    sources = _sources(wanted, first)
    order = _header(supplier, site, sources, at=at, buyer_id=buyer_id or by.person_id, note=note)
    allow(by, "draft_order", order)
    with deciding(order, by=by, key=key, first=first.values()) as order:
        sources = _sources(wanted, first)  # again, now that nobody else can take them
        lines = _lines(order, sources, wanted)
        order.line_count = order.open_line_count = len(lines)
        order.amount = sum((line.amount for line in lines), Decimal(0))
        for requisition in first.values():
            requisitions.note_ordered(requisition=requisition, order_number=order.number, wanted=wanted, by=by, at=at)
        journal.record(
            OrderDrafted(
                subject=order.subject,
                number=order.number,
                supplier_id=supplier.pk,
                amount=order.amount,
                currency=order.currency,
                requests=sorted(requisition.number for requisition in first.values()),
            ),
            at=at,
        )
    return order


def _requests(wanted: dict[int, Decimal | None]) -> dict[int, Requisition]:
    """The requests of the lines; their number, entity and cost center stand since before they were approved."""
    if not wanted:
        raise Refused(_("Pick at least one line to order."))
    because = "the lines were chosen from what the buyer may draft"
    chosen = RequisitionLine.objects.everywhere(because=because).filter(pk__in=wanted)
    asked = Requisition.objects.everywhere(because=because).filter(pk__in=chosen.values("requisition"))
    return asked.select_related("entity").in_bulk()


def _sources(wanted: dict[int, Decimal | None], requests: dict[int, Requisition]) -> list[RequisitionLine]:
    pool = RequisitionLine.objects.everywhere(because="judged below, under the lock of their requests")
    lines = list(pool.filter(POOL, pk__in=wanted).select_related("supplier_item", "category").order_by("need_by", "pk"))
    for line in lines:
        line.requisition = requests[line.requisition_id]
    if len(lines) != len(wanted):
        raise Refused(_("Some of these lines are not waiting any more: somebody ordered or cancelled them just now."))
    if len({(line.requisition.entity_id, line.currency) for line in lines}) > 1:
        raise Refused(_("One order has one legal entity and one currency: split these lines."))
    for line in lines:
        quantity = wanted[line.pk]
        if quantity is not None and not 0 < quantity <= line.remaining:
            raise Refused(
                _("Only %(left)s of %(what)s is left to order.")
                % {
                    "left": f"{line.remaining.normalize():f}",
                    "what": line.description,
                }
            )
    return lines


def _header(
    supplier: Supplier, site: Site, sources: list[RequisitionLine], *, at: datetime, buyer_id: int | None, note: str
) -> PurchaseOrder:
    entity, currency, on = sources[0].requisition.entity, sources[0].currency, today(site, at)
    terms = terms_of(
        supplier,
        entity_id=entity.pk,
        site_id=site.pk,
        category_paths={line.category.path for line in sources},
        on=on,
    )
    centers = {line.requisition.cost_center_id for line in sources}
    return PurchaseOrder(
        number=numbering.take("PO", entity.code, on),
        entity=entity,
        site=site,
        supplier=supplier,
        cost_center_id=centers.pop() if len(centers) == 1 else None,
        buyer_id=buyer_id,
        category_ids=sorted({line.category_id for line in sources}),
        currency=currency,
        rate=rate(currency, entity.currency, on).factor,
        payment_terms=terms.payment_terms,
        incoterm=terms.incoterm,
        need_by=min(line.need_by for line in sources),
        note=note,
        status=OrderState.APPROVED,
        approved_at=at,
        created_at=at,
    )


def _lines(
    order: PurchaseOrder, sources: list[RequisitionLine], wanted: dict[int, Decimal | None]
) -> list[PurchaseOrderLine]:
    lines = []
    for number, source in enumerate(sources, start=1):
        quantity = wanted[source.pk] or source.remaining
        lines.append(
            PurchaseOrderLine(
                order=order,
                number=number,
                item_id=source.item_id,
                supplier_sku=source.supplier_item.supplier_sku if source.supplier_item else "",
                description=source.description,
                category_id=source.category_id,
                unit_id=source.unit_id,
                numerator=source.numerator,
                denominator=source.denominator,
                price=source.price,
                price_source=source.price_source,
                contract_line_id=source.contract_line_id,
                amount=line_amount(quantity, source.price, order.currency).amount,
                cost_center_id=source.requisition.cost_center_id,
                need_by=source.need_by,
                ordered=quantity,
                open=quantity,
            )
        )
    PurchaseOrderLine.objects.bulk_create(lines)
    LineSource.objects.bulk_create(
        LineSource(order_line=line, requisition_line=source, quantity=line.ordered)
        for line, source in zip(lines, sources, strict=True)
    )
    return lines
