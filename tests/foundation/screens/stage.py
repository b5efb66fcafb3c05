"""People, cases and addresses to try screens on: a list, a verb and a form of a real document."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path, reverse
from django.utils.timezone import now
from django.utils.translation import ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.door import deciding, verb
from foundation.journal import actions as journal
from foundation.journal.events import Event
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.scopes.reach import DIMENSIONS
from foundation.screens import areas, lists, work
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from governance.cases.lifecycle import CaseState
from governance.cases.models import Case, Severity
from organization.entities.models import LegalEntity
from organization.people.models import Credential, Person
from organization.scopes.grants import permission
from organization.scopes.models import PersonGrant, Scope
from organization.sites.models import Site

AT = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
TEMPLATES = Path(__file__).parent / "templates"
PASSWORD = "a long enough password"


def a_person(name: str = "Anna Vos", *verbs: str, **more: object) -> Person:
    """Somebody internal who holds these verbs everywhere."""
    email = f"{name.lower().replace(' ', '.')}@buyer.example"
    person = Person.objects.create(email=email, name=name, kind=Person.INTERNAL, **more)
    Credential.objects.create(person=person, encoded=make_password(PASSWORD))
    everywhere, _new = Scope.objects.get_or_create(**dict.fromkeys(DIMENSIONS))
    for name_of_verb in verbs:
        PersonGrant.objects.create(user=person, permission=permission(name_of_verb), content_object=everywhere)
    return person


def an_entity() -> LegalEntity:
    entity = LegalEntity.objects.filter(code="NL01").first()
    return entity or LegalEntity.objects.create(code="NL01", name="Distribution NL", country="NL", currency="EUR")


def a_site(code: str = "RTM") -> Site:
    found = Site.objects.filter(code=code).first()
    return found or Site.objects.create(code=code, name="Rotterdam", entity=an_entity(), timezone="Europe/Amsterdam")


WHAT = [
    ("receipt_short", "12 of 120 CS are missing on line 3", Severity.HIGH),
    ("price_variance", "Invoiced 2.14 where 2.04 was agreed", Severity.NORMAL),
    ("late_order", "Promised for 4 Dec, needed on 28 Nov", Severity.HIGH),
    ("damaged", "Two pallets wet on arrival", Severity.NORMAL),
    ("confirmation_differs", "The supplier moves the date by six days", Severity.LOW),
]


PATHS = [
    [],
    [CaseState.IN_PROGRESS],
    [CaseState.WAITING_SUPPLIER],
    [CaseState.RESOLVED],
    [CaseState.RESOLVED, CaseState.CLOSED],
]


def some_cases(count: int = 5, site: Site | None = None) -> list[Case]:
    site = site or a_site()
    rows = []
    for n in range(count):
        kind, summary, severity = WHAT[n % len(WHAT)]
        rows.append(
            Case(
                number=f"CASE-NL01-2026-{n + 1:06d}",
                kind=kind,
                about=f"procurement.purchaseorder:{n}",
                about_title=f"PO-NL01-2026-{n + 100:06d}",
                about_url=f"/orders/PO-NL01-2026-{n + 100:06d}/",
                cause=f"line {n}",
                summary=summary,
                entity=site.entity,
                site=site,
                severity=severity,
                stake=Decimal(1842000 + n * 777) / 100,
                currency="EUR",
                due_at=AT + timedelta(hours=n * 5 - 20),
                opened_at=AT - timedelta(hours=n * 3),
                version=1,
            )
        )
    made = Case.objects.bulk_create(rows)
    for place, path_to in enumerate(PATHS):
        for state in path_to:  # along legal edges: the database refuses anything else
            Case._base_manager.filter(pk__in=[case.pk for case in made[place :: len(PATHS)]]).update(status=state)
    return list(Case._base_manager.filter(pk__in=[case.pk for case in made]).order_by("pk"))


CASES = lists.List(
    "cases",
    title="Exceptions",
    columns=[
        lists.Column("number", "Case", sort="number", kind="code"),
        lists.Column("summary", "What happened"),
        lists.Column("about_title", "About", kind="code"),
        lists.Column("site", "Site", sort="site__code", value="site.code"),
        lists.Column("stake", "At stake", sort="stake", kind="money", currency="currency"),
        lists.Column("due_at", "Due", sort="due_at", kind="instant"),
        lists.Column("status", "State", sort="status", kind="state"),
        lists.Column("severity", "Severity", kind="state"),
        lists.Column("resolved_at", "Resolved", sort="resolved_at", kind="instant", is_default=False),
    ],
    filters=[
        lists.Search(["number", "summary", "about_title"]),
        lists.Choice("status", "State", CaseState.choices),
        lists.ModelChoice("site", "Site", lambda _actor: Site.objects.order_by("code")),
        lists.DateRange("due", "Due", field="due_at__date"),
        lists.Flag("high", "High only", lambda cases, _actor: cases.filter(severity=Severity.HIGH)),
    ],
    views=[lists.View("all", "All"), lists.View("high", "High", {"high": "1", "sort": "due_at"})],
    default_sort="-id",
    bulk=[lists.Bulk("note", "Note them", "stage:note-many", verb="work_case", is_primary=True)],
    url=lambda case: reverse("stage:case", args=[case.number]),
    counted=ngettext_lazy("%(shown)s case", "%(shown)s cases", "count"),
    empty="No open exceptions. Oldest closed 2 h ago.",
)


class CaseNoted(Event):
    """Somebody said something about a case."""


@verb
def note(*, case: Case, text: str, by, at, seen: int, key: str) -> Case:
    with deciding(case, by=by, seen=seen, key=key) as row:
        allow(by, "work_case", row)
        if text == "refuse me":
            raise Refused("A case with this text cannot be noted.", "Say something else.")
        row.root_cause = text
        journal.record(CaseNoted(subject=row.subject), at=at)
    return row


class Note(forms.Form):
    text = forms.CharField(max_length=40, label="Cause", help_text="What was it, in a few words?")


@require_GET
@policy("see_case")
def cases(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, CASES, Case.objects.visible_to(request.actor).select_related("site"))


@require_GET
@policy("see_case")
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = find(Case.objects.visible_to(request.actor).select_related("site"), number=number)
    return render(request, "stage/case.html", {"case": found})


@require_POST
@policy("work_case")
def note_case(request: HttpRequest, number: str) -> HttpResponse:
    found = find(Case.objects.visible_to(request.actor), number=number)
    with answering(request) as answer:
        note(case=found, text=request.POST.get("text", "seen"), by=request.actor, at=AT, **answer.seen)
    if request.POST.get("as") == "fragment":
        return answer.fragment("stage/case.html#status", {"case": found}, said="Noted.")
    return answer.redirect(reverse("stage:case", args=[number]), said="Noted.")


@require_http_methods(["GET", "POST"])
@policy("work_case")
def edit_case(request: HttpRequest, number: str) -> HttpResponse:
    found = find(Case.objects.visible_to(request.actor), number=number)
    form = Note(request.POST or None)
    with answering(request) as answer:
        if form.is_valid():
            note(case=found, by=request.actor, at=AT, **answer.seen, **form.cleaned_data)
            return answer.redirect(reverse("stage:case", args=[number]), said="Noted.")
    return answer.form(form, "stage/edit.html", {"case": found})


@require_POST
@policy("work_case")
def note_many(request: HttpRequest) -> HttpResponse:
    return lists.bulk(
        request,
        CASES,
        Case.objects.visible_to(request.actor),
        title="Note cases",
        act=lambda found, asked: note(
            case=found, text=request.POST.get("text", "seen"), by=request.actor, at=AT, **asked
        ),
    )


@require_GET
@policy("see_case")
def lines(request: HttpRequest) -> HttpResponse:
    count = int(request.GET.get("count", "1000"))
    rows = [{"number": n, "sku": f"SKU-{10000 + n}", "quantity": 1, "price": "2.04"} for n in range(1, count + 1)]
    return render(request, "stage/lines.html", {"lines": rows, "count": count})


@require_GET
@policy(policy.PUBLIC)
def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a defect")


app_name = "stage"
own = [
    path("cases/", cases, name="cases"),
    path("cases/note/", note_many, name="note-many"),
    path("cases/<str:number>/", case, name="case"),
    path("cases/<str:number>/note/", note_case, name="note"),
    path("cases/<str:number>/edit/", edit_case, name="edit"),
    path("lines/", lines, name="lines"),
    path("breaks/", breaks, name="breaks"),
]
urlpatterns = [path("stage/", include((own, "stage"))), path("", include("config.urls.internal"))]
handler400 = "foundation.screens.handlers.bad_request"
handler403 = "foundation.screens.handlers.not_allowed"
handler404 = "foundation.screens.handlers.missing"
handler500 = "foundation.screens.handlers.broken"


def furnish(monkeypatch: Any) -> None:
    """A shell as it looks when every package has said its areas and its work."""
    words = ["Requests", "Orders", "Receiving", "Stock", "Exceptions", "Invoices", "Suppliers", "Insight", "Admin"]
    monkeypatch.setattr(areas, "_areas", {"work": areas._areas["work"]})
    for order, word in enumerate(words, 1):
        name = "stage:cases" if word == "Exceptions" else "stage:lines"
        areas.register(areas.Area(word, word, name, "see_case", order, "octagon-alert"))
    monkeypatch.setattr(work, "_tabs", {})
    monkeypatch.setattr(work, "_figures", {})
    for key, count in (("To order", 3), ("Unconfirmed", 14), ("Late inbound", 7), ("Exceptions", 0)):
        work.register(work.Tab(key, key, "see_case", rows=work_rows, count=lambda _actor, count=count: count))
    for key, value in (("Unconfirmed over SLA", "4"), ("On time, 30 days", "92 %"), ("Changed after issue", "3.1 %")):
        work.register_figure(work.Figure(key, key, "see_case", lambda _actor, value=value: value, "/stage/cases/"))


def work_rows(_actor: object, limit: int) -> list[work.WorkRow]:
    whys = [("bad", "overdue since yesterday"), ("warn", "price 4.2 % above contract"), ("wait", "waits for an answer")]
    rows = []
    for n in range(14):
        tone, why = whys[min(n // 2, 2)]
        rows.append(
            work.WorkRow(
                kind="Order",
                icon="file-text",
                identity=f"PO-NL01-2026-{n + 100:06d}",
                url="/stage/cases/",
                why=why,
                tone=tone,
                counterparty=("Nordfast AG", "Bolt & Söhne GmbH", "Hansa Trading")[n % 3],
                amount=Decimal(1842000 + n * 7777) / 100,
                currency="EUR",
                due_at=now() + timedelta(hours=n * 6 - 10),
                since=now() - timedelta(hours=n * 9 + 2),
            )
        )
    return rows[:limit]
