"""Many of the same, for races: what is raced is how a question ends, not how it came about.

Rows are copied where each would otherwise cost a dozen statements; of what moves, the copy is born like any other and
goes one edge, which the database checks.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.contrib.auth.models import Group
from django.db import connection

from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalRequest, ApprovalStep, Task
from governance.authority.models import Delegation
from organization.people.models import Person
from organization.scopes.models import Membership
from procurement.requisitions.models import Requisition
from tests.governance.scene import AT, Company

AT_ONCE = 100


def questions(company: Company, amount: int = 900) -> Iterator[tuple[Requisition, ApprovalRequest, ApprovalStep]]:
    """The same question about ever other documents."""
    document, request = company.asked(amount)
    step = request.steps.get()
    tasks = list(step.tasks.all())
    document.refresh_from_db()
    while True:
        documents = [
            twin(document, number=f"{document.number}-{uuid.uuid4().hex[:12]}", status="draft") for _ in range(AT_ONCE)
        ]
        Requisition._base_manager.bulk_create(documents)
        go(documents, document.status)
        requests = [twin(request, about=one.subject) for one in documents]
        ApprovalRequest.objects.bulk_create(requests)
        steps = [twin(step, request=one, status=StepState.WAITING) for one in requests]
        ApprovalStep.objects.bulk_create(steps)
        go(steps, step.status)
        Task.objects.bulk_create(twin(task, step=one) for one in steps for task in tasks)
        yield from zip(documents, requests, steps, strict=True)


def twin(row: Any, **other: Any) -> Any:
    """Another row with the same values; a document's chain begins anew."""
    said = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    anew = {"public_id": uuid.uuid4(), "chain_length": 0, "chain_head": ""}
    said |= {name: value for name, value in anew.items() if name in said}
    for name, value in other.items():
        field = row._meta.get_field(name)
        said.pop(field.attname)
        said[name] = value
    return type(row)(**said)


def go(rows: list[Any], status: str) -> None:
    """Move rows that were just born one edge on."""
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(rows[0]._meta.db_table)
        cursor.execute(f"update {table} set status = %s where id = any(%s)", [status, [row.pk for row in rows]])


def people(name: str) -> Iterator[Person]:
    """Ever other people of one name."""
    while True:
        yield from Person.objects.bulk_create(
            Person(email=f"{uuid.uuid4().hex}@ours.example", name=name, kind=Person.INTERNAL) for _ in range(AT_ONCE)
        )


def members(company: Company, name: str, role: str) -> Iterator[Membership]:
    """Ever others who fill a role at the company's site, as rows alone."""
    filled = {"role": Group.objects.get(name=role), "scope": company.at_site, "granted_by": "tests", "granted_at": AT}
    found = people(name)
    while True:
        yield from Membership.objects.bulk_create(
            Membership(person=person, **filled) for person in islice(found, AT_ONCE)
        )


def lend(giver: Person, taker: Person, *, ends_at: datetime = AT + timedelta(days=7)) -> Delegation:
    span = {"starts_at": AT - timedelta(days=1), "ends_at": ends_at}
    return Delegation.objects.create(giver=giver, taker=taker, **span, reason="holiday")
