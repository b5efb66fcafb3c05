"""Items with their packs, drawn from the families of the trade."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from random import Random

from foundation.door.births import bear
from organization.items.models import Item, ItemUnit
from world.events import Founded
from world.scene import WORLD, Scene, batches, money
from world.trade import firms, goods
from world.trade.goods import BRANDS, FAMILIES, Family


def found(scene: Scene) -> None:
    drawn = draw(scene.random, scene.scale.items)
    items = [
        Item(
            sku=f"{family.code}-{number:05d}",
            description=text,
            category=scene.categories[family.category],
            base_unit=scene.units[family.unit],
            gtin=firms.gtin(number),
            standard_price=price,
            reorder_point=_round_lot(scene.random, price),
            needs_inspection=family.inspected,
            tracks_lots=family.lots,
        )
        for number, (family, text, price) in enumerate(drawn, start=1)
    ]
    for item in items:
        item.safety_stock = (item.reorder_point / 2).quantize(Decimal(1))
    for part in batches(items):
        scene.items += bear(part, _founded, by=WORLD, at=scene.founding, key=scene.key())
    scene.notes["trades"] = {code: name for code, name, parent in goods.CATEGORIES if parent is None}
    scene.notes["families"] = {item.pk: family for item, (family, *_rest) in zip(scene.items, drawn, strict=True)}
    ItemUnit.objects.bulk_create(
        ItemUnit(item=item, unit=scene.units[unit], numerator=size, gtin=firms.gtin(number, level))
        for number, item in enumerate(scene.items, start=1)
        for level, (unit, size) in enumerate(scene.notes["families"][item.pk].packs, start=1)
    )


def draw(random: Random, wanted: int) -> list[tuple[Family, str, Decimal]]:
    """So many items, each family in proportion to its sizes but none missing; beyond the sizes, brand by brand."""
    every = sum(family.count for family in FAMILIES)
    drawn: list[tuple[Family, str, Decimal]] = []
    for family in FAMILIES:
        share = max(3, round(wanted * family.count / every))
        rows = list(combinations(family))
        if share < len(rows):
            rows = sorted(random.sample(rows, share))
        drawn += [(family, text, price) for _place, text, price in rows]
    brand = 0
    while len(drawn) < wanted:
        maker, brand = f"{BRANDS[brand % len(BRANDS)]} {brand // len(BRANDS) + 1}", brand + 1
        drawn += [(f, f"{text}, {maker}", price) for f in FAMILIES for _p, text, price in combinations(f)]
    while len(drawn) > wanted:
        drawn.pop(random.randrange(len(drawn))) if wanted < every else drawn.pop()
    return drawn


def combinations(family: Family) -> Iterator[tuple[int, str, Decimal]]:
    """Every item of a family: (place, description, price); the price rises with the place among the sizes."""
    names, low, high = list(family.sizes), *family.price
    for place, chosen in enumerate(product(*family.sizes.values())):
        ranks = [
            family.sizes[n].index(c) / max(len(family.sizes[n]) - 1, 1) for n, c in zip(names, chosen, strict=True)
        ]
        rise = (sum(ranks) / len(ranks)) ** 2
        yield place, family.text.format(**dict(zip(names, chosen, strict=True))), money(low + (high - low) * rise)


def _round_lot(random: Random, price: Decimal) -> Decimal:
    """What is worth keeping: a few hundred euro of it, in whole tens."""
    pieces = random.uniform(80, 500) / max(float(price), 0.01)
    return Decimal(max(5, round(pieces / 10) * 10)) if pieces > 10 else Decimal(max(2, round(pieces)))


def _founded(item: Item) -> Founded:
    return Founded(subject=item.subject, what=f"{item.sku} {item.description}")
