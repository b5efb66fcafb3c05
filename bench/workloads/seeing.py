"""Bar 5: everything that a person may see, newest first, for those with few scopes and those with many."""

from collections.abc import Iterable
from itertools import cycle, islice

from django.utils.timezone import now

from bench.measure import Figure, Stopwatch
from bench.stage import everywhere, key
from bench.workloads import Run, workload
from foundation.scopes.reach import reach
from foundation.screens.lists.paging import COUNTED
from foundation.values.actor import system
from organization.people.models import Person
from organization.scopes import actions as scopes
from organization.sites.models import Site
from procurement.requisitions.models import Requisition

ROWS = 50
PEOPLE = 100
VERB = "see_requisition"
PLACES = (1, 2, 3, 6, 12)
"""At so many sites each who is added, in turn."""


@workload
def visible(run: Run) -> Iterable[Figure]:
    """Grants, first page of requests and the count that is shown beside it; each person as if just signed in."""
    waits = Stopwatch()
    people = Person.objects.filter(is_active=True, persongrant__permission__codename=VERB).distinct()
    for missing in range(PEOPLE - people.count() if run.samples > 1 else 0):
        hire(missing)
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


def hire(number: int) -> None:
    """Somebody more who sees requests, at a few sites or at many."""
    person = Person.objects.create(email=f"seer{number}@bench.example", name=f"Seer {number}", kind=Person.INTERNAL)
    asked = {"by": system("bench"), "at": now()}
    role = scopes.define_role(name="Bench: sees requests", verbs=[VERB], **asked, key=key())
    sites = cycle(Site.objects.order_by("pk"))
    for site in islice(sites, number, number + min(PLACES[number % len(PLACES)], Site.objects.count())):
        scopes.give_role(person=person, role=role, scope=scopes.scope_of(site=site.pk), **asked, key=key())


def newest(person: Person) -> list[int]:
    """The same page by asking of one row after the other whether it lies within reach."""
    held = reach(person.actor, Requisition.see_verb)
    rows = everywhere(Requisition).order_by("-pk").iterator(chunk_size=1000)
    return list(islice((row.pk for row in rows if held.covers(row.places())), ROWS))
