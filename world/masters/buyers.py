"""Customers, and what stands in the warehouses when the story begins."""

from decimal import Decimal
from itertools import islice

from foundation.door import opening, verb
from foundation.door.births import bear
from fulfillment.customers.models import Customer
from organization.parties.models import Party
from receiving.stock import actions as stock
from receiving.stock.actions import Moved
from receiving.stock.models import MovementKind, StockStatus
from world.events import Founded
from world.scene import WORLD, Scene, at
from world.trade import firms


def found(scene: Scene) -> None:
    _customers(scene)
    if scene.scale.is_bulk:
        return  # its stock is loaded
    for site in scene.sites.values():
        _stand(scene=scene, site=site.code)


def _customers(scene: Scene) -> None:
    share = scene.scale.customers // len(scene.entities)
    for owner, entity in scene.entities.items():
        drawn = list(islice(firms.customers(scene.random, entity.country), share))
        parties = Party.objects.bulk_create(
            Party(name=firm.name, country=firm.country, city=firm.city, address=firm.street) for firm in drawn
        )
        rows = [
            Customer(
                party=party,
                number=f"C{party.pk + 50000}",
                priority=scene.random.choice([2, 4, 5, 5, 5, 7]),
                takes_partial=scene.chance(0.85),
            )
            for party in parties
        ]
        said = {"by": WORLD, "at": scene.founding}
        scene.customers[owner] = bear(
            rows, lambda row: Founded(subject=row.subject, what=str(row)), key=scene.key(), **said
        )


def _stand(*, scene: Scene, site: str) -> None:
    """Distribution centers keep most of the range, branches a fifth of it."""
    is_center = site in ("RTM", "BHM")
    kept = [item for item in scene.items if scene.chance(0.75 if is_center else 0.2)]
    moved = [
        Moved(item.pk, StockStatus.AVAILABLE, max(Decimal(1), (item.reorder_point * drawn).quantize(Decimal(1))))
        for item in kept
        for drawn in [Decimal(str(round(scene.random.uniform(0.4, 2.6) * (1 if is_center else 0.3), 2)))]
    ]
    _open_stock(scene=scene, site_id=scene.sites[site].pk, moved=moved, key=scene.key())


@verb
def _open_stock(*, scene: Scene, site_id: int, moved: list[Moved], key: str) -> None:
    with opening(by=WORLD, key=key):
        stock.put_in(
            site_id=site_id,
            moved=moved,
            kind=MovementKind.OPENING,
            reference="opening stock",
            by=WORLD,
            at=at(scene.first_day, 5),
        )
