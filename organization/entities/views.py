"""Legal entities: the list, and one with its sites and cost centers."""

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
from organization.entities import actions as entities
from organization.entities.actions import CHANGEABLE
from organization.entities.forms import ChangeEntity, OpenCostCenter
from organization.entities.models import LegalEntity
from organization.entities.queries import is_used

ENTITIES = lists.List(
    "entities",
    title=gettext_lazy("Legal entities"),
    columns=[
        lists.Column("code", gettext_lazy("Entity"), sort="code", kind="code"),
        lists.Column("name", gettext_lazy("Name"), sort="name"),
        lists.Column("country", gettext_lazy("Country"), sort="country"),
        lists.Column("currency", gettext_lazy("Currency"), sort="currency"),
        lists.Column("vat_number", gettext_lazy("VAT number"), kind="code"),
        lists.Column("calendar", gettext_lazy("Calendar"), sort="calendar__name", value="calendar.name"),
        lists.Column("timezone", gettext_lazy("Time zone"), is_default=False),
    ],
    filters=[lists.Search(["code", "name", "vat_number"])],
    default_sort="code",
    url=lambda entity: reverse("organization:entity", args=[entity.code]),
    counted=ngettext_lazy("%(shown)s legal entity", "%(shown)s legal entities", "count"),
    empty=gettext_lazy("No legal entities yet. They are set up when the product is installed."),
)


@require_GET
@policy(policy.SIGNED_IN)
def entities_list(request: HttpRequest) -> HttpResponse:
    rows = LegalEntity.objects.select_related("calendar")
    return lists.answer(request, ENTITIES, rows, template="organization/entities/list.html")


@require_http_methods(["GET", "POST"])
@policy(policy.SIGNED_IN)
def entity(request: HttpRequest, code: str) -> HttpResponse:
    """The page is the form for those who may change it; the action says who may."""
    found = _found(code)
    used = is_used(found)
    form = ChangeEntity(request.POST or None, initial=values_of(found, CHANGEABLE), is_used=used)
    with answering(request) as answer:
        if form.is_valid():
            entities.change(entity=found, values=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(_address(found), said=_("The legal entity is changed."))
    return _page(request, found, form, answer, form)


@require_POST
@policy("edit_master_data")
def open_cost_center(request: HttpRequest, code: str) -> HttpResponse:
    found = _found(code)
    form = OpenCostCenter(request.POST, auto_id="center_%s")
    with answering(request) as answer:
        if form.is_valid():
            entities.open_cost_center(entity=found, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            return answer.redirect(_address(found), said=_("The cost center is open."))
    shown = ChangeEntity(initial=values_of(found, CHANGEABLE), is_used=is_used(found))
    return _page(request, found, form, answer, shown)


def _page(request: HttpRequest, found: LegalEntity, form: Any, answer: Answer, shown: ChangeEntity) -> HttpResponse:
    context = {
        "entity": found,
        "sites": list(found.sites.order_by("code")),
        "centers": list(found.cost_centers.order_by("code")[:500]),
        "may_edit": reach(request.actor, "edit_master_data").covers({"entity": {found.pk}}),
        "entity_form": shown,
        "center_form": form if isinstance(form, OpenCostCenter) else OpenCostCenter(auto_id="center_%s"),
        "entries": timeline([found.subject], limit=30),
    }
    return answer.form(form, "organization/entities/page.html", context)


def _found(code: str) -> LegalEntity:
    return find(LegalEntity.objects.select_related("calendar"), code=code)


def _address(found: LegalEntity) -> str:
    return reverse("organization:entity", args=[found.code])
