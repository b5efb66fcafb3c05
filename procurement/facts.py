"""What orders tell the authority matrix (governance/authority/knowing.py)."""

from datetime import datetime, timedelta

from governance.authority.facts import Tenure
from governance.authority.knowing import Need, register
from procurement.orders.models import PurchaseOrder

ESTABLISHED_WITHIN = timedelta(days=730)


@register("supplier_tenure")
def tenure(needs: list[Need], at: datetime) -> str:
    """New is a supplier to whom no order was issued in the last two years; a line without a supplier says nothing."""
    suppliers = {need.supplier for need in needs if need.supplier}
    if not suppliers:
        return Tenure.ESTABLISHED
    rows = PurchaseOrder.objects.everywhere(because="a supplier is known whoever may read its orders")
    since = at - ESTABLISHED_WITHIN
    ordered = rows.filter(supplier__in=suppliers, issued_at__gte=since).order_by().values_list("supplier", flat=True)
    return Tenure.NEW if suppliers - set(ordered.distinct()) else Tenure.ESTABLISHED
