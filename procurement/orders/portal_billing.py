"""Orders of which more has arrived than was billed: one press further their invoice is filled in."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from finance.invoices import portal as billing
from finance.invoices.portal_queries import ready_to_bill
from foundation.screens import lists
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.values.actor import Actor
from foundation.values.portal_roles import PortalRole
from foundation.values.quantity import Factor
from organization.entities.models import LegalEntity
from procurement.orders import portal_bulk
from procurement.orders import portal_queries as queries
from procurement.orders.models import PurchaseOrder, PurchaseOrderLine
from procurement.orders.portal_list import address
from suppliers import portal_lists

MOST = 50
"""Orders on one invoice."""

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
    bulk=[lists.Bulk("bill", _("Invoice together"), "portal:orders-invoice", verb="see_order", is_primary=True)],
    url=lambda order: reverse("portal:order-invoice", args=[order.public_id]),
    counted=ngettext_lazy("%(shown)s order", "%(shown)s orders", "count"),
    empty=_("Everything that has arrived is billed."),
)


@require_GET
@policy(PortalRole.BILLING)
def ready(request: HttpRequest) -> HttpResponse:
    return portal_lists.answer(request, READY, unbilled(request.actor), bulk_on="all")  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
@policy(PortalRole.BILLING)
def invoice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Bill one order: GET fills the invoice in, POST sends it."""
    order = find(queries.orders_of(request.actor), public_id=public_id)  # type: ignore[attr-defined]
    return billing.bill(request, handed([order]))


@require_POST
@policy(PortalRole.BILLING)
def invoice_many(request: HttpRequest) -> HttpResponse:
    """Bill those that were chosen on one invoice: first it is shown, and once it has a number it is sent."""
    orders = portal_bulk.chosen(request, READY, unbilled(request.actor), most=MOST)  # type: ignore[attr-defined]
    if len({(order.entity_id, order.currency) for order in orders}) > 1:
        names = LegalEntity.objects.filter(pk__in={order.entity_id for order in orders}).values_list("name", flat=True)
        said = {"companies": ", ".join(sorted(names)), "currencies": ", ".join(sorted({o.currency for o in orders}))}
        sentence = gettext("These orders are of %(companies)s, in %(currencies)s. Each gets an invoice of its own.")
        raise BadRequest(sentence % said)
    return billing.bill(request, handed(orders))


def handed(orders: list[PurchaseOrder]) -> list[billing.Order]:
    """Finance knows orders by their numbers, so they are handed down with what the supplier reads of them."""
    return [
        billing.Order(
            number=order.number,
            public_id=order.public_id,
            supplier_id=order.supplier_id,
            currency=order.currency,
            url=address(order),
            lines=[_line(line) for line in lines],
        )
        for order, lines in portal_bulk.lines_of(orders)
    ]


def _line(line: PurchaseOrderLine) -> billing.OrderLine:
    return billing.OrderLine(
        number=line.number,
        description=line.description,
        part=line.supplier_sku or (line.item.sku if line.item else ""),
        unit=line.unit.code,
        is_whole=line.unit.is_whole,
        factor=Factor(line.numerator, line.denominator),
    )


def unbilled(actor: Actor) -> QuerySet[PurchaseOrder]:
    return queries.orders_of(actor).filter(number__in=ready_to_bill(actor).values("order_number"))
