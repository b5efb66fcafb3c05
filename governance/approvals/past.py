"""What was asked and what passed by itself, as a replay of the matrix reads it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from governance.approvals.lifecycle import RequestState, StepState
from governance.approvals.models import ApprovalRequest, AutoApproval
from governance.authority import past
from governance.authority.past import Ref, Shown, Span
from governance.authority.replaying import Row

LEFT_OUT = [str(RequestState.SUPERSEDED), str(RequestState.WITHDRAWN)]
"""Questions that nobody answered: the document came again, or never."""
DECIDED = [str(state) for state in (StepState.APPROVED, StepState.REJECTED, StepState.RETURNED)]
FACTS = "(facts - 'amount' - 'cumulative' - 'on')::text"
AMOUNT = "greatest((facts ->> 'amount')::numeric, (facts ->> 'cumulative')::numeric)"
ROWS = f"""
select 'request', id, {FACTS}, {AMOUNT} from governance_approvalrequest
where asked_at > %(since)s and asked_at <= %(until)s and matrix_id is not null and status <> all(%(left_out)s)
union all
select 'auto', id, {FACTS}, {AMOUNT} from governance_autoapproval where asked_at > %(since)s and asked_at <= %(until)s
"""
CAME = """
select exists (select from governance_approvalrequest where asked_at > %(since)s)
    or exists (select from governance_autoapproval where asked_at > %(since)s)
"""
HOURS = """
select role, percentile_cont(0.5) within group (order by extract(epoch from decided_at - activated_at)) / 3600
from governance_approvalstep
where decided_at > %(since)s and decided_at <= %(until)s and activated_at is not null and status = any(%(decided)s)
group by role
"""


class Kept:
    """See ``governance.authority.past.Past``."""

    def came(self, since: datetime) -> bool:
        [[any_]] = _ask(CAME, since=since)
        return bool(any_)

    def count(self, span: Span) -> int:
        between = {"asked_at__gt": span.since, "asked_at__lte": span.until}
        asked = ApprovalRequest.objects.filter(**between, matrix__isnull=False).exclude(status__in=LEFT_OUT)
        return asked.count() + AutoApproval.objects.filter(**between).count()

    def rows(self, span: Span) -> Iterator[Row[Ref]]:
        with transaction.atomic(), connection.chunked_cursor() as cursor:
            cursor.itersize = 5_000
            cursor.execute(ROWS, {"since": span.since, "until": span.until, "left_out": LEFT_OUT})
            for source, pk, key, amount in cursor:
                yield key, amount, (source, pk)

    def shown(self, refs: Iterable[Ref]) -> dict[Ref, Shown]:
        refs = list(refs)
        found: dict[Ref, Shown] = {}
        for source, rows in (("request", ApprovalRequest.objects), ("auto", AutoApproval.objects)):
            for pk, of in rows.in_bulk([pk for kept, pk in refs if kept == source]).items():
                found[source, pk] = Shown(of.about, of.title, of.url, of.entity_id, of.amount, of.currency)
        return found

    def hours(self, span: Span) -> dict[str, float]:
        found = _ask(HOURS, since=span.since, until=span.until, decided=DECIDED)
        return {role: float(hours) for role, hours in found}


def _ask(sql: str, **given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


past.keep(Kept())
