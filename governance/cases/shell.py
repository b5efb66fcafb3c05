"""Exceptions in the shell: work, search. (Registered by ``governance/shell.py``.)"""

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse

from foundation.screens.work import WorkRow
from foundation.search.registry import Hit
from foundation.values.actor import Actor
from governance.cases import queries, words
from governance.cases.models import Case

Found = Callable[[Actor], QuerySet[Case]]


def rows(found: Found) -> Callable[[Actor, int], list[WorkRow]]:
    return lambda actor, limit: [row(case) for case in found(actor)[:limit]]


def row(case: Case) -> WorkRow:
    return WorkRow(
        kind=words.kind(case),
        icon="triangle-alert",
        identity=case.number,
        url=reverse("governance:case", args=[case.number]),
        why=case.summary,
        tone=words.tone(case),
        counterparty=case.supplier.name if case.supplier else case.about_title,
        amount=case.stake or None,
        currency=case.currency if case.stake else "",
        due_at=case.due_at,
        since=case.opened_at,
    )


def find_cases(text: str, actor: Actor, limit: int) -> list[Hit]:
    """By number or a part of it."""
    found = queries.case_rows(actor).filter(number__icontains=text).order_by("-pk")[:limit]
    return [Hit(case.number, case.summary, reverse("governance:case", args=[case.number])) for case in found]
