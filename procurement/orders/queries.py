"""What can be asked about orders."""

from procurement.orders.models import PurchaseOrder, PurchaseOrderLine

LINE_RELATED = ["item__base_unit", "category", "unit", "contract_line", "commitment"]


def full_lines(order: PurchaseOrder) -> list[PurchaseOrderLine]:
    """The lines with everything a page, a revision or a message needs, in one query."""
    return list(order.lines.select_related(*LINE_RELATED).order_by("number"))


def receipt_facet(lines: list[PurchaseOrderLine]) -> str:
    """none, partly, full or over: what came of what was ordered."""
    if any(line.over for line in lines):
        return "over"
    if not any(line.received for line in lines):
        return "none"
    return "partly" if any(line.open for line in lines) else "full"
