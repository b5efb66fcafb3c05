"""A person's reach: rows of (entity, site, category, supplier, cost center), empty = any, AND within, OR across.

Where the rows come from is for the package that knows people to say (``provide``): nothing above is imported here.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from foundation.scopes.verbs import of_the_house
from foundation.values.actor import SYSTEM, Actor

DIMENSIONS = ("entity", "site", "category", "supplier", "cost_center")
FOLD = ("entity", "cost_center", "site", "supplier", "category")
"""Scopes that differ in one dimension only fold into one IN list; the last one present is folded."""

Row = Mapping[str, int | None]


class Reach:
    """The scopes in which an actor holds one verb. ``below`` expands a category to itself and all under it."""

    def __init__(self, rows: Iterable[Row], below: Callable[[set[int]], dict[int, set[int]]] | None = None) -> None:
        self.rows = [{name: row.get(name) for name in DIMENSIONS} for row in rows]
        roots = {row["category"] for row in self.rows if row["category"]}
        self.below = below(roots) if below and roots else {root: {root} for root in roots}

    def __bool__(self) -> bool:
        return bool(self.rows)

    @property
    def is_everything(self) -> bool:
        return any(not any(row.values()) for row in self.rows)

    def _values(self, name: str, value: int) -> set[int]:
        return self.below.get(value, {value}) if name == "category" else {value}

    def predicate(self, paths: Mapping[str, str]) -> Q:
        """OR of ANDs over a model's own columns; a dimension that the model lacks is never matched by a scope on it."""
        if self.is_everything:
            return Q()
        folded: dict[tuple, set[int]] = defaultdict(set)
        for row in self.rows:
            present = [(name, row[name]) for name in FOLD if row[name]]
            if all(name in paths for name, _ in present):
                *head, (name, value) = present
                folded[tuple(head), name].add(value)
        branches = []
        for (head, name), values in folded.items():
            terms = [self._term(paths, key, self._values(key, value)) for key, value in head]
            terms.append(self._term(paths, name, set().union(*(self._values(name, v) for v in values))))
            branches.append(reduce(and_, terms))
        return reduce(or_, branches, Q(pk__in=[]))

    @staticmethod
    def _term(paths: Mapping[str, str], name: str, values: set[int]) -> Q:
        path = paths[name]
        lookup = f"{path[:-2]}__overlap" if path.endswith("[]") else f"{path}__in"
        return Q(**{lookup: sorted(values)})

    def covers(self, places: Mapping[str, set[int]]) -> bool:
        """Whether a document that stands at ``places`` (dimension -> ids) lies within reach."""
        return any(
            all(self._values(name, value) & places.get(name, set()) for name, value in row.items() if value)
            for row in self.rows
        )


Provider = Callable[[Actor], Callable[[str], Reach]]
"""Looks up everything an actor holds at once, and answers verb by verb."""
_provider: list[Provider] = []


def provide(provider: Provider) -> None:
    """Say where reach comes from; called once, by the package that knows people."""
    _provider[:] = [provider]


def reach(actor: Actor, verb: str) -> Reach:
    """The actor's scopes for one verb; all his verbs are looked up together, once. The system reaches everything."""
    if actor.kind == SYSTEM:
        return Reach([{}])
    if "reach" not in actor.kept:
        actor.kept["reach"] = _provider[0](actor)
    held: Reach = actor.kept["reach"](verb)
    return held if verb not in of_the_house or held.is_everything else Reach([])
