"""All long work of mine: how far it is, and what came of it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_GET, require_POST

from foundation.jobs import actions as jobs
from foundation.jobs import queries
from foundation.jobs.models import Job
from foundation.screens import lists
from foundation.screens.answers import answering
from foundation.screens.finding import find
from foundation.screens.policy import policy
from foundation.screens.requests import Request, is_partial

JOBS = lists.List(
    "jobs",
    title=gettext_lazy("Jobs"),
    columns=[
        lists.Column("title", gettext_lazy("What")),
        lists.Column("status", gettext_lazy("State"), kind="state"),
        lists.Column("done_count", gettext_lazy("Done"), kind="number"),
        lists.Column("total_count", gettext_lazy("Of"), kind="number"),
        lists.Column("asked_at", gettext_lazy("Asked"), sort="asked_at", kind="instant"),
        lists.Column("finished_at", gettext_lazy("Ended"), sort="finished_at", kind="instant"),
        lists.Column("file", gettext_lazy("File"), value="file.name", url=lambda job: file_url(job)),
    ],
    filters=[lists.Choice("status", gettext_lazy("State"), Job.Status.choices)],
    url=lambda job: reverse("foundation:job", args=[job.pk]),
    counted=ngettext_lazy("%(shown)s job", "%(shown)s jobs", "count"),
    empty=gettext_lazy("No jobs. Large exports and imports appear here while they run."),
)


def file_url(job: Job) -> str:
    return reverse("foundation:file", args=[job.file_id]) if job.file_id else ""


@require_GET
@policy(policy.SIGNED_IN)
def jobs_page(request: Request) -> HttpResponse:
    return lists.answer(request, JOBS, queries.jobs_of(request.actor))


@require_GET
@policy(policy.SIGNED_IN)
def job(request: Request, pk: int) -> HttpResponse:
    """How far it is; asks again by itself until it is over."""
    found = find(queries.jobs_of(request.actor), pk=pk)
    template = "jobs/page.html#progress" if is_partial(request) else "jobs/page.html"
    return render(request, template, {"job": found})


@require_POST
@policy(policy.SIGNED_IN)
def cancel(request: Request, pk: int) -> HttpResponse:
    found = find(queries.jobs_of(request.actor), pk=pk)
    with answering(request) as answer:
        jobs.cancel(job=found)
    return answer.redirect(reverse("foundation:job", args=[pk]), said=_("The job stops; what is done stays done."))


@require_POST
@policy(policy.SIGNED_IN)
def again(request: Request, pk: int) -> HttpResponse:
    found = find(queries.jobs_of(request.actor), pk=pk)
    with answering(request) as answer:
        new = jobs.start_again(job=found, at=now())
    return answer.redirect(reverse("foundation:job", args=[new.pk]))
