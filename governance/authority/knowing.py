"""The facts door: what upper floors know of a purchase, asked when its route is sought.

Authority asks whether a customer waits for the goods; it does not know customers. A package registers who answers
for an input (``facts.WORDS``), and the answer is kept with the facts, so that replay and proof read it again.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from governance.authority.facts import WORDS


@dataclass(frozen=True, slots=True)
class Need:
    """A line as the door sees it; ``quantity`` in base units, ``item`` empty for free text."""

    item: int | None
    site: int
    supplier: int | None
    quantity: Decimal
    need_by: date


Knower = Callable[[list[Need], datetime], str]
_knowers: dict[str, Knower] = {}


def register(name: str) -> Callable[[Knower], Knower]:
    """``@register("customer_commitment") def commitment(needs, at): ...`` answers one word for all lines: the worst."""
    if name not in WORDS:
        raise ValueError(f"{name} is no input of the matrix.")

    def keep(knower: Knower) -> Knower:
        _knowers[name] = knower
        return knower

    return keep


def known(needs: Iterable[Need], *, at: datetime) -> dict[str, str]:
    """Everything that is known of these lines beside what the document says itself; about one query an input."""
    needs = list(needs)
    return {name: knower(needs, at) for name, knower in _knowers.items()}


def worst(words: Iterable[str], *, ranks: Iterable[str]) -> str:
    """The last of ``ranks`` that is among the words; the first when there are none."""
    ranks = list(ranks)
    return ranks[max(map(ranks.index, words), default=0)]
