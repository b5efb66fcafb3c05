"""Tasks that come back to whoever passed them, when the one who should decide instead cannot any more."""

from collections.abc import Iterable

from governance.approvals import queries
from governance.approvals.lifecycle import StepState
from governance.approvals.models import ApprovalRequest, Task


def come_back(request: ApprovalRequest, people: Iterable[int | None], *, but: int | None = None) -> None:
    """Tasks that were passed to these people wait again for whoever passed them; not those of the step ``but``."""
    passed = Task.objects.filter(step__request=request, passed_to__in=[one for one in people if one])
    tasks = list(passed.exclude(step=but).select_related("step"))
    spoke = queries.spoke(request) if tasks else set()
    for task in tasks:
        is_open = task.step.status == StepState.ACTIVE and not {task.person_id, task.on_behalf_of_id} & spoke
        Task.objects.filter(pk=task.pk).update(passed_to=None, passed_because="", is_open=is_open)
