"""What can be found by the search box and the palette. Each package registers its finders.

search.register(Finder("order", _("Orders"), "see_order", find=find_orders, prefix="po"))
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from foundation.screens.policy import holds
from foundation.values.actor import Actor

PER_KIND = 8


@dataclass(frozen=True)
class Hit:
    """Something found: its number, a title, and where it is."""

    number: str
    title: str
    url: str


@dataclass(frozen=True)
class Finder:
    """``find(text, actor, limit)`` looks through what the actor may see: numbers by prefix, names by part."""

    kind: str
    label: str | Promise
    verb: str | None
    find: Callable[[str, Actor, int], list[Hit]]
    prefix: str = ""
    """Typed as ``po: 123`` it asks this finder alone."""
    order: int = 50


@dataclass(frozen=True)
class Group:
    label: str | Promise
    hits: list[Hit]


_finders: dict[str, Finder] = {}


def register(finder: Finder) -> None:
    _finders[finder.kind] = finder


def finders_for(actor: Actor) -> list[Finder]:
    allowed = (one for one in _finders.values() if one.verb is None or holds(actor, one.verb))
    return sorted(allowed, key=lambda one: one.order)


def search(text: str, actor: Actor, limit: int = PER_KIND) -> list[Group]:
    """Groups of hits, at most ``limit`` each; exact numbers first within a group."""
    prefix, colon, rest = text.partition(":")
    finders = finders_for(actor)
    if colon and any(one.prefix == prefix.strip().lower() for one in finders if one.prefix):
        finders = [one for one in finders if one.prefix == prefix.strip().lower()]
        text = rest
    text = text.strip()
    if len(text) < 2:
        return []
    groups = []
    for finder in finders:
        hits = sorted(finder.find(text, actor, limit), key=lambda hit: hit.number.casefold() != text.casefold())
        if hits:
            groups.append(Group(finder.label, hits[:limit]))
    return groups


def exact(groups: list[Group], text: str) -> Hit | None:
    """The one thing whose number was typed in full; two of them are a choice, not an answer."""
    wanted = text.rpartition(":")[2].strip().casefold()
    found = [hit for group in groups for hit in group.hits if hit.number.casefold() == wanted]
    return found[0] if len(found) == 1 else None
