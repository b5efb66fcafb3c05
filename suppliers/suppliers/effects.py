"""What a hold or a block would bring about: each floor above says it of its own documents, before it is done."""

from collections.abc import Callable
from dataclasses import dataclass

from foundation.values.actor import Actor
from suppliers.suppliers.models import Supplier


@dataclass(frozen=True)
class Effect:
    """What there is of one kind, and what becomes of it."""

    what: str
    count: int
    restricted: str
    """What becomes of it when no new orders are placed."""
    blocked: str
    url: str = ""


Provider = Callable[[Supplier, Actor], list[Effect]]
_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    if provider not in _providers:
        _providers.append(provider)


def effects_on(supplier: Supplier, actor: Actor) -> list[Effect]:
    """All of them, from the lowest floor to the highest; of what the actor may see."""
    return [effect for provider in _providers for effect in provider(supplier, actor)]
