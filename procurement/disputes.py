"""What a supplier may see of a case about an order or a change, and how it may be settled with him."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.subjects.registry import fetch
from procurement.changes import queries
from procurement.changes.models import ChangeRequest
from procurement.orders.models import PurchaseOrder
from suppliers.disputes.settlements import CORRECT, NO_CLAIM, Settlement, register
from suppliers.disputes.showing import Shown, shows

register(
    "supplier_change",
    by=(
        Settlement(
            NO_CLAIM,
            "accept_change",
            gettext_lazy("As the supplier proposes"),
            gettext_lazy("The order is changed that way."),
        ),
        Settlement(
            CORRECT,
            "decline_change",
            gettext_lazy("As ordered"),
            gettext_lazy("The order stays as it was issued."),
        ),
    ),
)


@shows("procurement.changerequest")
def of_change(case: Any, title: str) -> Shown:
    """Before and after, line by line."""
    change: ChangeRequest = fetch(case.about)
    facts = [
        (_("Line %(n)d, %(field)s") % {"n": one.line, "field": one.field.lower()}, f"{one.before} → {one.after}")
        for one in queries.differences(queries.full_rows(change))
    ]
    return _of(change.order, title, facts)


@shows("procurement.purchaseorder")
def of_order(case: Any, title: str) -> Shown:
    return _of(fetch(case.about), title, [])


def _of(order: PurchaseOrder, title: str, facts: list[tuple[str, str]]) -> Shown:
    return Shown(
        about=_("Order %(number)s") % {"number": order.number},
        title=title,
        facts=facts,
        order_public_id=order.public_id,
    )
