"""A draft held against the documents of the last days: started from its page, run as a job, kept with its rules."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from json import loads
from typing import Any

from django.db import connection, transaction
from django.db.models import Count
from django.utils.timezone import now
from django.utils.translation import gettext as _

from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours, may
from foundation.values.actor import Actor
from governance.approvals.lifecycle import RequestState, StepState
from governance.approvals.models import ApprovalRequest, ApprovalStep, Waiver
from governance.authority import matrices, queries, words
from governance.authority.compiled import Matrix, compile_matrix
from governance.authority.facts import Facts, StepSpec
from governance.authority.kinds import KINDS
from governance.authority.lifecycle import MatrixState
from governance.authority.models import AuthorityMatrix, MatrixReplay, MatrixRule, ReplayedDocument
from governance.authority.replaying import Fate, Figures, Outcome, Replay, Row, Sum, blocked
from governance.authority.rules import Plan

KIND = "governance.replay_matrix"
PERIODS = (30, 90, 365)
ENOUGH = 90
"""Days that a draft must be replayed over before it is published."""
KEPT = 2_500
"""Documents of each fate that are listed; of the others only the number is kept. Four fates make 10,000."""
ASKED_AGAIN = (RequestState.SUPERSEDED, RequestState.WITHDRAWN)
"""Questions that nobody answered: the document came again, or never."""
_Ref = tuple[str, int]
_ROWS = """
select 'request', id, (facts - 'amount' - 'cumulative')::text,
       greatest((facts ->> 'amount')::numeric, (facts ->> 'cumulative')::numeric)
from governance_approvalrequest
where asked_at > %(since)s and asked_at <= %(until)s and matrix_id is not null and status <> all(%(left_out)s)
union all
select 'waiver', id, (facts - 'amount' - 'cumulative')::text,
       greatest((facts ->> 'amount')::numeric, (facts ->> 'cumulative')::numeric)
