"""Suppliers: the list, a new one, the page, terms, contacts, and the verbs of their life."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.lifecycles.moves import why_not
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.initial import values_of
from foundation.screens.policy import holds, policy
from foundation.screens.requests import typed
from organization.people.models import Person
from suppliers.onboarding import actions as onboarding
from suppliers.onboarding.actions import differences
from suppliers.onboarding.lifecycle import CompanyState
from suppliers.onboarding.models import CompanyData
from suppliers.suppliers import actions as suppliers
from suppliers.suppliers import effects, invitations, pages, queries
from suppliers.suppliers.actions import TERMS
from suppliers.suppliers.forms import AddContact, ChangeTerms, LetIn, NewSupplier, Roles
from suppliers.suppliers.lifecycle import ENTERING, SupplierState
from suppliers.suppliers.models import Channel, Risk, Supplier

SUPPLIERS = lists.List(
    "suppliers",
    title=gettext_lazy("Suppliers"),
    columns=[
        lists.Column("number", gettext_lazy("Number"), sort="number", kind="code"),
        lists.Column("name", gettext_lazy("Name"), sort="party__name", value="party.name"),
        lists.Column("country", gettext_lazy("Country"), sort="party__country", value="party.country"),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column("channel", gettext_lazy("Orders by"), sort="channel", value="get_channel_display"),
        lists.Column("risk", gettext_lazy("Risk"), sort="risk", value="get_risk_display"),
        lists.Column("payment_terms", gettext_lazy("Payment terms")),
        lists.Column("lead_time_days", gettext_lazy("Lead time, days"), sort="lead_time_days", kind="number"),
        lists.Column("currency", gettext_lazy("Currency"), sort="currency", is_default=False),
        lists.Column("vat_number", gettext_lazy("VAT number"), value="party.vat_number", kind="code", is_default=False),
    ],
    filters=[
        lists.Search(["number", "party__name", "party__vat_number"]),
        lists.Choice("status", gettext_lazy("State"), SupplierState.choices),
        lists.Choice("channel", gettext_lazy("Orders by"), Channel.choices),
        lists.Choice("risk", gettext_lazy("Risk"), Risk.choices),
    ],
    views=[
        lists.View("active", gettext_lazy("Active"), {"status": SupplierState.ACTIVE}),
        lists.View(
            "stopped",
            gettext_lazy("Restricted or blocked"),
            {"status": [SupplierState.RESTRICTED, SupplierState.BLOCKED]},
        ),
        lists.View("prospects", gettext_lazy("On their way in"), {"status": [str(state) for state in ENTERING]}),
        lists.View("all", gettext_lazy("All")),
    ],
    default_sort="name",
    url=lambda supplier: reverse("suppliers:supplier", args=[supplier.number]),
    counted=ngettext_lazy("%(shown)s supplier", "%(shown)s suppliers", "count"),
    empty=gettext_lazy("No suppliers yet. Enter one, or let them come with an import."),
)
VERBS: dict[str, tuple[Callable[..., Any], str, Any]] = {
    "activate": (onboarding.approve, "edit_supplier", gettext_lazy("Activate")),
    "release": (suppliers.release, "block_supplier", gettext_lazy("Release")),
    "restrict": (suppliers.restrict, "block_supplier", gettext_lazy("Restrict: no new orders")),
    "block": (suppliers.block, "block_supplier", gettext_lazy("Block")),
    "retire": (suppliers.retire, "edit_supplier", gettext_lazy("Retire")),
}

STOPS = {"restrict", "block"}


@require_GET
@policy("see_supplier")
def suppliers_list(request: HttpRequest) -> HttpResponse:
    rows, may_edit = queries.supplier_rows(request.actor), holds(request.actor, "edit_supplier")
    return lists.answer(request, SUPPLIERS, rows, template="suppliers/suppliers/list.html", may_edit=may_edit)


@require_http_methods(["GET", "POST"])
@policy("edit_supplier")
def new(request: HttpRequest) -> HttpResponse:
    """A prospect: nothing is ordered from it until somebody else has approved it."""
    form = NewSupplier(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            made = suppliers.enroll(by=request.actor, at=now(), key=answer.key, **form.enrolled())
            said = _("The supplier is entered. Somebody else approves it.")
            return answer.redirect(reverse("suppliers:supplier", args=[made.number]), said=said)
    return answer.form(form, "suppliers/suppliers/new.html")


@require_GET
@policy("see_supplier")
def supplier(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    said = CompanyData.objects.filter(supplier=found, status=CompanyState.SAID).first()
    return pages.shown(
        request,
        "suppliers/suppliers/page.html",
        found,
        "supplier",
        contacts=list(found.contacts.order_by("purpose", "name")),
        contact_form=AddContact(),
        person_form=LetIn(auto_id="id_person_%s"),
        people=[(person, roles_form(person)) for person in queries.portal_people(found)],
        said=said,
        differences=differences(said) if said else [],
        verbs=possible_verbs(request, found),
        may_stop=holds(request.actor, "block_supplier") and not why_not(found.block),
        entries=timeline([found.subject], limit=50),
    )


def possible_verbs(request: HttpRequest, found: Supplier) -> list[dict[str, Any]]:
    """What may be done with its life now, by whoever looks. What stops it has a page that says what it stops."""
    return [
        {
            "name": name,
            "label": label,
            "url": reverse("suppliers:supplier-verb", args=[found.number, name]),
        }
        for name, (_action, verb, label) in VERBS.items()
        if name not in STOPS | ({"activate"} if found.status in ENTERING else set())
        and holds(request.actor, verb)
        and not why_not(getattr(found, name))
    ]


@require_POST
@policy("edit_supplier", "block_supplier")
def verb(request: HttpRequest, number: str, name: str) -> HttpResponse:
    found = find(queries.supplier_rows(request.actor), number=number)
    if name not in VERBS:
        raise Http404
    action, _verb, _label = VERBS[name]
    reason = {} if name == "activate" else {"reason": typed(request)}
    with answering(request) as answer:
        found = action(supplier=found, by=request.actor, at=now(), **answer.seen, **reason)
    said = _("The supplier is now: %(state)s.") % {"state": found.get_status_display().lower()}
    return answer.redirect(reverse("suppliers:supplier", args=[number]), said=said)


@require_GET
@policy("block_supplier")
def stop(request: HttpRequest, number: str) -> HttpResponse:
    """What a hold and a block would bring about, before either is done."""
    found = pages.found(request, number)
    possible = {name: not why_not(getattr(found, name)) for name in STOPS}
    shown = effects.effects_on(found, request.actor)
    return pages.shown(request, "suppliers/suppliers/stop.html", found, "supplier", effects=shown, possible=possible)


@require_POST
@policy("edit_supplier")
def invite(request: HttpRequest, number: str) -> HttpResponse:
    found = pages.found(request, number)
    form = LetIn(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            invitations.invite(supplier=found, by=request.actor, at=now(), **form.cleaned_data, **answer.seen)
            said = _("%(email)s is invited.") % {"email": form.cleaned_data["email"]}
            return answer.redirect(reverse("suppliers:supplier", args=[number]), said=said)
    return answer.form(form, "suppliers/suppliers/contact.html", {"supplier": found, "is_invitation": True})


@require_POST
@policy("edit_supplier")
def give_roles(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = pages.found(request, number)
    person = find(Person.objects.filter(party_id=found.pk), pk=pk)
    form = roles_form(person, request.POST)
    with answering(request) as answer:
        if form.is_valid():
            given = {"person": person, "roles": form.cleaned_data["roles"]}
            invitations.give_roles(supplier=found, **given, by=request.actor, at=now(), **answer.seen)
            said = _("%(name)s may do this from now on.") % {"name": person.name}
            return answer.redirect(reverse("suppliers:supplier", args=[number]), said=said)
    return answer.form(form, "suppliers/suppliers/roles.html", {"supplier": found, "person": person})


def roles_form(person: Person, data: Any = None) -> Roles:
    return Roles(data, initial={"roles": person.portal_roles}, auto_id=f"id_{person.pk}_%s")


@require_POST
@policy("edit_supplier")
def close_account(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = pages.found(request, number)
    person = find(Person.objects.filter(party_id=found.pk), pk=pk)
    with answering(request) as answer:
        invitations.close_account(supplier=found, person=person, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("suppliers:supplier", args=[number]), said=_("The way in is closed."))


@require_http_methods(["GET", "POST"])
@policy("edit_supplier")
def terms(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.supplier_rows(request.actor), number=number)
    form = ChangeTerms(request.POST or None, initial=values_of(found, TERMS))
    with answering(request) as answer:
        if form.is_valid():
            suppliers.change_terms(supplier=found, terms=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(reverse("suppliers:supplier", args=[number]), said=_("The terms are changed."))
    return answer.form(form, "suppliers/suppliers/terms.html", {"supplier": found})


@require_POST
@policy("edit_supplier")
def add_contact(request: HttpRequest, number: str) -> HttpResponse:
    found = find(queries.supplier_rows(request.actor), number=number)
    form = AddContact(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            suppliers.add_contact(supplier=found, contact=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(reverse("suppliers:supplier", args=[number]), said=_("The contact is added."))
    return answer.form(form, "suppliers/suppliers/contact.html", {"supplier": found})


@require_POST
@policy("edit_supplier")
def remove_contact(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = find(queries.supplier_rows(request.actor), number=number)
    with answering(request) as answer:
        suppliers.remove_contact(supplier=found, contact_id=pk, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("suppliers:supplier", args=[number]), said=_("The contact is removed."))
