"""A large export, done later: the job opens the same address as the same person.

So it obeys the same policy and the same scopes as the page that it comes from, at the time it runs.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import resolve, reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.scopes.permissions import NotYours
from foundation.screens.policies import policy_of
from foundation.screens.policy import admits
from foundation.values.actor import Actor

KIND = "address"


def start(request: HttpRequest, title: str) -> HttpResponse:
    """Begin the job and show how far it is."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    wanted = {"path": request.path, "query": request.META.get("QUERY_STRING", "")}
    job = jobs.start(kind=KIND, title=title, by=actor, at=now(), request=wanted, url=request.path)
    messages.info(request, _("This is large. It is being written; you may leave this page."))
    return HttpResponseRedirect(reverse("foundation:job", args=[job.pk]), status=303)


def run(job: Job) -> None:
    match = resolve(job.request["path"])
    actor = Actor.parse(job.by)
    if not admits(actor, policy_of(match.func) or ()):
        raise NotYours("export")
    request = HttpRequest()
    request.method, request.path = "GET", job.request["path"]
    request.GET = QueryDict(job.request["query"])
    request.actor, request.job = actor, job  # type: ignore[attr-defined]
    match.func(request, *match.args, **match.kwargs)
