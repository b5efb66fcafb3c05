"""Whether two scopes meet: whether some document could lie in both. Pure: no rows, no clock."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from foundation.scopes.reach import DIMENSIONS

Ids = Mapping[str, int | None]


@dataclass(frozen=True)
class Ground:
    """A place as keys, with the entity that its site and its cost center belong to; None is any."""

    named: Ids
    above: frozenset[int] = frozenset()
    """Keys of the categories above the one that is named."""
    entities: frozenset[int] = frozenset()
    """The entities in which everything lies that is named; more than one, and nothing can lie there."""


def meet(one: Ground, other: Ground, *, several: Collection[str] = ()) -> bool:
    """``several``: dimensions in which a document stands at many places at once (lines of several categories)."""
    if len(one.entities | other.entities) > 1:
        return False
    return all(_meet_in(name, one, other) for name in DIMENSIONS if name not in several)


def _meet_in(name: str, one: Ground, other: Ground) -> bool:
    mine, theirs = one.named.get(name), other.named.get(name)
    if mine is None or theirs is None or mine == theirs:
        return True
    return name == "category" and (mine in other.above or theirs in one.above)
