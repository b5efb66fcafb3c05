"""Contracts: the list, the page with what is called of them, drafting, and the verbs of their life."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import typed
from organization.items.models import Item
from suppliers.contracts import actions as contracts
from suppliers.contracts import queries
from suppliers.contracts.actions import Agreed
from suppliers.contracts.forms import AgreedLines, DraftContract
from suppliers.contracts.lifecycle import ContractState
from suppliers.contracts.models import Contract
from suppliers.suppliers.models import Supplier

CONTRACTS = lists.List(
    "contracts",
    title=gettext_lazy("Contracts"),
    columns=[
        lists.Column("number", gettext_lazy("Contract"), sort="number", kind="code"),
        lists.Column("title", gettext_lazy("Title"), sort="title"),
        lists.Column("supplier", gettext_lazy("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("starts_on", gettext_lazy("From"), sort="starts_on", kind="date"),
        lists.Column("ends_on", gettext_lazy("Until"), sort="ends_on", kind="date"),
        lists.Column("called_amount", gettext_lazy("Called"), sort="called_amount", kind="money", currency="currency"),
        lists.Column(
            "ceiling_amount", gettext_lazy("At most"), sort="ceiling_amount", kind="money", currency="currency"
        ),
        lists.Column("used_share", gettext_lazy("Used"), sort="used_share", kind="percent"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
    ],
    filters=[
        lists.Search(["number", "title", "supplier__party__name", "supplier__number"]),
        lists.Choice("status", gettext_lazy("State"), ContractState.choices),
        lists.DateRange("ends_on", gettext_lazy("Ends")),
    ],
    views=[
        lists.View("active", gettext_lazy("In force"), {"status": ContractState.ACTIVE, "sort": "ends_on"}),
        lists.View("drafts", gettext_lazy("Drafts"), {"status": ContractState.DRAFT}),
        lists.View("all", gettext_lazy("All")),
    ],
    default_sort="-id",
    url=lambda contract: reverse("suppliers:contract", args=[contract.number]),
    counted=ngettext_lazy("%(shown)s contract", "%(shown)s contracts", "count"),
    empty=gettext_lazy("No contracts yet. Without one the supplier's price list counts."),
)


@require_GET
@policy("see_supplier")
def contracts_list(request: HttpRequest) -> HttpResponse:
    return lists.answer(
        request, CONTRACTS, queries.contract_rows(request.actor), template="suppliers/contracts/list.html"
    )


@require_GET
@policy("see_supplier")
def contract(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.contract_rows(request.actor), number=number)
    context = {
        "contract": found,
        "lines": queries.contract_lines(found),
        "may_edit": holds(request.actor, "edit_contract"),
        "entries": timeline([found.subject], limit=50),
    }
    return render(request, "suppliers/contracts/page.html", context)


@require_POST
@policy("edit_contract")
def activate(request: HttpRequest, number: str) -> HttpResponse:
    found = find(Contract.objects.visible_to(request.actor), number=number)
    with answering(request) as answer:
        contracts.activate(contract=found, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("suppliers:contract", args=[number]), said=_("The contract is in force."))


@require_POST
@policy("edit_contract")
def end(request: HttpRequest, number: str) -> HttpResponse:
    found = find(Contract.objects.visible_to(request.actor), number=number)
    reason = typed(request)
    with answering(request) as answer:
        contracts.end(contract=found, reason=reason, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("suppliers:contract", args=[number]), said=_("The contract has ended."))


@require_http_methods(["GET", "POST"])
@policy("edit_contract")
def draft(request: HttpRequest) -> HttpResponse:
    form = DraftContract(request.POST or None, initial={"supplier": request.GET.get("supplier", "")[:20]})
    lines = AgreedLines(request.POST or None)
    with answering(request) as answer:
        if form.is_valid() and lines.is_valid() and (given := _looked_up(form, lines.cleaned_data)):
            made = contracts.draft(by=request.actor, at=now(), key=answer.key, **given)
            return answer.redirect(reverse("suppliers:contract", args=[made.number]), said=_("The draft is kept."))
    return answer.form(form, "suppliers/contracts/edit.html", {"lines": lines})


def _looked_up(form: DraftContract, rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Numbers become rows; what is not known is said at its field."""
    given = dict(form.cleaned_data)
    wanted = {row["sku"].strip(): row for row in rows if row.get("sku") and row.get("price") is not None}
    items = {item.sku: item for item in Item.objects.filter(sku__in=wanted)}
    if missing := sorted(wanted.keys() - items.keys()):
        form.add_error(None, _("There is no item %(sku)s.") % {"sku": ", ".join(missing[:5])})
    given["supplier"] = Supplier.objects.filter(number__iexact=given["supplier"].strip()).first()
    if given["supplier"] is None:
        form.add_error("supplier", _("There is no supplier with this number."))
    given["agreed"] = [
        Agreed(item=items[sku], price=row["price"], ceiling_quantity=row.get("ceiling_quantity"))
        for sku, row in wanted.items()
        if sku in items
    ]
    return None if form.errors else given
