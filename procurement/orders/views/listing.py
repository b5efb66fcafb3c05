"""All orders a person may see."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET

from foundation.screens import lists
from foundation.screens.policy import policy
from organization.sites.models import Site
from procurement.orders import progress, queries
from procurement.orders.lifecycle import OrderState
from procurement.orders.models import Confirmed, PurchaseOrder

S = OrderState


def address(order: PurchaseOrder) -> str:
    return reverse("procurement:order", args=[order.number])


ORDERS = lists.List(
    "orders",
    title=_("Orders"),
    columns=[
        lists.Column("number", _("Order"), sort="number", kind="code"),
        lists.Column("supplier", _("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("site", _("Site"), sort="site__code", value="site.code", kind="code"),
        lists.Column("issued_at", _("Ordered"), sort="issued_at", kind="date"),
        lists.Column("need_by", _("Need by"), sort="need_by", kind="date", is_brief=True),
        lists.Column("promised", _("Promised"), kind="date"),
        lists.Column("progress", _("Progress"), value=lambda order: progress.bars(order.progress)),
        lists.Column("amount", _("Amount"), sort="amount", kind="money", currency="currency"),
        lists.Column("buyer", _("Buyer"), sort="buyer__name", value="buyer.name", is_default=False),
        lists.Column("case_count", _("Cases"), kind="number", value=lambda order: order.case_count or None),
        lists.Column("confirmed", _("Answer"), sort="confirmed", kind="state"),
        lists.Column("status", _("State"), sort="status", kind="state"),
        lists.Column("synced", _("ERP"), sort="synced", kind="state", is_default=False),
        lists.Column("erp_number", _("ERP number"), kind="code", is_default=False),
        lists.Column("revision", _("Revision"), kind="number", is_default=False),
    ],
    filters=[
        lists.Search(["number", "supplier__party__name", "erp_number", "supplier_reference"], is_indexed=True),
        lists.Choice("status", _("State"), S.choices),
        lists.Choice("confirmed", _("Answer"), Confirmed.choices),
        lists.ModelChoice("site", _("Site"), lambda _actor: Site.objects.order_by("code")),
        lists.DateRange("need_by", _("Need by")),
        lists.Flag("late", _("Late"), lambda rows, _actor: queries.late(rows, localdate())),
        lists.Flag("partly", _("Partly received"), lambda rows, _actor: queries.partly_received(rows)),
        lists.Flag("mine", _("Mine"), lambda rows, actor: rows.filter(buyer=actor.person_id)),
    ],
    views=[
        lists.View("all", _("All")),
        lists.View(
            "to-send",
            _("To send"),
            {"status": S.APPROVED, "sort": "need_by"},
            empty=_("Every approved order is sent. Lines that wait to be ordered stand under “To order”."),
        ),
        lists.View(
            "unconfirmed",
            _("Unconfirmed"),
            {"status": S.ISSUED, "confirmed": [Confirmed.NONE, Confirmed.ACKNOWLEDGED], "sort": "issued_at"},
        ),
        lists.View(
            "changed",
            _("Supplier changed"),
            {"confirmed": Confirmed.CHANGED, "status": S.ISSUED},
            empty=_("No supplier wants to change an order."),
        ),
        lists.View("late", _("Late"), {"late": "1", "sort": "need_by"}, empty=_("No order is late. Good.")),
        lists.View("partly", _("Partly received"), {"partly": "1"}),
        lists.View("mine", _("Mine"), {"mine": "1"}, empty=_("You are the buyer of no order.")),
    ],
    bulk=[
        lists.Bulk("issue", _("Issue"), "procurement:orders-issue", verb="issue_order", is_primary=True),
        lists.Bulk("remind", _("Remind"), "procurement:orders-remind", verb="change_order"),
        lists.Bulk("merge", _("Merge"), "procurement:orders-merge", verb="draft_order"),
        lists.Bulk("rest", _("Stop waiting"), "procurement:orders-cancel-rest", verb="change_order"),
        lists.Bulk("hand-over", _("Hand over"), "procurement:orders-hand-over", verb="change_order"),
    ],
    url=address,
    counted=ngettext_lazy("%(shown)s order", "%(shown)s orders", "count"),
    empty=_("No orders yet. They begin with an approved request: look at what is to order."),
)


@require_GET
@policy("see_order")
def orders_page(request: HttpRequest) -> HttpResponse:
    rows = queries.order_rows(request.actor)
    return lists.answer(request, ORDERS, rows, template="procurement/orders/list.html")
