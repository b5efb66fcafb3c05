"""Items: the list, the page, and changing one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.initial import values_of
from foundation.screens.policy import holds, policy
from organization.items import actions as items
from organization.items import queries
from organization.items.actions import CHANGEABLE
from organization.items.forms import ChangeItem, SetUnit
from organization.items.models import Category

ITEMS = lists.List(
    "items",
    title=gettext_lazy("Items"),
    columns=[
        lists.Column("sku", gettext_lazy("Item"), sort="sku", kind="code"),
        lists.Column("description", gettext_lazy("Description"), sort="description"),
        lists.Column("category", gettext_lazy("Category"), sort="category__name", value="category.name"),
        lists.Column("base_unit", gettext_lazy("Unit"), value="base_unit.code"),
        lists.Column("gtin", gettext_lazy("GTIN"), sort="gtin", kind="code"),
        lists.Column("standard_price", gettext_lazy("Standard price"), sort="standard_price", kind="price"),
        lists.Column("reorder_point", gettext_lazy("Reorder point"), kind="quantity", unit="base_unit.code"),
        lists.Column("needs_inspection", gettext_lazy("Inspected"), is_default=False),
        lists.Column("tracks_lots", gettext_lazy("Lots"), is_default=False),
        lists.Column("needs_certificate", gettext_lazy("Certificate"), is_default=False),
        lists.Column("is_active", gettext_lazy("In use"), is_default=False),
    ],
    filters=[
        lists.Search(["sku", "description", "gtin"]),
        lists.ModelChoice("category", gettext_lazy("Category"), lambda actor: Category.objects.order_by("path")),
        lists.Flag("no_gtin", gettext_lazy("Without GTIN"), lambda items, _actor: items.filter(gtin="")),
        lists.Flag("unused", gettext_lazy("Not in use"), lambda items, _actor: items.filter(is_active=False)),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("no-gtin", gettext_lazy("Without GTIN"), {"no_gtin": "1"}),
        lists.View("unused", gettext_lazy("Not in use"), {"unused": "1"}),
    ],
    default_sort="sku",
    url=lambda item: reverse("organization:item", args=[item.sku]),
    counted=ngettext_lazy("%(shown)s item", "%(shown)s items", "count"),
    empty=gettext_lazy("No items yet. They come with an import."),
)


@require_GET
@policy(policy.SIGNED_IN)
def items_list(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, ITEMS, queries.item_rows(), template="organization/items/list.html")


@require_GET
@policy(policy.SIGNED_IN)
def item(request: HttpRequest, sku: str) -> HttpResponse:
    found = find(queries.item_rows(), sku=sku)
    context = {
        "item": found,
        "units": queries.units_of(found),
        "unit_form": SetUnit(),
        "may_edit": holds(request.actor, "edit_master_data"),
        "entries": timeline([found.subject], limit=50),
    }
    return render(request, "organization/items/page.html", context)


@require_http_methods(["GET", "POST"])
@policy("edit_master_data")
def change(request: HttpRequest, sku: str) -> HttpResponse:
    found = find(queries.item_rows(), sku=sku)
    form = ChangeItem(request.POST or None, initial=values_of(found, CHANGEABLE))
    with answering(request) as answer:
        if form.is_valid():
            items.change(item=found, values=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(reverse("organization:item", args=[sku]), said=_("The item is changed."))
    return answer.form(form, "organization/items/edit.html", {"item": found})


@require_http_methods(["GET", "POST"])
@policy("edit_master_data")
def set_unit(request: HttpRequest, sku: str) -> HttpResponse:
    found = find(queries.item_rows(), sku=sku)
    form = SetUnit(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            items.set_unit(item=found, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            return answer.redirect(reverse("organization:item", args=[sku]), said=_("The unit is set."))
    return answer.form(form, "organization/items/unit.html", {"item": found})
