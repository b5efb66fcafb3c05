"""Orders of which more has arrived than was billed: one press further the invoice is filled in."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET

from finance.invoices.portal_queries import ready_to_bill
from foundation.screens import lists
from foundation.screens.policy import policy
from foundation.values.actor import Actor
from foundation.values.portal_roles import PortalRole
from procurement.orders import portal_queries as queries
from procurement.orders.models import PurchaseOrder
from suppliers import portal_lists

READY = lists.List(
    "portal-ready-to-bill",
    title=_("Ready to bill"),
    columns=[
        lists.Column("number", _("Order"), sort="number", kind="code"),
        lists.Column("site", _("Delivered to"), sort="site__name", value="site.name"),
        lists.Column("line_count", _("Lines"), sort="line_count", kind="number"),
        lists.Column("amount", _("Value of the order"), sort="amount", kind="money", currency="currency"),
        lists.Column("received_at", _("Last received"), sort="received_at", kind="instant"),
    ],
    filters=[lists.Search(["number", "supplier_reference", "site__name"])],
    views=[lists.View("all", _("All"), {"sort": "received_at"})],
    url=lambda order: reverse("portal:order-invoice", args=[order.public_id]),
    counted=ngettext_lazy("%(shown)s order", "%(shown)s orders", "count"),
    empty=_("Everything that has arrived is billed."),
)


@require_GET
@policy(PortalRole.BILLING)
def ready(request: HttpRequest) -> HttpResponse:
    return portal_lists.answer(request, READY, unbilled(request.actor))  # type: ignore[attr-defined]


def unbilled(actor: Actor) -> QuerySet[PurchaseOrder]:
    return queries.orders_of(actor).filter(number__in=ready_to_bill(actor).values("order_number"))
