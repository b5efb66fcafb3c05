"""Tasks that leave the inboxes when somebody spoke, and those that come back to whoever passed them."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from governance.approvals import queries
from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalRequest, ApprovalStep, Task
from governance.approvals.staffing import Taker


def close(spoke: Iterable[tuple[ApprovalStep, Taker]], complete: Iterable[ApprovalStep]) -> None:
    """A complete step leaves every inbox; who spoke on a request is asked nothing more on it."""
    spoke = list(spoke)
    done = Q(step__in=[step.pk for step in complete])
    requests: dict[int, set[int]] = defaultdict(set)
    for step, taker in spoke:
        for person in taker.people:
            requests[person].add(step.request_id)
    for person, theirs in requests.items():
        done |= Q(step__request__in=theirs) & (Q(person=person) | Q(on_behalf_of=person))
    Task.objects.filter(done).update(is_open=False)
    passed = Task.objects.filter(step__request__in={step.request_id for step, _taker in spoke}).exclude(passed_to=None)
    told = set(passed.values_list("step__request", flat=True))
    for step, taker in spoke:
        if step.request_id in told:
            come_back(step.request, taker.people, but=step.pk)


def come_back(request: ApprovalRequest, people: Iterable[int], *, but: int | None = None) -> None:
    """Tasks that were passed to these people wait again for whoever passed them; not those of the step ``but``."""
    passed = Task.objects.filter(step__request=request, passed_to__in=list(people))
    tasks = list(passed.exclude(step=but).select_related("step"))
    spoke = queries.spoke(request) if tasks else set()
    for task in tasks:
        is_open = task.step.status == StepState.ACTIVE and not {task.person_id, task.on_behalf_of_id} & spoke
        Task.objects.filter(pk=task.pk).update(passed_to=None, passed_because="", is_open=is_open)
