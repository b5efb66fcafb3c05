"""Sites: the list, and one with its docks and locations."""

from django.http import HttpRequest, HttpResponse
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
from organization.entities.models import LegalEntity
from organization.sites import actions as sites
from organization.sites.actions import CHANGEABLE
from organization.sites.forms import ChangeSite
from organization.sites.models import Site

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
    found = find(Site.objects.select_related("entity", "calendar"), code=code)
    form = ChangeSite(request.POST or None, initial=values_of(found, CHANGEABLE))
    with answering(request) as answer:
        if form.is_valid():
            sites.change(site=found, values=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(reverse("organization:site", args=[code]), said=_("The site is changed."))
    context = {
        "site": found,
        "docks": list(found.docks.order_by("code")),
        "locations": list(found.locations.order_by("code")[:200]),
        "may_edit": holds(request.actor, "edit_master_data"),
        "entries": timeline([found.subject], limit=30),
    }
    return answer.form(form, "organization/sites/page.html", context)
