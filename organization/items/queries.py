"""Questions to the item master."""

from functools import reduce
from operator import or_

from django.db.models import Q

from organization.items.models import Category


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