from governance_waiver
where asked_at > %(since)s and asked_at <= %(until)s
"""


def replay_matrix(*, matrix: AuthorityMatrix, days: int, by: Actor, at: datetime) -> MatrixReplay:
    """Begin a replay of a draft over its last ``days``. One of the same rules and days that is under way is answered."""
    if not (may(by, "edit_matrix") or may(by, "publish_matrix")):
        raise NotYours("edit_matrix", str(matrix))
    if matrix.status != MatrixState.DRAFT:
        raise Refused(_("Only a draft is replayed: what is published was looked at before."))
    if days not in PERIODS:
        raise Refused(_("Choose 30, 90 or 365 days."))
    base = queries.active_matrix()
    under_way = MatrixReplay.objects.filter(
        matrix=matrix, head=matrix.chain_head, base=base, days=days, job__status__in=["waiting", "running"]
    ).last()
    if under_way:
        return under_way
    replay = MatrixReplay(matrix=matrix, head=matrix.chain_head, base=base, days=days, until=at)
    title = _("Replay of %(matrix)s over %(days)s days") % {"matrix": matrix, "days": days}
    with transaction.atomic():
        replay.save()
        request = {"replay": replay.pk}
        replay.job = jobs.start(
            kind=KIND, title=title, by=by, at=at, request=request, url=f"/authority/{matrix.number}/replay/"
        )
        replay.save(update_fields=["job"])
    return replay


def run(job: Job) -> None:
    """Run a replay as a job. Started again it begins anew; rules that were edited meanwhile end it."""
    replay = MatrixReplay.objects.select_related("matrix", "base").get(pk=job.request["replay"])
    if replay.matrix.chain_head != replay.head:
        raise Refused(_("The rules were edited since: start the replay again."))
    measured = measure(replay)
    counting: Replay[_Ref] = Replay(_compiled(replay.base), _compiled(replay.matrix), facts_of=_facts, measured=measured)
    jobs.expect(job, counted(replay.until, replay.days))
    kept, listed = [], Counter[str]()
    for ref, outcome in counting.differing(jobs.counted(job, rows(replay))):
        listed[outcome.fate] += 1
        if listed[outcome.fate] <= KEPT:
            kept.append((ref, outcome))
    figures = as_told(counting.figures, measured)
    with transaction.atomic():
        replay.documents.all().delete()
        for some in _pieces(kept, 1000):
            ReplayedDocument.objects.bulk_create(_documents(replay, some))
        replay.figures, replay.finished_at = figures, now()
        replay.save(update_fields=["figures", "finished_at"])


def rows(replay: MatrixReplay) -> Iterator[Row[_Ref]]:
    """Facts as they were kept, streamed: everything but the amount as one text, which PostgreSQL writes alike for all."""
    span = {"since": replay.until - timedelta(days=replay.days), "until": replay.until}
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.itersize = 5_000
        cursor.execute(_ROWS, span | {"left_out": list(map(str, ASKED_AGAIN))})
        for source, pk, key, amount in cursor:
            yield key, amount, (source, pk)


def counted(until: datetime, days: int) -> int:
    """Documents that were asked about, or passed by themselves, in the days before."""
    span = {"asked_at__gt": until - timedelta(days=days), "asked_at__lte": until}
    asked = ApprovalRequest.objects.filter(**span, matrix__isnull=False).exclude(status__in=ASKED_AGAIN)
    return asked.count() + Waiver.objects.filter(**span).count()


def measure(replay: MatrixReplay) -> dict[str, float]:
    """Hours that the decided steps of each role took, the median, by the clock on the wall."""
    sql = f"""select role, percentile_cont(0.5) within group (order by extract(epoch from decided_at - activated_at))
              from {ApprovalStep._meta.db_table}
              where decided_at > %s and decided_at <= %s and activated_at is not null and status = any(%s) group by role"""
    decided = [str(state) for state in (StepState.APPROVED, StepState.REJECTED, StepState.RETURNED)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [replay.until - timedelta(days=replay.days), replay.until, decided])
        return {role: float(seconds) / 3600 for role, seconds in cursor.fetchall()}


def standing(matrix: AuthorityMatrix) -> MatrixReplay | None:
    """The latest finished replay of these very rules, beside what is in force, over days enough to publish by."""
    done = MatrixReplay.objects.filter(matrix=matrix, head=matrix.chain_head, base=queries.active_matrix())
    return done.filter(days__gte=ENOUGH, finished_at__isnull=False).order_by("-id").first()


def objections(matrix: AuthorityMatrix, *, at: datetime) -> list[str]:
    """Why a draft may not be published yet: documents came lately, and nobody saw what it makes of them."""
    span = {"asked_at__gt": at - timedelta(days=ENOUGH)}
    came = ApprovalRequest.objects.filter(**span).exists() or Waiver.objects.filter(**span).exists()
    if not came or standing(matrix):
        return []
    return [_("Replay these very rules over the last 90 days or more first, to see whom they would have asked.")]


def last_of(matrix: AuthorityMatrix) -> MatrixReplay | None:
    return MatrixReplay.objects.filter(matrix=matrix).select_related("job", "base").order_by("-id").first()


def is_stale(replay: MatrixReplay) -> bool:
    """Whether the draft was edited, or another version put in force, since it was replayed."""
    matrix = replay.matrix
    if matrix.status != MatrixState.DRAFT:
        return False
    active = queries.active_matrix()
    return replay.head != matrix.chain_head or replay.base_id != (active.pk if active else None)


def fates_of(replay: MatrixReplay) -> dict[str, int]:
    """Listed documents by fate."""
    return dict(replay.documents.values_list("fate").annotate(n=Count("id")).values_list("fate", "n"))


def as_told(figures: Figures, measured: dict[str, float]) -> dict[str, Any]:
    """Figures as plain values, for the row."""
    roles = sorted(figures.before.keys() | figures.after.keys())
    return {
        **_sum(figures.whole),
        "entities": {str(entity): _sum(one) for entity, one in figures.entities.items()},
        "roles": [{"role": role, "before": figures.before[role], "after": figures.after[role]} for role in roles],
        "measured": {role: round(hours, 2) for role, hours in measured.items()},
    }


def _sum(one: Sum) -> dict[str, Any]:
    return {"total": one.total, "fates": {str(fate): one.fates[fate] for fate in Fate}, "hours": round(one.hours, 1)}


def _compiled(matrix: AuthorityMatrix | None) -> dict[str, Matrix]:
    """By kind of document, from the rows as they stand: not from what this process remembers."""
    if matrix is None:
        return {}
    on = list(MatrixRule.objects.filter(matrix=matrix, is_on=True))
    return {
        kind: compile_matrix(matrices.rule_of(row, kind) for row in on if row.document_kind in ("", kind))
        for kind in KINDS
    }


def _facts(key: str) -> Facts:
    return queries.from_kept({**loads(key), "amount": "0", "cumulative": None})


def _documents(replay: MatrixReplay, some: list[tuple[_Ref, Outcome]]) -> Iterator[ReplayedDocument]:
    found: dict[str, dict[int, Any]] = {
        "request": ApprovalRequest.objects.in_bulk([pk for (source, pk), _one in some if source == "request"]),
        "waiver": Waiver.objects.in_bulk([pk for (source, pk), _one in some if source == "waiver"]),
    }
    for (source, pk), outcome in some:
        of = found[source][pk]
        yield ReplayedDocument(
            replay=replay,
            fate=outcome.fate,
            about=of.about,
            title=of.title,
            url=of.url,
            entity_id=of.entity_id,
            amount=of.amount,
            currency=of.currency,
            before=route_words(outcome.before),
            after=route_words(outcome.after),
            added=_steps(outcome.added),
            removed=_steps(outcome.removed),
        )


def route_words(plan: Plan) -> str:
    if plan.refusals:
        return _("refused: “%(sentence)s”") % {"sentence": plan.refusals[0]}
    if blocked(plan):
        return _("nobody answers")
    return words.steps(plan.steps) or _("passes by itself")


def _steps(steps: Iterable[StepSpec]) -> list[str]:
    return [words.step(step) for step in steps]


def _pieces(rows: list[Any], size: int) -> Iterator[list[Any]]:
    left = iter(rows)
    while piece := list(islice(left, size)):
        yield piece
