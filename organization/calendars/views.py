"""Working calendars: the list, one with its week, its special days and the fortnight ahead."""

from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.scopes.reach import reach
from foundation.screens import lists
from foundation.screens.answers import Answer, answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from organization.calendars import actions as calendars
from organization.calendars import queries
from organization.calendars.forms import EditCalendar, RemoveSpecialDay, SetSpecialDay, typed
from organization.calendars.models import Calendar
from organization.calendars.rules import text_of
from organization.entities.models import LegalEntity
from organization.sites.models import Site

CALENDARS = lists.List(
    "calendars",
    title=gettext_lazy("Working calendars"),
    columns=[
        lists.Column("name", gettext_lazy("Calendar"), sort="name"),
        lists.Column("timezone", gettext_lazy("Time zone"), sort="timezone"),
        lists.Column("country", gettext_lazy("Public holidays of"), sort="country"),
        lists.Column("week", gettext_lazy("Mondays"), value=lambda row: text_of(row.hours[0]) if row.hours else ""),
        lists.Column("special", gettext_lazy("Special days"), kind="number", value=lambda row: len(row.special_days)),
        lists.Column("site_count", gettext_lazy("Sites"), sort="site_count", kind="number"),
        lists.Column("entity_count", gettext_lazy("Legal entities"), sort="entity_count", kind="number"),
    ],
    filters=[lists.Search(["name", "timezone", "country"])],
    default_sort="name",
    url=lambda calendar: reverse("organization:calendar", args=[calendar.pk]),
    counted=ngettext_lazy("%(shown)s calendar", "%(shown)s calendars", "count"),
    empty=gettext_lazy("No calendars yet. Enter one, then choose it on the pages of sites and legal entities."),
)


def calendar_rows() -> QuerySet[Calendar]:
    """With how many sites and entities go by each. Master data: everybody who is signed in may look."""
    return Calendar.objects.annotate(site_count=_how_many(Site), entity_count=_how_many(LegalEntity))


def _how_many(model: Any) -> Coalesce:
    rows = model.objects.filter(calendar=OuterRef("pk")).order_by().values("calendar")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField())


@require_GET
@policy(policy.SIGNED_IN)
def calendars_list(request: HttpRequest) -> HttpResponse:
    context = {"may_edit": reach(request.actor, "edit_master_data").is_everything}
    return lists.answer(request, CALENDARS, calendar_rows(), template="organization/calendars/list.html", **context)


@require_http_methods(["GET", "POST"])
@policy("edit_master_data")
def new(request: HttpRequest) -> HttpResponse:
    weekday = {f"day_{number}": "8:00-17:00" for number in range(5)}
    form = EditCalendar(request.POST or None, initial={"timezone": "UTC", **weekday})
    with answering(request) as answer:
        if form.is_valid():
            made = calendars.enter(values=form.values(), by=request.actor, at=now(), key=answer.key)
            return answer.redirect(_address(made), said=_("The calendar is entered."))
    return answer.form(form, "organization/calendars/edit.html", {"calendar": None})


@require_http_methods(["GET", "POST"])
@policy("edit_master_data")
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(Calendar.objects.all(), pk=pk)
    form = EditCalendar(request.POST or None, initial=typed(found))
    with answering(request) as answer:
        if form.is_valid():
            calendars.change(calendar=found, values=form.values(), by=request.actor, at=now(), **answer.seen)
            return answer.redirect(_address(found), said=_("The calendar is changed."))
    return answer.form(form, "organization/calendars/edit.html", {"calendar": found})


@require_GET
@policy(policy.SIGNED_IN)
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    with answering(request) as answer:
        found = find(calendar_rows(), pk=pk)
    return _page(request, found, SetSpecialDay(), answer)


@require_POST
@policy("edit_master_data")
def set_day(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(calendar_rows(), pk=pk)
    form = SetSpecialDay(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            calendars.set_special_day(calendar=found, by=request.actor, at=now(), **answer.seen, **form.cleaned_data)
            return answer.redirect(_address(found), said=_("The day is in the calendar."))
    return _page(request, found, form, answer)


@require_POST
@policy("edit_master_data")
def remove_day(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(calendar_rows(), pk=pk)
    form = RemoveSpecialDay(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            calendars.remove_special_day(
                calendar=found, on=form.cleaned_data["on"], by=request.actor, at=now(), **answer.seen
            )
            return answer.redirect(_address(found), said=_("The day is like others of the week again."))
    return _page(request, found, form if answer.problem else SetSpecialDay(), answer)


def _page(request: HttpRequest, found: Calendar, form: Any, answer: Answer) -> HttpResponse:
    special = [
        {"on": date.fromisoformat(day), "what": said["what"], "hours": text_of(said["hours"])}
        for day, said in sorted(found.special_days.items())
    ]
    context = {
        "calendar": found,
        "week": [(WEEKDAYS[number], text_of(spans)) for number, spans in enumerate(found.hours)],
        "special": special,
        "ahead": queries.days_ahead(found, queries.today(found, now())),
        "sites": list(Site.objects.filter(calendar=found).order_by("code")),
        "entities": list(LegalEntity.objects.filter(calendar=found).order_by("code")),
        "may_edit": reach(request.actor, "edit_master_data").is_everything,
        "day_form": form if isinstance(form, SetSpecialDay) else SetSpecialDay(),
        "entries": timeline([found.subject], limit=30),
    }
    return answer.form(form, "organization/calendars/page.html", context)


def _address(found: Calendar) -> str:
    return reverse("organization:calendar", args=[found.pk])
