"""Find the item that somebody means: by SKU, GTIN, supplier part or words, and the nearest ones when none fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models import Q

from foundation.values.quantity import Factor
from organization.items.models import Item, ItemUnit
from organization.sites.models import Site
from suppliers.supplier_items.models import SupplierItem
from suppliers.supplier_items.queries import Catalog, Offer

MOST = 8
GUESSES = 3
GUESSED = 100
"""So many different texts are guessed at once; whoever pastes more nonsense than that gets no guesses for the rest."""

NEAREST = """
select asked.said, near.id from unnest(%s::text[]) as asked(said) cross join lateral (
    select id from organization_item
    where is_active and (upper(sku) %% upper(asked.said) or upper(description) %%> upper(asked.said))
    order by greatest(similarity(upper(sku), upper(asked.said)),
                      word_similarity(upper(asked.said), upper(description))) desc, id
    limit %s
) near"""


@dataclass(frozen=True)
class Meant:
    """An item that was meant, with the pack or the supplier that the code itself names."""

    item: Item
    unit_id: int | None = None
    supplier_id: int | None = None


@dataclass(frozen=True)
class Choice:
    """One item as the search shows it: what a pack of it costs, from whom, and how soon it can be here."""

    item: Item
    offered: SupplierItem | None
    offer: Offer | None

    @property
    def price(self) -> Decimal | None:
        """Of one unit as it is ordered."""
        if self.offer:
            return self.offer.factor.to_base(self.offer.price, rounding=True)
        return self.item.standard_price or None

    @property
    def currency(self) -> str:
        return self.offer.currency if self.offer else ""

    @property
    def unit(self) -> str:
        return self.offered.unit.code if self.offered else self.item.base_unit.code

    @property
    def pack(self) -> Decimal:
        """Base units in one unit as it is ordered."""
        if not self.offered:
            return Decimal(1)
        return Factor(self.offered.numerator, self.offered.denominator).to_base(Decimal(1), rounding=True)


def meant(texts: Iterable[str]) -> dict[str, Meant]:
    """Items by exact code, whatever its case: SKU first, then GTIN of the item or a pack, then a supplier's part."""
    asked = {text.upper(): text for text in texts if text}
    if not asked:
        return {}
    items = Item.objects.filter(Q(sku__in=[*asked.values(), *asked]) | Q(gtin__in=asked), is_active=True)
    found: dict[str, Meant] = {}
    for item in items.select_related("base_unit"):
        found |= {code.upper(): Meant(item) for code in (item.gtin, item.sku) if code}
    if rest := {code: said for code, said in asked.items() if code not in found}:
        found = _of_others(rest) | found
    return {said: found[code] for code, said in asked.items() if code in found}


def _of_others(asked: dict[str, str]) -> dict[str, Meant]:
    """Codes that are no item's own: a supplier's part, or before that a pack."""
    found: dict[str, Meant] = {}
    parts = SupplierItem.objects.filter(is_active=True, supplier_sku__in=[*asked.values(), *asked])
    for part in parts.exclude(supplier_sku="").select_related("item__base_unit"):
        found[part.supplier_sku.upper()] = Meant(part.item, part.unit_id, part.supplier_id)
    packs = ItemUnit.objects.filter(gtin__in=asked).exclude(gtin="").select_related("item__base_unit")
    return found | {pack.gtin: Meant(pack.item, pack.unit_id) for pack in packs}


def guesses(texts: Iterable[str]) -> dict[str, list[Item]]:
    """The nearest items to each text, best first."""
    asked = sorted({text for text in texts if len(text) > 2})[:GUESSED]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(NEAREST, [asked, GUESSES])
        rows = cursor.fetchall()
    items = Item.objects.in_bulk({pk for _said, pk in rows})
    found: dict[str, list[Item]] = {}
    for said, pk in rows:
        found.setdefault(said, []).append(items[pk])
    return found


def choices(text: str, *, site: Site, on: date) -> list[Choice]:
    """What the search box shows for some words: exact codes first, then items that have every word."""
    words = text.split()[:6]
    if not words or len(text) < 2:
        return []
    named = [one.item for one in meant([text]).values()]
    rows = Item.objects.filter(is_active=True).select_related("base_unit")
    for word in words:
        rows = rows.filter(Q(sku__icontains=word) | Q(description__icontains=word))
    items = {item.pk: item for item in [*named, *rows.order_by("sku")[:MOST]]}
    catalog = Catalog(items, entity_id=site.entity_id, on=on)
    return [_choice(item, catalog) for item in list(items.values())[:MOST]]


def _choice(item: Item, catalog: Catalog) -> Choice:
    offered = catalog.best(item.pk)
    if offered is None:
        return Choice(item, None, None)
    return Choice(
        item,
        offered,
        catalog.offer(offered, Factor(offered.numerator, offered.denominator).to_base(Decimal(1), rounding=True)),
    )
