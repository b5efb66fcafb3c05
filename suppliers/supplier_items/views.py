"""What a supplier sells: the list with today's prices, a new offer, one offer's terms and price breaks."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.initial import values_of
from foundation.screens.lists.filters import clean
from foundation.screens.policy import holds, policy
from suppliers.supplier_items import actions as offers
from suppliers.supplier_items import queries
from suppliers.supplier_items.actions import CHANGEABLE
from suppliers.supplier_items.forms import Breaks, ChangeOffer, NewBreaks, NewOffer, SetPrices, begin_with
from suppliers.supplier_items.models import SupplierItem
from suppliers.suppliers.queries import supplier_rows

OFFERS = lists.List(
    "supplier-items",
    title=gettext_lazy("What suppliers sell"),
    columns=[
        lists.Column("sku", gettext_lazy("Item"), sort="item__sku", value="item.sku", kind="code"),
        lists.Column("description", gettext_lazy("What"), sort="item__description", value="item.description"),
        lists.Column("supplier", gettext_lazy("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("supplier_sku", gettext_lazy("Supplier's number"), sort="supplier_sku", kind="code"),
        lists.Column(
            "price",
            gettext_lazy("Price today"),
            sort="price_today",
            value="price_today",
            kind="price",
            currency="currency",
        ),
        lists.Column("unit", gettext_lazy("Per"), value="unit.code"),
        lists.Column("minimum", gettext_lazy("Smallest order"), kind="quantity", unit="unit.code"),
        lists.Column("lead_time_days", gettext_lazy("Lead time, days"), sort="lead_time_days", kind="number"),
        lists.Column("is_preferred", gettext_lazy("First choice"), sort="is_preferred"),
        lists.Column("is_active", gettext_lazy("Sold"), sort="is_active", is_default=False),
    ],
    filters=[
        lists.Search(["item__sku", "item__description", "supplier_sku", "supplier__number", "supplier__party__name"]),
        lists.Flag("unpriced", gettext_lazy("Without a price"), lambda rows, _actor: rows.filter(price_today=None)),
        lists.Flag("preferred", gettext_lazy("First choice"), lambda rows, _actor: rows.filter(is_preferred=True)),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("unpriced", gettext_lazy("Without a price"), {"unpriced": "1"}),
    ],
    default_sort="sku",
    url=lambda offer: reverse("suppliers:offer", args=[offer.pk]),
    counted=ngettext_lazy("%(shown)s offer", "%(shown)s offers", "count"),
    empty=gettext_lazy("No supplier sells anything yet. Enter an offer, or import supplier items."),
)


@require_GET
@policy("see_supplier")
def offers_list(request: HttpRequest) -> HttpResponse:
    rows = queries.offer_rows(supplier_rows(request.actor), on=localdate())
    may_edit = holds(request.actor, "edit_supplier")
    return lists.answer(request, OFFERS, rows, template="suppliers/supplier_items/list.html", may_edit=may_edit)


@require_http_methods(["GET", "POST"])
@policy("edit_supplier")
def new(request: HttpRequest) -> HttpResponse:
    """One item from one supplier, named by their numbers; ``?supplier=`` begins with one."""
    sellers = supplier_rows(request.actor)
    begun = begin_with(clean(request.GET, "supplier"), sellers)
    form = NewOffer(request.POST or None, suppliers=sellers, initial={"valid_from": localdate(), **begun})
    breaks = NewBreaks(request.POST or None)
    with answering(request) as answer:
        if request.method == "POST" and all([form.is_valid(), breaks.is_valid()]):
            given = {**form.offer(), "prices": breaks.prices()}
            valid_from = form.cleaned_data["valid_from"]
            (made,) = offers.enter(given=[given], valid_from=valid_from, by=request.actor, at=now(), key=answer.key)
            return answer.redirect(reverse("suppliers:offer", args=[made.pk]), said=_("The offer is entered."))
    return answer.form(form, "suppliers/supplier_items/new.html", {"breaks": breaks})


def _found(request: HttpRequest, pk: int) -> SupplierItem:
    return find(queries.offer_rows(supplier_rows(request.actor), on=localdate()), pk=pk)


@require_http_methods(["GET", "POST"])
@policy("see_supplier")
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = ChangeOffer(request.POST or None, initial=values_of(found, CHANGEABLE))
    with answering(request) as answer:
        if form.is_valid():
            offers.change_offer(offer=found, terms=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(reverse("suppliers:offer", args=[pk]), said=_("The offer is changed."))
    return answer.form(form, "suppliers/supplier_items/page.html", _context(request, found))


@require_POST
@policy("edit_supplier")
def set_prices(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    prices, breaks = SetPrices(request.POST), Breaks(request.POST)
    with answering(request) as answer:
        if prices.is_valid() and breaks.is_valid():
            given = [
                (row.get("quantity_from") or 0, row["price"])
                for row in breaks.cleaned_data
                if row.get("price") is not None
            ]
            offers.set_prices(
                offer=found, breaks=given, by=request.actor, at=now(), **prices.cleaned_data, **answer.seen
            )
            return answer.redirect(reverse("suppliers:offer", args=[pk]), said=_("The prices are set."))
    context = {**_context(request, found), "prices_form": prices, "breaks": breaks}
    context["form"] = ChangeOffer(initial=values_of(found, CHANGEABLE))
    return answer.form(prices, "suppliers/supplier_items/prices.html", context)


def _context(request: HttpRequest, found: SupplierItem) -> dict:
    return {
        "offer": found,
        "prices": queries.prices_of(found),
        "today": localdate(),
        "prices_form": SetPrices(initial={"valid_from": localdate()}),
        "breaks": Breaks(),
        "may_edit": holds(request.actor, "edit_supplier"),
        "entries": timeline([found.subject], limit=30),
    }
