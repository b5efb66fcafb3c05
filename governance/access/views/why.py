"""Why can I, why can I not: each deed of one document, for the reader or for somebody else."""

from typing import Any

from django.apps import apps
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from foundation.documents.models import Scoped
from foundation.screens.deeds import deeds_of
from foundation.screens.finding import find
from foundation.screens.policy import holds, policy
from foundation.screens.requests import Request, path_of
from foundation.values.actor import Actor
from governance.access.explaining import explain
from organization.people.models import Person


@require_GET
@policy(policy.SIGNED_IN)
def why(request: Request, subject: str) -> HttpResponse:
    """Of a document that the reader sees. Others are explained to whoever sees people."""
    document = seen(request.actor, subject)
    sees_people = holds(request.actor, "see_people")
    ours = Person.objects.filter(kind=Person.INTERNAL)
    asked = request.GET.get("person", "") if sees_people else ""
    chosen = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else request.actor.person_id
    person = find(ours, pk=chosen)
    context = {
        "document": document,
        "person": person,
        "is_me": person.pk == request.actor.person_id,
        "deeds": explain(person, document),
        "back": path_of(request.GET.get("back", "/")),
        "people": ours.filter(is_active=True).order_by("name")[:500] if sees_people else [],
    }
    return render(request, "governance/access/why.html", context)


def seen(actor: Actor, subject: str) -> Any:
    """The document of a subject, if it says its deeds and the actor sees it; else the same 404."""
    label, _colon, key = subject.partition(":")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        raise Http404 from None
    if not (issubclass(model, Scoped) and deeds_of(model) and key.isascii() and key.isdigit()):
        raise Http404
    return find(model.objects.visible_to(actor), pk=int(key) if len(key) < 19 else -1)
