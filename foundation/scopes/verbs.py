"""The verbs that can be granted: each package says its own, and one step after migrate makes them permissions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """A thing that somebody may be allowed to do: ``issue_order``, "Issue purchase orders"."""

    name: str
    label: str
    package: str


registry: dict[str, Verb] = {}
of_the_house: set[str] = set()
"""Verbs about what has no place, such as the audit trail: a role given for a part of the house does not carry them."""
proved: set[str] = set()
"""Verbs that want a fresh proof of the person (``proof=True`` at the door of what they do)."""


indispensable: set[str] = set()
"""Verbs that somebody must hold: without a holder nobody could ever be given one again."""


def register(package: str, **verbs: str) -> None:
    """``register("procurement", see_order="See purchase orders", ...)``, from the package's AppConfig."""
    for name, label in verbs.items():
        registry[name] = Verb(name, label, package)


def keep_whole(*names: str) -> None:
    """Say which verbs count only for who holds them everywhere: what they show cannot be cut into scopes."""
    of_the_house.update(names)


def keep_filled(*names: str) -> None:
    """Say which verbs never lose their last holder."""
    indispensable.update(names)


def want_proof(*names: str) -> None:
    """Say for which verbs a person proves who he is: whoever holds one keeps something to prove it with."""
    proved.update(names)


def label(name: str) -> str:
    return registry[name].label if name in registry else name
