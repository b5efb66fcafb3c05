"""The way of one line: what was asked, ordered, billed. What was announced and received is told by panels."""

from collections.abc import Iterable
from uuid import UUID

from finance.invoices.models import InvoiceLine
from foundation.values.actor import Actor
from procurement.orders.models import LineSource, PurchaseOrderLine
from procurement.requisitions.models import RequisitionLine


def asked_line(actor: Actor, lineage: UUID) -> RequisitionLine | None:
    """The request line, for whoever may see its request."""
    related = ["requisition__requester", "item__base_unit", "unit", "site", "supplier__party"]
    return RequisitionLine.objects.visible_to(actor).filter(lineage=lineage).select_related(*related).first()


def ordered_lines(actor: Actor, line: RequisitionLine) -> list[LineSource]:
    """Order lines that serve it, on orders that the person may see."""
    sources = LineSource.objects.filter(requisition_line=line).order_by("pk")
    related = ["order_line__order__supplier__party", "order_line__unit", "order_line__commitment"]
    visible = PurchaseOrderLine.objects.visible_to(actor).values("pk")
    return list(sources.filter(order_line__in=visible).select_related(*related))


def billed_lines(actor: Actor, commitments: Iterable[int]) -> list[InvoiceLine]:
    rows = InvoiceLine.objects.visible_to(actor).filter(commitment__in=list(commitments))
    return list(rows.select_related("invoice").order_by("pk"))
