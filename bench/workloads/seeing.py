"""Bar 5: everything that a person may see, newest first, for those with few scopes and those with many."""

from collections.abc import Iterable
from itertools import islice

from bench.measure import Figure, Stopwatch
from bench.stage import everywhere
from bench.workloads import Run, workload
from foundation.scopes.reach import reach
from foundation.screens.lists.paging import COUNTED
from organization.people.models import Person
from procurement.requisitions.models import Requisition

ROWS = 50
PEOPLE = 100


@workload
def visible(run: Run) -> Iterable[Figure]:
    """Grants, first page of requests and the count that is shown beside it; each person as if just signed in."""
    waits = Stopwatch()
    people = Person.objects.filter(is_active=True, persongrant__permission__codename="see_requisition").distinct()
    for number, person in enumerate(people.order_by("pk")[:PEOPLE]):
        laps = Stopwatch()
        for _ in range(max(3, run.samples // 4)):
            actor = person.actor
            with laps.lap():
                seen = Requisition.objects.visible_to(actor)
                page = list(seen.order_by("-pk")[:ROWS])
                counted = seen.order_by()[: COUNTED + 1].count()
        waits.append(laps.median / 1e3)
        assert len(page) == min(ROWS, counted)
        if number % 10 == 0:
            assert [one.pk for one in page] == newest(person), f"{person} sees other rows than his scopes cover."
    yield from waits.figures("visible", "person")[:1]
    yield Figure("visible", "worst_person_ms", round(max(waits) * 1e3, 2), "ms", len(waits))
    yield Figure("visible", "requests", everywhere(Requisition).count(), "rows")


def newest(person: Person) -> list[int]:
    """The same page by asking of one row after the other whether it lies within reach."""
    held = reach(person.actor, Requisition.see_verb)
    rows = everywhere(Requisition).order_by("-pk").iterator(chunk_size=1000)
    return list(islice((row.pk for row in rows if held.covers(row.places())), ROWS))
