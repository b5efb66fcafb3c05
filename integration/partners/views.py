"""Trading partners: the list, a new one, what was agreed with one, its secrets, what was sent to it."""

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
from foundation.screens.initial import values_of
from foundation.screens.policy import policy
from integration.clients.secrets import Fresh
from integration.partners import actions as partners
from integration.partners import queries
from integration.partners.actions import TERMS
from integration.partners.forms import NewPartner, NewSecret, Terms
from integration.partners.models import Gets, Sends, Syntax, TradingPartner, Way

PARTNERS = lists.List(
    "partners",
    title=gettext_lazy("Trading partners"),
    columns=[
        lists.Column("address", gettext_lazy("Address"), sort="address", kind="code"),
        lists.Column("supplier", gettext_lazy("Supplier"), sort="supplier__party__name", value="supplier.party.name"),
        lists.Column("syntax", gettext_lazy("Syntax"), sort="syntax", value="get_syntax_display"),
        lists.Column("gets", gettext_lazy("It gets"), value=lambda partner: named(Gets, partner.gets)),
        lists.Column("way", gettext_lazy("How"), sort="way", value="get_way_display"),
        lists.Column("is_test", gettext_lazy("Test"), value=lambda partner: _("test") if partner.is_test else ""),
    ],
    filters=[
        lists.Search(["address", "supplier__party__name", "supplier__number"]),
        lists.Choice("syntax", gettext_lazy("Syntax"), Syntax.choices),
        lists.Choice("way", gettext_lazy("How"), Way.choices),
    ],
    default_sort="address",
    url=lambda partner: reverse("integration:partner", args=[partner.pk]),
    counted=ngettext_lazy("%(shown)s partner", "%(shown)s partners", "count"),
    empty=gettext_lazy("No system is known yet. Agree with one, or name the sender of a message."),
)
PAGE, EDIT = "integration/partners/page.html", "integration/partners/edit.html"


def named(choices: Any, chosen: list[str]) -> str:
    return ", ".join(str(choices(one).label) for one in chosen)


@require_GET
@policy("manage_partners")
def partner_list(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, PARTNERS, queries.partner_rows(), template="integration/partners/list.html")


@require_http_methods(["GET", "POST"])
@policy("manage_partners")
def new(request: HttpRequest) -> HttpResponse:
    form = NewPartner(request.POST or None, initial={"answers_within_hours": 0})
    with answering(request) as answer:
        if form.is_valid():
            made = partners.agree(by=request.actor, at=now(), key=answer.key, **form.agreed())
            return answer.redirect(_at(made), said=_("It is agreed, and counts from now on."))
    return answer.form(form, EDIT)


@require_http_methods(["GET", "POST"])
@policy("manage_partners")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(queries.partner_rows(), pk=pk)
    form = Terms(request.POST or None, initial=values_of(found, TERMS))
    with answering(request) as answer:
        if form.is_valid():
            partners.change(partner=found, terms=form.cleaned_data, by=request.actor, at=now(), **answer.seen)
            return answer.redirect(_at(found), said=_("The agreement is changed."))
    return answer.form(form, EDIT, {"partner": found})


@require_GET
@policy("manage_partners")
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(queries.partner_rows(), pk=pk)
    return render(request, PAGE, _context(found))


@require_POST
@policy("manage_partners")
def keep_secret(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = find(queries.partner_rows(), pk=pk), NewSecret(request.POST)
    with answering(request) as answer:
        if form.is_valid():
            said = {"whose": form.cleaned_data["whose"], "secret": Fresh(form.cleaned_data["secret"])}
            partners.keep_secret(partner=found, by=request.actor, at=now(), **answer.seen, **said)
            return answer.redirect(_at(found), said=_("The secret counts from now on."))
    return answer.form(form, PAGE, _context(found, new_secret=form))


@require_POST
@policy("manage_partners")
def end_secret(request: HttpRequest, pk: int, secret: int) -> HttpResponse:
    found = find(queries.partner_rows(), pk=pk)
    with answering(request) as answer:
        partners.end_secret(partner=found, secret=secret, by=request.actor, at=now(), **answer.seen)
    return answer.redirect(_at(found), said=_("The secret counts no more."))


def _at(found: TradingPartner) -> str:
    return reverse("integration:partner", args=[found.pk])


def _context(found: TradingPartner, **more: Any) -> dict[str, Any]:
    return {
        "partner": found,
        "sends": named(Sends, found.sends),
        "gets": named(Gets, found.gets),
        "secrets": list(found.secrets.order_by("-made_at")),
        "new_secret": NewSecret(),
        "entries": timeline([found.subject]),
        **more,
    }
