"""A draft held against the documents of the last days: started from its page, run as a job, kept with its rules."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from itertools import islice
from json import loads
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import now
from django.utils.translation import gettext as _

from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours, may
from foundation.values.actor import Actor
from governance.authority import matrices, queries, words
from governance.authority.compiled import Matrix, compile_matrix
from governance.authority.facts import Facts, StepSpec
from governance.authority.kinds import KINDS
from governance.authority.lifecycle import MatrixState
from governance.authority.models import AuthorityMatrix, MatrixReplay, MatrixRule, ReplayedDocument
from governance.authority.parameters import REPLAY_DAYS, REPLAY_LISTED
from governance.authority.past import Ref, Span, kept
from governance.authority.replaying import Fate, Figures, Outcome, Replay, Sum, blocked
from governance.authority.rules import Plan

KIND = "governance.replay_matrix"
PERIODS = (30, 90, 365)


def replay_matrix(*, matrix: AuthorityMatrix, days: int, by: Actor, at: datetime) -> MatrixReplay:
    """Begin a replay of a draft over its last ``days``, or answer the one of the same rules that is under way."""
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
    past, span, day = kept(), span_of(replay), replay.until.date()
    measured = past.hours(span)
    counting: Replay[Ref] = Replay(
        _compiled(replay.base, day), _compiled(replay.matrix, day), facts_of=_facts, measured=measured
    )
    jobs.expect(job, past.count(span))
    listing, listed, most = [], Counter[str](), REPLAY_LISTED.count(at=replay.until)
    for ref, outcome in counting.differing(jobs.counted(job, past.rows(span))):
        listed[outcome.fate] += 1
        if listed[outcome.fate] <= most:
            listing.append((ref, outcome))
    figures = as_told(counting.figures, measured)
    with transaction.atomic():
        replay.documents.all().delete()
        for some in _pieces(listing, 1000):
            ReplayedDocument.objects.bulk_create(_documents(replay, some))
        replay.figures, replay.finished_at = figures, now()
        replay.save(update_fields=["figures", "finished_at"])


def span_of(replay: MatrixReplay) -> Span:
    return Span(replay.until - timedelta(days=replay.days), replay.until)


def standing(matrix: AuthorityMatrix, base: AuthorityMatrix | None, *, at: datetime) -> MatrixReplay | None:
    """The latest finished replay of these very rules, beside what is in force, over days enough to publish by."""
    enough = REPLAY_DAYS.count(at=at)
    done = MatrixReplay.objects.filter(matrix=matrix, head=matrix.chain_head, base=base, days__gte=enough)
    return done.filter(finished_at__isnull=False).select_related("base").order_by("-id").first()


def objections(
    matrix: AuthorityMatrix, base: AuthorityMatrix | None, *, at: datetime, shown: MatrixReplay | None = None
) -> list[str]:
    """Why a draft may not be published yet: documents came lately, and nobody saw what it makes of them."""
    days = REPLAY_DAYS.count(at=at)
    if shown or not kept().came(at - timedelta(days=days)) or standing(matrix, base, at=at):
        return []
    said = _("Replay these very rules over the last %(days)s days or more first, to see whom they would have asked.")
    return [said % {"days": days}]


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


def _compiled(matrix: AuthorityMatrix | None, day: date) -> dict[str, Matrix]:
    """By kind of document and as of a day, from the rows as they stand: not from what this process remembers."""
    if matrix is None:
        return {}
    on = [row for row in MatrixRule.objects.filter(matrix=matrix) if row.takes_part(day)]
    return {
        kind: compile_matrix(matrices.rule_of(row, kind) for row in on if row.document_kind in ("", kind))
        for kind in KINDS
    }


def _facts(key: str) -> Facts:
    return queries.from_kept({**loads(key), "amount": "0", "cumulative": None})


def _documents(replay: MatrixReplay, some: list[tuple[Ref, Outcome]]) -> Iterator[ReplayedDocument]:
    shown = kept().shown(ref for ref, _one in some)
    for ref, outcome in some:
        yield ReplayedDocument(
            replay=replay,
            fate=outcome.fate,
            **asdict(shown[ref]),
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
