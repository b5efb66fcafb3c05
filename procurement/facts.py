"""What orders tell the authority matrix (governance/authority/knowing.py)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from governance.authority.facts import Tenure
from governance.authority.knowing import Need, register
from governance.parameters.registry import declare
from governance.parameters.rules import Level
from procurement.orders.models import PurchaseOrder

ESTABLISHED_DAYS = declare(
    "supplier_new_after_days",
    words=_("Suppliers that are new"),
    help=_("A supplier to whom no order was issued within so many days counts as new for the matrix."),
    topic=_("Suppliers"), unit=_("days"), owner="Controller", default=730, low=90, high=3650,
    lowest=Level.HOUSE,
)  # fmt: skip


@register("supplier_tenure")
def tenure(needs: list[Need], at: datetime) -> str:
    """New is a supplier to whom no order was issued within ``ESTABLISHED_DAYS``; no supplier, nothing said."""
    suppliers = {need.supplier for need in needs if need.supplier}
    if not suppliers:
        return Tenure.ESTABLISHED
    rows = PurchaseOrder.objects.everywhere(because="a supplier is known whoever may read its orders")
    since = at - timedelta(days=ESTABLISHED_DAYS.count(at=at))
    ordered = rows.filter(supplier__in=suppliers, issued_at__gte=since).order_by().values_list("supplier", flat=True)
    return Tenure.NEW if suppliers - set(ordered.distinct()) else Tenure.ESTABLISHED
