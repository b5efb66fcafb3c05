"""Journey J9: the matrix is changed by one person and put in force by another."""

import re
from collections.abc import Iterable

from django.contrib.auth.models import Permission
from django.utils.timezone import now
from playwright.sync_api import Browser, expect

import governance.tasks  # noqa: F401  what a worker knows: how a replay is run
from bench.hands import hand
from bench.measure import Figure
from bench.stage import key
from bench.workloads import Run
from foundation.jobs import tasks as jobs
from foundation.values.actor import system
from governance.authority.lifecycle import MatrixState
from governance.authority.models import AuthorityMatrix
from organization.people.models import Person
from organization.scopes import actions as scopes

BENCH = system("bench")
KEEPERS = ("see_matrix", "edit_matrix", "publish_matrix")


def change_and_publish(run: Run, made: Browser, address: str, *, cookie: str) -> Iterable[Figure]:
    """One step gets an hour more; replayed, looked at, published with a proof that is fresh already."""
    author, publisher = keeper("author"), keeper("publisher")
    active = AuthorityMatrix.objects.get(status=MatrixState.ACTIVE)
    with hand(made, address, author, cookie=cookie) as it:
        it.open(f"/authority/{active.number}/")
        page = it.page
        with it.moving():
            it.click(page.get_by_role("button", name="Draft a version from this one"))
        with it.moving():
            it.press("e")
        steps = page.locator(".matrix-grid input[name^=steps_][value*=' h']").first
        text = steps.input_value()
        it.write(steps, re.sub(r"(\d+) h", lambda hours: f"{int(hours[1]) + 1} h", text, count=1))
        with it.moving():
            it.click(page.get_by_role("button", name="Save the draft"))
        with it.moving():
            it.click(page.get_by_role("link", name="Replay"))
        with it.moving():
            it.click(page.get_by_role("button", name="Replay"))
        jobs.clock_jobs()  # the worker's part
        expect(page.locator("#replay-job")).to_have_count(0, timeout=20_000)
        wrote = it.figures("j9_matrix")
    draft = AuthorityMatrix.objects.get(status=MatrixState.DRAFT, number__gt=active.number)
    with hand(made, address, publisher, cookie=cookie, proved=True) as it:
        it.open(f"/authority/{draft.number}/publish/")
        it.click(it.page.get_by_label("I have seen what changes"))
        it.click(it.page.get_by_role("button", name="Put version"))
        it.page.get_by_text("The version is in force.").wait_for()
        published = it.figures("j9_matrix")
    draft.refresh_from_db()
    assert draft.status == MatrixState.ACTIVE, f"Version {draft.number} is {draft.status}."
    return [
        Figure("journeys", one.metric, round(one.value + other.value, 2), one.unit)
        for one, other in zip(wrote, published, strict=True)
    ]


def keeper(name: str) -> Person:
    """Somebody who keeps the matrix everywhere, made by the product's actions."""
    person, is_new = Person.objects.get_or_create(
        email=f"{name}@bench.example", defaults={"name": f"Bench {name}", "kind": Person.INTERNAL}
    )
    if is_new:
        asked = {"by": BENCH, "at": now()}
        role = scopes.define_role(name="Bench: keeps the matrix", verbs=KEEPERS, **asked, key=key())
        scopes.give_role(person=person, role=role, scope=scopes.scope_of(), **asked, key=key())
    assert Permission.objects.filter(persongrant__user=person, codename="publish_matrix").exists()
    return person
