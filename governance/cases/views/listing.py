"""What went off plan: whose it is, until when, what is at stake; taking many at once."""

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.screens import lists, shown
from foundation.screens.policy import policy
from foundation.screens.requests import Request
from foundation.values.actor import Actor
from governance.cases import actions as cases
from governance.cases import kinds, queries, words
from governance.cases.lifecycle import UNSOLVED, WAITING, CaseState
from governance.cases.models import Case, Severity
from organization.parties.models import Party
from organization.people.models import Person
from organization.sites.models import Site

SOON = timedelta(hours=24)
KINDS = sorted(((name, kind.label) for name, kind in kinds.KINDS.items()), key=lambda pair: str(pair[1]))


def address(case: Case) -> str:
    return reverse("governance:case", args=[case.number])


def about(case: Case) -> SafeString:
    return format_html('<a href="{}">{}</a>', case.about_url, case.about_title)


def due(case: Case) -> SafeString | str:
    """How long there is still, loud when there is nothing left; settled and waiting cases have no clock."""
    if not case.is_unsolved:
        return shown.NOTHING
    if case.status == CaseState.WAITING_SUPPLIER:
        return shown.badge("wait", _("stands still"))
    late = (now() - case.due_at).total_seconds()
    if late > 0:
        return shown.badge("bad", _("overdue %(span)s") % {"span": shown.span(round(late))})
    return shown.ago(case.due_at, now())


def owner(case: Case) -> SafeString | str:
    if case.owner:
        return case.owner.name
    return shown.badge("bad", _("nobody")) if case.is_unsolved else shown.NOTHING


def _owners(_actor: Actor) -> object:
    owned = Case.objects.everywhere(because="names of owners are no secret").filter(status__in=UNSOLVED)
    return Person.objects.filter(pk__in=owned.values("owner")).order_by("name")


def _suppliers(actor: Actor) -> object:
    named = Case.objects.visible_to(actor).filter(status__in=UNSOLVED)
    return Party.objects.filter(pk__in=named.values("supplier")).order_by("name")


CASES = lists.List(
    "cases",
    title=gettext_lazy("Exceptions"),
    columns=[
        lists.Column("number", gettext_lazy("Case"), sort="number", kind="code"),
        lists.Column(
            "kind",
            gettext_lazy("Kind"),
            sort="kind",
            value=lambda case: shown.badge(words.tone(case), words.kind(case)),
        ),
        lists.Column("summary", gettext_lazy("What happened"), is_clipped=True),
        lists.Column("about", gettext_lazy("About"), value=about, is_clipped=True),
        lists.Column("owner", gettext_lazy("Owner"), sort="owner__name", value=owner),
        lists.Column("due_at", gettext_lazy("Due"), sort="due_at", value=due, is_brief=True),
        lists.Column("stake", gettext_lazy("At stake"), sort="stake", kind="money", currency="currency"),
        lists.Column(
            "opened_at", gettext_lazy("Opened"), sort="opened_at", value=lambda case: shown.ago(case.opened_at, now())
        ),
        lists.Column("status", gettext_lazy("State"), sort="status", kind="state"),
        lists.Column(
            "supplier", gettext_lazy("Supplier"), sort="supplier__name", value="supplier.name", is_default=False
        ),
        lists.Column("site", gettext_lazy("Site"), sort="site__code", value="site.code", kind="code", is_default=False),
        lists.Column("severity", gettext_lazy("Severity"), kind="state", is_default=False),
        lists.Column("sightings", gettext_lazy("Seen"), kind="number", is_default=False),
        lists.Column("root_cause", gettext_lazy("Cause"), is_default=False),
    ],
    filters=[
        lists.Search(["number", "about_title", "summary", "supplier__name"]),
        lists.Choice("kind", gettext_lazy("Kind"), KINDS),
        lists.ModelChoice("owner", gettext_lazy("Owner"), _owners),
        lists.ModelChoice("site", gettext_lazy("Site"), lambda _actor: Site.objects.order_by("code")),
        lists.ModelChoice("supplier", gettext_lazy("Supplier"), _suppliers),
        lists.Choice("status", gettext_lazy("State"), CaseState.choices),
        lists.Choice("severity", gettext_lazy("Severity"), Severity.choices),
        lists.Flag("open", gettext_lazy("Not settled"), lambda rows, _actor: queries.unsettled(rows)),
        lists.Flag("mine", gettext_lazy("Mine"), lambda rows, actor: rows.filter(owner=actor.person_id)),
        lists.Flag("unowned", gettext_lazy("Nobody's"), lambda rows, _actor: rows.filter(owner=None)),
        lists.Flag("due", gettext_lazy("Due within a day"), lambda rows, _actor: queries.due(rows, now() + SOON)),
    ],
    views=[
        lists.View(
            "mine",
            gettext_lazy("Mine"),
            {"mine": "1", "open": "1", "sort": "due_at"},
            empty=gettext_lazy("No exception is yours. What nobody has taken on stands under “Nobody's”."),
        ),
        lists.View(
            "unowned",
            gettext_lazy("Nobody's"),
            {"unowned": "1", "open": "1", "sort": "due_at"},
            empty=gettext_lazy("Every open exception has an owner."),
        ),
        lists.View("due", gettext_lazy("Due"), {"due": "1", "sort": "due_at"}),
        lists.View("supplier", gettext_lazy("Waiting for the supplier"), {"status": WAITING[0], "sort": "opened_at"}),
        lists.View("open", gettext_lazy("All open"), {"open": "1", "sort": "due_at"}),
        lists.View("all", gettext_lazy("All"), {"sort": "-opened_at"}),
    ],
    default_sort="due_at",
    bulk=[lists.Bulk("take", gettext_lazy("Take on"), "governance:cases-take", verb="work_case", is_primary=True)],
    url=address,
    counted=ngettext_lazy("%(shown)s exception", "%(shown)s exceptions", "count"),
    empty=gettext_lazy(
        "No exceptions here. What goes off plan opens a case by itself; look at “All” for settled ones."
    ),
)


@require_GET
@policy("see_case")
def cases_page(request: Request) -> HttpResponse:
    return lists.answer(request, CASES, queries.case_rows(request.actor), template="governance/cases/list.html")


@require_POST
@policy("work_case")
def take_many(request: Request) -> HttpResponse:
    return lists.bulk(
        request,
        CASES,
        queries.case_rows(request.actor),
        title=_("Take on exceptions"),
        act=lambda case, asked: cases.take(case=case, by=request.actor, at=now(), **asked),
    )
