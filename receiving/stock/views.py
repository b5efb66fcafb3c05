"""Stock: what stands where, and the ledger behind every figure."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from organization.items.models import Item
from organization.sites.models import Site
from receiving import places
from receiving.receipts.forms import Quantity
from receiving.stock import adjusting, queries
from receiving.stock.models import StockStatus

STOCK = lists.List(
    "stock",
    title=gettext_lazy("Stock"),
    columns=[
        lists.Column("sku", gettext_lazy("Item"), sort="item__sku", kind="code", value="item.sku"),
        lists.Column("description", gettext_lazy("Description"), sort="item__description", value="item.description"),
        lists.Column("site", gettext_lazy("Site"), sort="site__code", kind="code", value="site.code"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("quantity", gettext_lazy("There"), sort="quantity", kind="quantity", unit="item.base_unit.code"),
        lists.Column(
            "allocated", gettext_lazy("Promised"), sort="allocated", kind="quantity", unit="item.base_unit.code"
        ),
        lists.Column(
            "free", gettext_lazy("Free"), sort="free", kind="quantity", unit="item.base_unit.code", is_brief=True
        ),
        lists.Column("inbound", gettext_lazy("Inbound"), kind="quantity", unit="item.base_unit.code"),
        lists.Column("category", gettext_lazy("Category"), value="item.category.name", is_default=False),
    ],
    filters=[
        lists.Search(["item__sku", "item__description"]),
        lists.Choice("status", gettext_lazy("State"), StockStatus.choices),
        lists.ModelChoice("site", gettext_lazy("Site"), lambda actor: Site.objects.order_by("code")),
        lists.Flag("there", gettext_lazy("More than none"), lambda rows, _actor: rows.filter(quantity__gt=0)),
    ],
    views=[
        lists.View("all", gettext_lazy("All"), {"there": "1"}),
        lists.View("available", gettext_lazy("Available"), {"status": "available", "there": "1"}),
        lists.View("hold", gettext_lazy("On hold"), {"status": ["hold", "damaged"], "there": "1"}),
    ],
    url=lambda row: reverse("receiving:item", args=[row.item.sku]),
    counted=ngettext_lazy("%(shown)s balance", "%(shown)s balances", "count"),
    empty=gettext_lazy("Nothing is in stock. Stock begins with the first posted receipt."),
)


class ChangeStatus(forms.Form):
    site = forms.ModelChoiceField(label=gettext_lazy("Site"), queryset=Site.objects.none(), empty_label=None)
    was = forms.ChoiceField(label=gettext_lazy("It is"), choices=[(s.value, s.label) for s in adjusting.BY_HAND])
    becomes = forms.ChoiceField(
        label=gettext_lazy("It becomes"), choices=[(s.value, s.label) for s in adjusting.BY_HAND]
    )
    quantity = Quantity(label=gettext_lazy("How much"))
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)


@require_GET
@policy("see_stock")
def stock_list(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, STOCK, queries.balance_rows(request.actor), template="receiving/stock/list.html")


@require_GET
@policy("see_stock")
def item(request: HttpRequest, sku: str) -> HttpResponse:
    """Every figure of an item with what it is made of. Demand is shown by the floor above, as a panel."""
    found = find(Item.objects.select_related("base_unit", "category"), sku=sku)
    context = {
        "item": found,
        "states": StockStatus.choices,
        "sites": queries.balances_of(found, request.actor),
        "movements": queries.movements_of(found, request.actor),
        "inbound": queries.inbound_of(found, request.actor),
        "may_adjust": holds(request.actor, "adjust_stock"),
    }
    return render(request, "receiving/stock/item.html", context)


@require_http_methods(["GET", "POST"])
@policy("adjust_stock")
def change_status(request: HttpRequest, sku: str) -> HttpResponse:
    found = find(Item.objects.select_related("base_unit"), sku=sku)
    form = ChangeStatus(request.POST or None, initial={"was": "hold", "becomes": "available"})
    sites = places.sites_of(request.actor, "adjust_stock")
    form.fields["site"].queryset = Site.objects.filter(pk__in=[site.pk for site in sites])  # type: ignore[attr-defined]
    with answering(request) as answer:
        if form.is_valid():
            adjusting.change_status(item=found, by=request.actor, at=now(), key=answer.key, **form.cleaned_data)
            to = reverse("receiving:item", args=[found.sku])
            return answer.redirect(to, said=_("The stock is changed."))
    context = {"item": found, "sites": queries.balances_of(found, request.actor), "states": StockStatus.choices}
    return answer.form(form, "receiving/stock/change.html", context)
