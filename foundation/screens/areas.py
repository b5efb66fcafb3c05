"""The main areas of the product: the words of the top bar."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from foundation.screens import policies
from foundation.screens.policy import holds
from foundation.values.actor import Actor

PHONE = 3
"""How many areas stand in the bottom bar of a phone; the others are behind its last entry."""


@dataclass(frozen=True)
class Area:
    """``Area("orders", _("Orders"), "procurement:orders", verb="see_order", order=30, icon="file-text")``."""

    key: str
    label: str | Promise
    url_name: str
    verb: str | None = None
    """Whose area it is; without one, of everybody whom its page lets in."""
    order: int = 50
    icon: str = "square"

    @property
    def url(self) -> str:
        return reverse(self.url_name)


_areas: dict[str, Area] = {}


def register(area: Area) -> None:
    _areas[area.key] = area


def areas_for(actor: Actor | None, here: str = "") -> list[dict[str, Any]]:
    """What this person may see, in order; the one that ``here`` lies in is current."""
    if actor is None:
        return []
    seen = [area for area in _areas.values() if area.verb is None or holds(actor, area.verb)]
    found = []
    for area in sorted(seen, key=lambda area: area.order):
        with suppress(NoReverseMatch):  # its address lives in the other process
            if (url := area.url) and (area.verb or policies.opens(actor, url)):
                found.append((area, url))
    around = [url for _area, url in found if here == url or (url != "/" and here.startswith(url))]
    current = max(around, key=len, default="")
    return [{"area": area, "url": url, "is_current": url == current} for area, url in found]
