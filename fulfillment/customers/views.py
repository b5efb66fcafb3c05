"""Customers: the list, one with what it still waits for, a new one, and changing one."""

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
from foundation.screens.policy import holds, policy
from fulfillment.customers import actions as customers
from fulfillment.customers.actions import SERVICE
from fulfillment.customers.forms import ChangeCustomer, NewCustomer, typed
from fulfillment.demand import queries
from organization.parties.models import KNOWN_BY

CUSTOMERS = lists.List(
    "customers",
    title=gettext_lazy("Customers"),
    columns=[
        lists.Column("number", gettext_lazy("Number"), sort="number", kind="code"),
        lists.Column("name", gettext_lazy("Name"), sort="party__name", value="party.name"),
        lists.Column("city", gettext_lazy("City"), sort="party__city", value="party.city"),
        lists.Column("country", gettext_lazy("Country"), sort="party__country", value="party.country"),
        lists.Column("priority", gettext_lazy("Priority"), sort="priority", kind="number"),
        lists.Column("takes_partial", gettext_lazy("Takes parts"), sort="takes_partial"),
        lists.Column("open_count", gettext_lazy("Open orders"), sort="open_count", kind="number"),
        lists.Column("is_active", gettext_lazy("Served"), sort="is_active", is_default=False),
        lists.Column("vat_number", gettext_lazy("VAT number"), value="party.vat_number", kind="code", is_default=False),
    ],
    filters=[
        lists.Search(["number", "party__name", "party__city", "party__vat_number"]),
        lists.Flag("waiting", gettext_lazy("With open orders"), lambda rows, _actor: rows.filter(open_count__gt=0)),
        lists.Flag("idle", gettext_lazy("Not served"), lambda rows, _actor: rows.filter(is_active=False)),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("waiting", gettext_lazy("With open orders"), {"waiting": "1", "sort": "-open_count"}),
        lists.View("idle", gettext_lazy("Not served"), {"idle": "1"}),
    ],
    default_sort="name",
    url=lambda customer: reverse("fulfillment:customer", args=[customer.number]),
    counted=ngettext_lazy("%(shown)s customer", "%(shown)s customers", "count"),
    empty=gettext_lazy("No customers yet. Enter one, or let them come with an import."),
)


@require_GET
@policy("see_demand", "edit_customer")
def customers_list(request: HttpRequest) -> HttpResponse:
    context = {"may_edit": holds(request.actor, "edit_customer")}
    rows = queries.customer_rows(request.actor)
    return lists.answer(request, CUSTOMERS, rows, template="fulfillment/customers/list.html", **context)


@require_GET
@policy("see_demand", "edit_customer")
def customer(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.customer_rows(request.actor), number=number)
    context = {
        "customer": found,
        "orders": queries.open_orders_of(found, request.actor),
        "may_edit": holds(request.actor, "edit_customer"),
        "entries": timeline([found.subject], limit=50),
    }
    return render(request, "fulfillment/customers/page.html", context)


@require_http_methods(["GET", "POST"])
@policy("edit_customer")
def new(request: HttpRequest) -> HttpResponse:
    form = NewCustomer(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            given = {"number": form.cleaned_data["number"], "party": form.part(KNOWN_BY), "service": form.part(SERVICE)}
            made = customers.enter(by=request.actor, at=now(), key=answer.key, **given)
            to = reverse("fulfillment:customer", args=[made.number])
            return answer.redirect(to, said=_("The customer is entered."))
    return answer.form(form, "fulfillment/customers/edit.html", {"customer": None})


@require_http_methods(["GET", "POST"])
@policy("edit_customer")
def change(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.customer_rows(request.actor), number=number)
    form = ChangeCustomer(request.POST or None, initial=typed(found))
    with answering(request) as answer:
        if form.is_valid():
            customers.change(customer=found, values=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            to = reverse("fulfillment:customer", args=[number])
            return answer.redirect(to, said=_("The customer is changed."))
    return answer.form(form, "fulfillment/customers/edit.html", {"customer": found})
