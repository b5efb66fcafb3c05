"""People and roles: who may do what where, why, and giving and ending roles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from foundation.journal.queries import timeline
from foundation.scopes import verbs
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import typed
from organization.people.models import Person
from organization.scopes import actions as scopes
from organization.scopes import leaving, previews, queries
from organization.scopes.forms import GiveRole
from organization.scopes.models import Membership, Scope

PEOPLE = lists.List(
    "people",
    title=gettext_lazy("People and roles"),
    columns=[
        lists.Column("name", gettext_lazy("Name"), sort="name"),
        lists.Column("title", gettext_lazy("Title"), sort="title"),
        lists.Column("email", gettext_lazy("Mail"), sort="email"),
        lists.Column("manager", gettext_lazy("Manager"), sort="manager__name", value="manager.name"),
        lists.Column("role_count", gettext_lazy("Roles"), sort="role_count", kind="number"),
        lists.Column("is_active", gettext_lazy("Active"), sort="is_active"),
    ],
    filters=[
        lists.Search(["name", "email", "title"]),
        lists.Flag("idle", gettext_lazy("Without a role"), lambda people, _actor: people.filter(role_count=0)),
        lists.Flag("left", gettext_lazy("Not active"), lambda people, _actor: people.filter(is_active=False)),
    ],
    views=[
        lists.View("all", gettext_lazy("All")),
        lists.View("idle", gettext_lazy("Without a role"), {"idle": "1"}),
    ],
    default_sort="name",
    url=lambda person: reverse("organization:person", args=[person.pk]),
    counted=ngettext_lazy("%(shown)s person", "%(shown)s people", "count"),
    empty=gettext_lazy("Nobody here yet."),
)


@require_GET
@policy("see_people")
def people(request: HttpRequest) -> HttpResponse:
    return lists.answer(request, PEOPLE, queries.people_rows(), template="organization/people/list.html")


@require_GET
@policy("see_people")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """His roles, what they let him do, and the answer to "why can he, why can he not"."""
    found = find(queries.people_rows(), pk=pk)
    memberships = queries.memberships_of(found)
    asked = request.GET.get("verb", "")
    asked = asked if asked in verbs.registry else ""
    context = {
        "person": found,
        "living": [one for one in memberships if one.ended_at is None],
        "ended": [one for one in memberships if one.ended_at is not None],
        "rights": queries.verbs_by_role(found),
        "verbs": sorted(verbs.registry.values(), key=lambda verb: verb.label),
        "asked": asked,
        "reasons": queries.why(found, asked) if asked else [],
        "would": queries.roles_with(asked) if asked else [],
        "asked_label": verbs.label(asked).lower(),
        "may_grant": holds(request.actor, "grant_role"),
        "may_shut_out": holds(request.actor, "grant_role") and found.pk != request.actor.person_id,
        "entries": timeline([found.subject, *(one.subject for one in memberships)], limit=50),
    }
    return render(request, "organization/people/page.html", context)


@require_http_methods(["GET", "POST"])
@policy("grant_role")
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """What it would bring about is shown while one chooses. What nothing keeps apart is given by a second press."""
    found = find(queries.people_rows(), pk=pk)
    form = GiveRole(request.POST or None)
    warned = look_ahead(found, form if form.is_bound else GiveRole(request.GET))
    grave = keys_of(warned)
    with answering(request) as answer:
        if form.is_valid() and request.POST.get("warned", "") == grave:
            scopes.give_role(
                person=found,
                role=form.cleaned_data["role"],
                scope=scopes.scope_of(**form.where()),
                ends_at=form.ends_at(),
                by=request.actor,
                at=now(),
                key=answer.key,
            )
            return answer.redirect(reverse("organization:person", args=[pk]), said=_("The role is given."))
    context = {"person": found, "warned": warned, "grave": grave if form.is_bound else ""}
    return answer.form(form, "organization/people/give.html", context)


def look_ahead(person: Person, form: GiveRole) -> list[previews.Warned]:
    """What the role would bring about there; nothing as long as none is chosen."""
    if not form.is_valid():
        return []
    there = Scope(**{f"{name}_id": pk for name, pk in form.where().items()})  # looked at, not kept
    return previews.warnings(person, form.cleaned_data["role"], there, now())


def keys_of(warned: list[previews.Warned]) -> str:
    """What nothing keeps from happening."""
    return " ".join(one.key for one in warned if not one.apart)


@require_POST
@policy("grant_role")
def end(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    found = find(Membership.objects.filter(person_id=pk), pk=membership)
    with answering(request) as answer:
        scopes.end_role(membership=found, reason=typed(request), by=request.actor, at=now(), **answer.seen)
    return answer.redirect(reverse("organization:person", args=[pk]), said=_("The role has ended."))


@require_POST
@policy("grant_role")
def shut_out(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(queries.people_rows(), pk=pk)
    with answering(request) as answer:
        leaving.shut_out(person=found, reason=typed(request), by=request.actor, at=now(), **answer.seen)
    said = _("%(person)s is shut out. Sessions have ended.") % {"person": found.name}
    return answer.redirect(reverse("organization:person", args=[pk]), said=said)


@require_POST
@policy("grant_role")
def let_in(request: HttpRequest, pk: int) -> HttpResponse:
    found = find(queries.people_rows(), pk=pk)
    with answering(request) as answer:
        leaving.let_in(person=found, reason=typed(request), by=request.actor, at=now(), **answer.seen)
    said = _("%(person)s may come in again.") % {"person": found.name}
    return answer.redirect(reverse("organization:person", args=[pk]), said=said)
