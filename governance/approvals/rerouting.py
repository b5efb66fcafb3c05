"""Open questions that the version in force would ask otherwise: found, chosen by a person, asked anew one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from foundation.door import Busy, Stale
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.lifecycles import Refused
from foundation.scopes.permissions import allow
from foundation.values.actor import Actor
from governance.approvals import actions as approvals
from governance.approvals.lifecycle import RequestState
from governance.approvals.models import ApprovalRequest
from governance.authority import matrices, queries
from governance.authority.models import AuthorityMatrix
from governance.authority.replaying import Fate, fate
from governance.authority.replays import route_words
from governance.authority.rules import Plan

KIND = "governance.reroute"
MOST = 500
"""Questions that are listed, the dearest first; the others come when these are done."""


@dataclass(frozen=True)
class Differing:
    """An open question, and what this version makes of it."""

    request: ApprovalRequest
    fate: Fate
    before: str
    after: str


def differing(matrix: AuthorityMatrix) -> list[Differing]:
    """Every open question that another version asked and this one asks otherwise. A query for each version."""
    rows = ApprovalRequest.objects.filter(status=RequestState.OPEN, matrix__isnull=False).exclude(matrix=matrix)
    asked = sorted(rows.select_related("matrix"), key=lambda one: (one.matrix_id or 0, one.kind))
    before = {one.pk: _plan(one.matrix, one) for one in asked if one.matrix}
    found = []
    for one in asked:
        after = _plan(matrix, one)
        if (became := fate(before[one.pk], after)) != Fate.SAME:
            found.append(Differing(one, became, route_words(before[one.pk]), route_words(after)))
    return sorted(found, key=lambda one: (-one.request.amount, one.request.pk))


def _plan(matrix: AuthorityMatrix, one: ApprovalRequest) -> Plan:
    """With the facts and the day of the question."""
    compiled = matrices.compiled_for(matrix, one.kind, queries.day_of(one.facts))
    return compiled.decide(queries.from_kept(one.facts)).plan


def begin(*, matrix: AuthorityMatrix, chosen: Iterable[int], by: Actor, at: datetime) -> Job:
    """Ask these questions anew by the version in force, each in a turn of its own; the result tells of each."""
    allow(by, "publish_matrix")
    if queries.in_force(at) != matrix:
        raise Refused(_("This version is not in force: open requests are asked anew only by the one that is."))
    wanted = {one.request.pk for one in differing(matrix)} & set(chosen)
    if not wanted:
        raise Refused(_("Choose the requests that shall be asked anew."))
    title = _("Ask %(n)s open requests anew by %(matrix)s") % {"n": len(wanted), "matrix": matrix}
    request = {"matrix": matrix.pk, "requests": sorted(wanted)}
    url = f"/authority/{matrix.number}/open/"
    return jobs.start(kind=KIND, title=title, by=by, at=at, request=request, url=url)


def run(job: Job) -> None:
    """Run as a job. Started again it asks nothing twice: the key is the job's and the request's."""
    matrix = AuthorityMatrix.objects.get(pk=job.request["matrix"])
    jobs.expect(job, len(job.request["requests"]))
    items: list[dict[str, Any]] = []
    by = Actor.parse(job.by)
    for pk in jobs.counted(job, job.request["requests"]):
        request = ApprovalRequest.objects.get(pk=pk)
        said = {"title": request.title, "url": request.url}
        try:
            approvals.reroute(request=request, matrix=matrix, by=by, at=now(), key=f"reroute:{job.pk}:{pk}")
            items.append({**said, "done": True, "sentence": _("Asked anew.")})
        except (Refused, Stale, Busy) as no:
            job.failed_count += 1
            items.append({**said, "done": False, "sentence": str(no) or _("Somebody is working on it: try again.")})
    job.result = {"items": items}


def last_of(matrix: AuthorityMatrix) -> Job | None:
    return Job.objects.filter(kind=KIND, request__matrix=matrix.pk).order_by("-id").first()
