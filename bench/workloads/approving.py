"""Bar 17: two hundred questions answered with one press of a button, each checked as if it were the only one."""

import time
from collections.abc import Iterable

from django.db.models import F

from bench.measure import Figure
from bench.server import said_on
from bench.stage import DAY, everywhere
from bench.workloads import Run, workload
from governance.approvals.models import Decision, DecisionKind, Task
from organization.people.models import Person
from procurement.requisitions.models import Requisition

AT_ONCE = 200


@workload
def bulk_decide(run: Run) -> Iterable[Figure]:
    """Ticked in the inbox and approved together, beside as many approved one by one over the API."""
    run.stage.agree()
    run.stage.ordered(2)  # a supplier who never sold anything would need a look
    everywhere(Requisition).exclude(submitted_at=None).update(submitted_at=F("submitted_at") - 30 * DAY)
    count = AT_ONCE if run.samples > 1 else 2
    person, tasks = waiting(run, 2 * count)
    client = run.client(person)
    singly, together = tasks[:count], tasks[count:]
    begun = time.perf_counter()
    for task in singly:
        client.post(f"/tasks/{task.pk}/decide/", {"kind": "approve", "version": seen(task)})
    single = (time.perf_counter() - begun) * 1e3
    begun = time.perf_counter()
    page = client.send("/inbox/approve/", {"chosen": [f"{task.pk}:{seen(task)}" for task in together]})
    took = (time.perf_counter() - begun) * 1e3
    said = Decision.objects.filter(step__in=[task.step_id for task in tasks], kind=DecisionKind.APPROVE)
    assert said.count() == len(tasks), said_on(page)[:600]
    beside = {"one_by_one_ms": round(single, 1)}
    yield Figure("bulk_decide", "together_ms", round(took, 1), "ms", count, beside, round(single / took, 1))
    yield Figure("bulk_decide", "answer_kb", round(len(page.body) / 1024, 1), "KB")


def seen(task: Task) -> int:
    """The version of the document that the inbox shows."""
    return task.step.request.about_version


def waiting(run: Run, count: int) -> tuple[Person, list[Task]]:
    """So many fresh questions for whoever is asked first."""
    found: list[Task] = []
    while len(found) < count:
        request = run.stage.requested(2)
        open_ = Task.objects.filter(step__request__about=request.subject, is_open=True)
        of = {"person": found[0].person_id} if found else {}
        first = open_.filter(**of).select_related("person", "step__request").order_by("step__sequence", "pk").first()
        assert first is not None, "Nobody was asked."
        found.append(first)
        asked_before = everywhere(Requisition).filter(pk=request.pk)
        asked_before.update(submitted_at=F("submitted_at") - 30 * DAY)  # or the next would be more of it
    return found[0].person, found
