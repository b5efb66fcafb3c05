"""The panel door: an order page shows receipts without importing receiving."""

from collections import defaultdict
from dataclasses import dataclass

from django.urls import reverse

from foundation.scopes.permissions import may
from foundation.values.actor import Actor


@dataclass(frozen=True)
class Panel:
    """A fragment that the page fetches by itself (hx-get) when it is shown."""

    slot: str
    title: str
    url_name: str
    verb: str
    order: int = 50


_panels: dict[str, list[Panel]] = defaultdict(list)


def register(panel: Panel) -> None:
    if panel not in _panels[panel.slot]:
        _panels[panel.slot].append(panel)
        _panels[panel.slot].sort(key=lambda p: p.order)


def panels_for(slot: str, actor: Actor, **where: object) -> list[tuple[str, str]]:
    """(title, address) of each panel in this slot that the actor may see; ``where`` fills the address."""
    return [(str(p.title), reverse(p.url_name, kwargs=where)) for p in _panels[slot] if may(actor, p.verb)]
