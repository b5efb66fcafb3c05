"""The verbs that can be granted: each package says its own, and one step after migrate makes them permissions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """A thing that somebody may be allowed to do: ``issue_order``, "Issue purchase orders"."""

    name: str
    label: str
    package: str


registry: dict[str, Verb] = {}


def register(package: str, **verbs: str) -> None:
    """``register("procurement", see_order="See purchase orders", ...)``, from the package's AppConfig."""
    for name, label in verbs.items():
        registry[name] = Verb(name, label, package)


def label(name: str) -> str:
    return registry[name].label if name in registry else name
