"""Story 3: six warehouses ask under one policy; what is plain passes by itself, what is not is routed and explained."""

import datetime as dt
from decimal import Decimal

import pytest

from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from governance.approvals.queries import request_of
from organization.people.models import Person
from organization.sites.models import Site
from procurement.orders import actions as orders
from procurement.orders.actions import Taken
from procurement.orders.grouping import Policy
from procurement.pool import queries as pool
from procurement.requisitions import actions as requisitions
from procurement.requisitions import queries
from procurement.requisitions.drafting import Wanted
from procurement.requisitions.models import Requisition
from receiving.arrivals.models import Expected
from suppliers.suppliers import actions as suppliers
from tests.receiving.steps import TEST
from tests.scene import NOW, SETUP, TODAY, Scene, approve, fresh, give, key, person

CITIES = {"EIN": "Eindhoven", "GRQ": "Groningen", "MST": "Maastricht", "ZWO": "Zwolle"}


def branches(scene: Scene) -> dict[Site, Person]:
    """Six sites of the entity, each with somebody who may ask for his own site only."""
    more = [
        Site.objects.create(code=code, name=city, entity=scene.entity, city=city, country="NL")
        for code, city in CITIES.items()
    ]
    clerks = {}
    for site in [scene.site, scene.other_site, *more]:
        clerks[site] = scene.people[site.code] = person(f"clerk-{site.code.lower()}")
        give(clerks[site], "Requester", site=site.pk)
    return clerks


def ask(scene: Scene, site: Site, quantity: int) -> Requisition:
    """By the site's own clerk."""
    by = getattr(scene, site.code)
    soon = TODAY + dt.timedelta(days=14)
    wanted = [
        Wanted(quantity=Decimal(quantity), need_by=soon, item_id=scene.items[0].pk, supplier_id=scene.supplier.pk)
    ]
    draft = requisitions.raise_(site=site, title=f"Refill {site.code}", wanted=wanted, by=by, at=NOW, key=key())
    return requisitions.submit(requisition=draft, by=by, at=NOW, seen=draft.version, key=key())


def test_six_warehouses_ask_under_one_policy(scene: Scene) -> None:
    sites = branches(scene)

    # A refill below the limit passes by itself, at every site, under the same version of the matrix.
    small = [ask(scene, site, 40) for site in sites]
    assert {one.status for one in small} == {"approved"}
    assert len({one.site_id for one in small}) == 6

    # A large one is validated, explained and routed, wherever it comes from.
    large = [ask(scene, site, 500) for site in sites]
    assert {one.status for one in large} == {"in_approval"}
    routes = [request_of(one.subject) for one in large]
    assert {(route.matrix.number, route.steps.get().role) for route in routes} == {(1, "Branch manager")}
    assert {route.steps.get().why[0]["because"][-1] for route in routes} == {
        "amount 1,080.00 (1,000.00 and related purchases), from 100.00 on"
    }

    # Each clerk sees the requests of his own site only.
    for site in sites:
        seen = queries.requisition_rows(getattr(scene, site.code)).values_list("site__code", flat=True)
        assert set(seen) == {site.code}

    # The manager says yes to all; what waits becomes one order a site, each line with its request.
    for one in large:
        approve(scene, one)
    waiting = list(queries.pool(scene.buyer))
    groups = pool.groups(waiting, Policy(), {})
    assert [group.sites for group in sorted(groups, key=lambda group: group.sites[0].pk)] == [[site] for site in sites]
    for group in groups:
        taken = [Taken(line.pk) for line in group.lines]
        order = orders.draft(
            supplier=scene.supplier, site=group.sites[0], taken=taken, by=scene.buyer, at=NOW, key=key()
        )
        orders.issue(order=order, by=scene.buyer, at=NOW, seen=order.version, key=key())
    drain()
    assert {fresh(one).status for one in [*small, *large]} == {"ordered"}
    due = Expected.objects.everywhere(because=TEST).values_list("site__code", "quantity")
    assert sorted(due) == sorted((site.code, Decimal(quantity)) for site in sites for quantity in (40, 500))


def test_what_the_policy_forbids_is_refused_at_every_site_in_the_same_words(scene: Scene) -> None:
    sites = branches(scene)
    suppliers.block(
        supplier=scene.supplier, reason="audit", by=SETUP, at=NOW, seen=fresh(scene.supplier).version, key=key()
    )

    said = set()
    for site in sites:
        with pytest.raises(Refused) as refused:
            ask(scene, site, 40)
        said |= set(refused.value.reasons)

    assert said == {"Line 1: The supplier is blocked: pick another one."}
