"""Goods received and not billed yet."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET

from finance.accruals import queries
from foundation.screens import lists
from foundation.screens.policy import policy
from organization.entities.models import LegalEntity

UNBILLED = lists.List(
    "unbilled",
    title=_("Received, not billed"),
    columns=[
        lists.Column("line", _("Order line"), sort="order_number", value=str, kind="code"),
        lists.Column("supplier", _("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("description", _("What")),
        lists.Column("received", _("Received"), sort="received", kind="quantity", unit="item.base_unit.code"),
        lists.Column("billed", _("Billed"), sort="billed", kind="quantity", unit="item.base_unit.code"),
        lists.Column("on_hold", _("On hold"), sort="on_hold", kind="quantity", is_default=False),
        lists.Column("worth", _("Owed"), sort="worth", kind="money", currency="entity.currency"),
        lists.Column("first_received", _("Since"), sort="first_received", kind="date"),
        lists.Column("entity", _("Entity"), sort="entity__code", value="entity.code", is_default=False),
    ],
    filters=[
        lists.Search(["order_number", "description", "supplier__party__name"]),
        lists.ModelChoice("entity", _("Entity"), lambda actor: LegalEntity.objects.order_by("code")),
    ],
    default_sort="-worth",
    url=lambda row: f"{reverse('finance:invoice-which')}?orders={row.order_number}",
    counted=ngettext_lazy("%(shown)s order line", "%(shown)s order lines", "count"),
    empty=_("Everything that was received is billed."),
)


@require_GET
@policy("see_budget")
def unbilled(request: HttpRequest) -> HttpResponse:
    return lists.answer(
        request,
        UNBILLED,
        queries.unbilled(request.actor),
        template="finance/accruals/list.html",
        owed=queries.owed(request.actor),
    )
