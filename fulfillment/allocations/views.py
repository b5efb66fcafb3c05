"""The allocation board: who gets the goods that are short."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from fulfillment.allocations import actions as allocations
from fulfillment.allocations import queries
from fulfillment.demand import queries as demand
from organization.items.models import Item
from receiving import places


class Reallocate(forms.Form):
    foreseen = forms.CharField(widget=forms.HiddenInput, max_length=24)
    reason = forms.CharField(label=gettext_lazy("Why is it handed out anew?"), max_length=200)


@require_GET
@policy("see_demand")
def board(request: HttpRequest) -> HttpResponse:
    context = {"items": demand.short_items(request.actor)}
    return render(request, "fulfillment/allocations/board.html", context)


@require_http_methods(["GET", "POST"])
@policy("see_demand")
def item(request: HttpRequest, site: str, sku: str) -> HttpResponse:
    """Supply and ranked demand of one item; what handing it out anew would change, before anybody does it."""
    place = places.chosen_of(site, places.sites_of(request.actor, "see_demand"))
    if place is None:
        raise Http404
    found = find(Item.objects.select_related("base_unit"), sku=sku)
    form = Reallocate(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            given = {"by": request.actor, "at": now(), "key": answer.key, **form.cleaned_data}
            allocations.reallocate(site=place, item=found, **given)
            to = reverse("fulfillment:allocation-item", args=[site, sku])
            return answer.redirect(to, said=_("Handed out anew."))
    context = {
        "site": place,
        "item": found,
        "board": queries.board(place, found),
        "may_allocate": holds(request.actor, "allocate"),
    }
    return answer.form(form, "fulfillment/allocations/item.html", context)
