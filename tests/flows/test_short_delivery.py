"""Seventy of a hundred came, and customers wait: three people must act at the same time."""

from decimal import Decimal
from typing import Any

import pytest

from foundation.journal.relay import drain
from fulfillment.allocations import actions as allocations
from fulfillment.allocations import planning
from fulfillment.demand import actions as demand
from fulfillment.demand.actions import Ordered
from fulfillment.demand.models import DemandLine
from governance.cases import actions as cases
from governance.cases.models import Case
from organization.scopes import actions as scopes
from receiving.stock import actions as stock
from receiving.stock.actions import Moved
from tests.receiving import steps
from tests.receiving.steps import TEST
from tests.scene import NOW, SETUP, TODAY, Scene, fresh, give, key, ordered, person

CASES = ["see_case", "work_case"]


@pytest.fixture
def staffed(scene: Scene) -> Scene:
    return staff(scene)


def staff(scene: Scene) -> Scene:
    """The scene with customer service and a controller, who own two of the three tasks."""
    for name, role in (("service", "Customer service"), ("controller", "Controller")):
        scene.people[name] = person(name)
        group = scopes.define_role(name=role, verbs=[*CASES, "see_demand"], by=SETUP, at=NOW, key=key())
        scope = scopes.scope_of(entity=scene.entity.pk)
        scopes.give_role(person=scene.people[name], role=group, scope=scope, by=SETUP, at=NOW, key=key())
    return scene


def wants(scene: Scene, quantity: int, *, priority: int = 5, complete: bool | None = None):
    made = demand.take(
        customer=scene.customer,
        site=scene.site,
        ordered=[Ordered(scene.items[0], Decimal(quantity))],
        promised_on=TODAY,
        priority=priority,
        ships_complete=complete,
        by=scene.planner,
        at=NOW,
        key=key(),
    )
    drain()
    return made


def has(order) -> tuple[Decimal, Decimal]:
    line = DemandLine.objects.everywhere(because=TEST).get(order=order)
    return line.allocated, line.wanting


def put_elsewhere(scene: Scene, quantity: int) -> None:
    moved = [Moved(scene.items[0].pk, "available", Decimal(quantity))]
    stock.put_in(site_id=scene.other_site.pk, moved=moved, kind="opening", reference="count", by=SETUP, at=NOW)


def settle(scene: Scene, kind: str, how: str, by) -> Case:
    case = Case.objects.everywhere(because=TEST).get(kind=kind)
    return cases.resolve(case=case, how=how, root_cause="supplier", by=by, at=NOW, seen=case.version, key=key())


def test_a_short_delivery_becomes_three_tasks(staffed: Scene):
    scene = staffed
    # Two customers wait for a hundred together; another site has forty.
    put_elsewhere(scene, 40)
    urgent, patient = wants(scene, 50, priority=1), wants(scene, 50)
    assert has(urgent) == has(patient) == (0, 50)

    # Seventy come: they are handed out at once, the urgent customer first.
    order = ordered(scene)
    steps.received(scene, order, 70)
    drain()
    assert (has(urgent), has(patient)) == ((50, 0), (20, 30))
    line = DemandLine.objects.everywhere(because=TEST).get(order=patient)
    assert urgent.number in line.why

    # Three tasks, three people.
    opened = {case.kind: case for case in Case.objects.everywhere(because=TEST).exclude(kind="receipt_short")}
    owners = {kind: case.owner.name for kind, case in opened.items()}
    assert owners == {"customer_impact": "Service", "stock_shortage": "Planner", "commitment_shift": "Controller"}
    assert opened["customer_impact"].facts["orders"] == [patient.number]

    # Each does his own: the customers are told, a transfer is suggested, finance has moved it.
    settle(scene, "customer_impact", "told", scene.service)
    transfer = settle(scene, "stock_shortage", "transfer", scene.planner)
    settle(scene, "commitment_shift", "moved", scene.controller)
    assert transfer.resolution == "transfer"

    # The rest comes and serves who waited.
    steps.received(scene, order, 30)
    drain()
    assert has(patient) == (50, 0)


def test_handing_out_anew_shows_first_what_it_would_change(scene: Scene, order: Any):
    patient = wants(scene, 60)
    steps.received(scene, order, 100)
    drain()
    urgent = wants(scene, 80, priority=1)
    assert (has(patient), has(urgent)) == ((60, 0), (40, 40))  # nobody loses what was promised

    lines = planning.lines_of(scene.site.pk, scene.items[0].pk)
    changes = planning.afresh(scene.site.pk, scene.items[0].pk, Decimal(0), lines)
    assert [(c.line.order_id, c.now, c.then) for c in planning.ranked(changes)] == [
        (urgent.pk, 40, 80),
        (patient.pk, 60, 20),
    ]
    allocations.reallocate(
        site=scene.site,
        item=scene.items[0],
        foreseen=planning.digest(changes),
        reason="hospital order",
        by=scene.planner,
        at=NOW,
        key=key(),
    )

    assert (has(patient), has(urgent)) == ((20, 40), (80, 0))


def test_handing_out_anew_is_refused_when_supply_changed_meanwhile(scene: Scene, order: Any):
    from foundation.lifecycles import Refused

    wants(scene, 60)
    steps.received(scene, order, 100)
    drain()
    lines = planning.lines_of(scene.site.pk, scene.items[0].pk)
    seen = planning.digest(planning.afresh(scene.site.pk, scene.items[0].pk, Decimal(40), lines))
    wants(scene, 30, priority=1)

    with pytest.raises(Refused, match="changed while you looked"):
        allocations.reallocate(
            site=scene.site,
            item=scene.items[0],
            foreseen=seen,
            reason="-",
            by=scene.planner,
            at=NOW,
            key=key(),
        )


def test_an_order_that_ships_complete_takes_nothing_from_others(scene: Scene, order: Any):
    whole = wants(scene, 100, priority=1, complete=True)
    part = wants(scene, 50)

    steps.received(scene, order, 70)
    drain()

    assert (has(whole), has(part)) == ((0, 100), (50, 0))


def test_the_clerk_without_a_scope_sees_none_of_it(scene: Scene):
    nobody = person("nobody")
    give(nobody, "Planner", site=scene.other_site.pk)

    assert not DemandLine.objects.visible_to(nobody.actor).exists()
    assert fresh(wants(scene, 1)).status == "released"
