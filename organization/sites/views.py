"""Sites: the list, and one with its docks, locations and calendar."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.scopes.reach import reach
from foundation.screens import lists
from foundation.screens.answers import Answer, answering
from foundation.screens.finding import find
from foundation.screens.initial import values_of
from foundation.screens.policy import policy
from organization.calendars.queries import days_ahead
from organization.entities.models import LegalEntity
from organization.sites import actions as sites
from organization.sites.actions import CHANGEABLE
from organization.sites.forms import AddDock, AddLocation, ChangeSite, Remove
from organization.sites.models import Site
from organization.sites.queries import today

SITES = lists.List(
    "sites",
    title=gettext_lazy("Sites"),
    columns=[
        lists.Column("code", gettext_lazy("Site"), sort="code", kind="code"),
        lists.Column("name", gettext_lazy("Name"), sort="name"),
        lists.Column("entity", gettext_lazy("Entity"), sort="entity__code", value="entity.code"),
        lists.Column("city", gettext_lazy("City"), sort="city"),
        lists.Column("country", gettext_lazy("Country"), sort="country"),
        lists.Column("timezone", gettext_lazy("Time zone")),
        lists.Column("stock_owner", gettext_lazy("Stock is kept by"), value="get_stock_owner_display"),
    ],
    filters=[
        lists.Search(["code", "name", "city"]),
        lists.ModelChoice("entity", gettext_lazy("Entity"), lambda actor: LegalEntity.objects.order_by("code")),
    ],
    default_sort="code",
    url=lambda site: reverse("organization:site", args=[site.code]),
    counted=ngettext_lazy("%(shown)s site", "%(shown)s sites", "count"),
    empty=gettext_lazy("No sites yet."),
)


@require_GET
@policy(policy.SIGNED_IN)
def sites_list(request: HttpRequest) -> HttpResponse:
    rows = Site.objects.select_related("entity")
    return lists.answer(request, SITES, rows, template="organization/sites/list.html")


@require_http_methods(["GET", "POST"])
@policy(policy.SIGNED_IN)
def site(request: HttpRequest, code: str) -> HttpResponse:
    """The page is the form for those who may change it; the action says who may."""
    found = _found(code)
    form = ChangeSite(request.POST or None, initial=values_of(found, CHANGEABLE))
    with answering(request) as answer:
        if form.is_valid():
            sites.change(site=found, values=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(_address(found), said=_("The site is changed."))
    return _page(request, found, form, answer)


@require_POST
@policy("edit_master_data")
def add_dock(request: HttpRequest, code: str) -> HttpResponse:
    return _part(request, code, AddDock(request.POST), sites.add_dock, _("The dock is added."))


@require_POST
@policy("edit_master_data")
def remove_dock(request: HttpRequest, code: str) -> HttpResponse:
    return _part(request, code, Remove(request.POST), sites.remove_dock, _("The dock is removed."), which="dock_id")


@require_POST
@policy("edit_master_data")
def add_location(request: HttpRequest, code: str) -> HttpResponse:
    return _part(request, code, AddLocation(request.POST), sites.add_location, _("The location is added."))


@require_POST
@policy("edit_master_data")
def remove_location(request: HttpRequest, code: str) -> HttpResponse:
    said = _("The location is removed.")
    return _part(request, code, Remove(request.POST), sites.remove_location, said, which="location_id")


def _part(
    request: HttpRequest, code: str, form: Any, action: Callable[..., object], said: str, **names: str
) -> HttpResponse:
    """One change of docks or locations; a no stands above the whole page."""
    found = _found(code)
    with answering(request) as answer:
        if form.is_valid():
            given = {names.get(name, name): value for name, value in form.cleaned_data.items()}
            action(site=found, by=request.actor, at=now(), **answer.seen, **given)
            return answer.redirect(_address(found), said=said)
    return _page(request, found, form, answer)


def _page(request: HttpRequest, found: Site, form: Any, answer: Answer) -> HttpResponse:
    counted = found.calendar or found.entity.calendar
    here = {"entity": {found.entity_id}, "site": {found.pk}}
    context = {
        "site": found,
        "docks": list(found.docks.order_by("code")),
        "locations": list(found.locations.order_by("code")[:500]),
        "calendar": counted,
        "ahead": days_ahead(counted, today(found, now())) if counted else [],
        "may_edit": reach(request.actor, "edit_master_data").covers(here),
        "site_form": form if isinstance(form, ChangeSite) else ChangeSite(initial=values_of(found, CHANGEABLE)),
        "dock_form": AddDock(auto_id="dock_%s"),
        "location_form": AddLocation(auto_id="location_%s"),
        "entries": timeline([found.subject], limit=30),
    }
    return answer.form(form, "organization/sites/page.html", context)


def _found(code: str) -> Site:
    return find(Site.objects.select_related("entity__calendar", "calendar"), code=code)


def _address(found: Site) -> str:
    return reverse("organization:site", args=[found.code])
