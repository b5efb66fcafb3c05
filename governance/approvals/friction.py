"""What each rule costs and what it catches: how often it asked, how long that took, what came of it.

Which rules are needless friction is the question; the answer is read from what was asked and decided, and every
figure leads to its documents. A rule keeps its past as long as it says the same, version after version.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db import connection
from django.db.models import QuerySet

from governance.approvals.lifecycle import RequestState, StepState
from governance.approvals.models import ApprovalStep
from governance.approvals.past import DECIDED, LEFT_OUT
from governance.authority import comparing
from governance.authority.models import AuthorityMatrix, MatrixRule

PERIODS = (30, 90, 365)
ENOUGH = 20
"""Decisions by which a rule is judged; fewer say little."""
CLEAN = Decimal("0.98")
"""Share of approvals from which a rule that caught nothing is called needless."""
HALF = Decimal("0.5")

FIGURES = """
with of_rule as (
  select * from unnest(%(matrices)s::bigint[], %(rules)s::int[]) as kept(matrix_id, rule)),
asked as (
  select r.id, r.about, r.status, r.amount, r.currency, r.matrix_id, r.asked_at,
         coalesce(lead(r.amount) over (partition by r.about order by r.id), 0) as then_asked
  from governance_approvalrequest r where r.about in (
    select about from governance_approvalrequest where asked_at >= %(since)s and matrix_id = any(%(matrices)s))),
fired as (
  select k.rule, a.id as request_id, a.amount, a.currency, a.status as became, s.status,
         extract(epoch from s.decided_at - s.activated_at) / 3600 as hours,
         jsonb_array_length(s.rules) = 1 as alone,
         case when s.status = any(%(stopped)s) then greatest(a.amount - a.then_asked, 0) else 0 end as caught
  from asked a
  join governance_approvalstep s on s.request_id = a.id
  join of_rule k on k.matrix_id = a.matrix_id and s.rules @> to_jsonb(k.rule)
  where a.asked_at >= %(since)s and a.status <> all(%(left_out)s))
select rule, currency,
       count(distinct request_id),
       count(*) filter (where status = any(%(decided)s)),
       count(*) filter (where status = %(approved)s and became = %(granted)s),
       coalesce(sum(hours) filter (where alone and status = any(%(decided)s)), 0),
       sum(caught),
       min(amount) filter (where status = any(%(stopped)s)),
       array_agg(amount) filter (where status = any(%(decided)s)),
       array_agg(distinct request_id)
from fired group by rule, currency order by rule, currency
"""
STOPPED = [str(StepState.REJECTED), str(StepState.RETURNED)]


class Proposal(StrEnum):
    """What the figures speak for; a person decides."""

    DROP = "drop"
    START_HIGHER = "start_higher"
    MERGE = "merge"
    NEVER_ASKED = "never_asked"


@dataclass
class Worn:
    """One rule over some days. Amounts are by currency, hours those of steps that no other rule asked for."""

    rule: int
    fired: int = 0
    decided: int = 0
    unchanged: int = 0
    hours: Decimal = Decimal(0)
    caught: dict[str, Decimal] = field(default_factory=dict)
    least_stopped: dict[str, Decimal] = field(default_factory=dict)
    below: int = 0
    """Decisions on less than the least that was ever stopped."""
    requests: set[int] = field(default_factory=set)
    proposal: Proposal | None = None
    other: int | None = None
    """With which rule this one could be merged."""

    @property
    def share(self) -> Decimal | None:
        """Of the decisions, those that let the document pass as it was asked for."""
        return Decimal(self.unchanged) / self.decided if self.decided else None

    @property
    def is_enough(self) -> bool:
        return self.decided >= ENOUGH


def worn(matrix: AuthorityMatrix, *, since: datetime) -> list[Worn]:
    """Each rule of the version that asks somebody, by its number."""
    asking = [row for row in MatrixRule.objects.filter(matrix=matrix, is_on=True).order_by("number") if row.steps]
    found = {row.number: Worn(row.number) for row in asking}
    for rule, currency, fired, decided, unchanged, hours, caught, least, amounts, requests in _figures(
        _same(matrix, asking), since
    ):
        one = found[rule]
        one.fired, one.decided = one.fired + fired, one.decided + decided
        one.unchanged, one.hours = one.unchanged + unchanged, one.hours + hours
        one.requests.update(requests)
        if caught:
            one.caught[currency] = caught
        if least is not None:
            one.least_stopped[currency] = least
            one.below += sum(amount < least for amount in amounts or ())
    propose(found.values(), {row.number: row for row in asking})
    return list(found.values())


def _same(matrix: AuthorityMatrix, rows: list[MatrixRule]) -> list[tuple[int, int]]:
    """Where these rules stood, in this version and in those before it: (version's key, number)."""
    meanings = {row.number: comparing.meaning(row) for row in rows}
    before = MatrixRule.objects.filter(matrix__number__lte=matrix.number, number__in=meanings)
    return [(row.matrix_id, row.number) for row in before if comparing.meaning(row) == meanings[row.number]]


def _figures(kept: list[tuple[int, int]], since: datetime) -> list[tuple]:
    given = {
        "matrices": [matrix for matrix, _rule in kept],
        "rules": [rule for _matrix, rule in kept],
        "since": since,
        "left_out": LEFT_OUT,
        "decided": DECIDED,
        "stopped": STOPPED,
        "approved": str(StepState.APPROVED),
        "granted": str(RequestState.GRANTED),
    }
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, given)
        return list(cursor.fetchall())


def propose(rules: Iterable[Worn], rows: dict[int, MatrixRule]) -> None:
    """Say of each rule what its figures speak for, if anything."""
    rules = list(rules)
    twins = dict(_twins(rules, rows))
    for one in rules:
        if not one.fired:
            one.proposal = Proposal.NEVER_ASKED
        elif one.rule in twins:
            one.proposal, one.other = Proposal.MERGE, twins[one.rule]
        elif not one.is_enough:
            continue
        elif not one.caught and one.share is not None and one.share >= CLEAN:
            one.proposal = Proposal.DROP
        elif len(one.least_stopped) == 1 and Decimal(one.below) / one.decided >= HALF:
            one.proposal = Proposal.START_HIGHER


def _twins(rules: list[Worn], rows: dict[int, MatrixRule]) -> Iterator[tuple[int, int]]:
    """Rules that asked the same of the very same documents: the later one and the first."""
    alike: dict[tuple, list[int]] = defaultdict(list)
    for one in rules:
        if one.is_enough:
            alike[frozenset(one.requests), repr(rows[one.rule].steps)].append(one.rule)
    for first, *others in alike.values():
        yield from ((other, first) for other in others)


def documents(matrix: AuthorityMatrix, rule: MatrixRule) -> QuerySet[ApprovalStep]:
    """The steps that the rule asked for, as its figures count them."""
    versions = [key for key, _number in _same(matrix, [rule])]
    rows = ApprovalStep.objects.filter(rules__contains=[rule.number], request__matrix__in=versions)
    return rows.exclude(request__status__in=LEFT_OUT).select_related("request")
