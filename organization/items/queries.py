"""Questions to the item master."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.urls import reverse

from foundation.search import Hit
from foundation.values.actor import Actor
from organization.items.models import Category, Item, ItemUnit


def subtrees(roots: set[int]) -> dict[int, set[int]]:
    """Category -> itself and all below it, in two queries by path."""
    paths = dict(Category.objects.filter(pk__in=roots).values_list("pk", "path"))
    if not paths:
        return {root: {root} for root in roots}
    beneath = reduce(or_, (Q(path__startswith=path) for path in paths.values()))
    below: dict[int, set[int]] = {root: set() for root in roots}
    root_at = {path: root for root, path in paths.items()}
    for pk, path in Category.objects.filter(beneath).values_list("pk", "path"):
        for above in _ancestry(path):
            if root := root_at.get(above):
                below[root].add(pk)
    return below


def ancestors(categories: set[int]) -> dict[int, tuple[int, ...]]:
    """Category -> ids of itself and everything above it, nearest last; read off the path."""
    rows = Category.objects.filter(pk__in=categories).values_list("pk", "path")
    return {pk: tuple(int(step) for step in path.rstrip(".").split(".")) for pk, path in rows}


def _ancestry(path: str) -> list[str]:
    steps = path.rstrip(".").split(".")
    return [".".join(steps[:depth]) + "." for depth in range(1, len(steps) + 1)]


def item_rows() -> QuerySet[Item]:
    """For lists and pages. Items are master data: everybody who is signed in may look them up."""
    return Item.objects.select_related("category", "base_unit")


def units_of(item: Item) -> list[ItemUnit]:
    return list(item.units.select_related("unit").order_by("unit__code"))


def find_items(text: str, _actor: Actor, limit: int) -> list[Hit]:
    """By SKU or GTIN from the front, or by part of the description."""
    parts = Q(sku__istartswith=text) | Q(gtin=text) | Q(description__icontains=text)
    found = Item.objects.filter(parts).order_by("sku")[:limit]
    return [Hit(row.sku, row.description, reverse("organization:item", args=[row.sku])) for row in found]
