"""Events: what happened, in the past tense, as plain values complete enough that nobody must come back and ask."""

import dataclasses
from collections import defaultdict
from collections.abc import Callable
from typing import Any, ClassVar


@dataclasses.dataclass(frozen=True, kw_only=True)
class Event:
    """A fact about one document. The class is registered under its path, which is never renamed."""

    subject: str
    name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        cls.name = f"{cls.__module__}.{cls.__qualname__}"
        events[cls.name] = cls

    @property
    def document_id(self) -> int:
        return int(self.subject.partition(":")[2])

    def as_dict(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}


events: dict[str, type[Event]] = {}
Subscriber = Callable[..., None]
subscribers: dict[str, dict[str, Subscriber]] = defaultdict(dict)


def subscribe(*kinds: type[Event]) -> Callable[[Subscriber], Subscriber]:
    """Listen from above: ``@subscribe(OrderIssued) def tell_erp(event, *, key): ...``.

    Called after commit, at least once, in order within one document. ``key`` is the delivery's own and the same at
    every attempt. A subscriber makes one action call and is idempotent.
    """

    def keep(function: Subscriber) -> Subscriber:
        for kind in kinds:
            subscribers[kind.name][f"{function.__module__}.{function.__name__}"] = function
        return function

    return keep


class NeedsHelp(Exception):
    """Raised by a subscriber whose receiver said no for good: parked at once, with these words, for a person."""


def rebuild(name: str, facts: dict[str, Any]) -> Event:
    """The event of an entry. Facts that a later release added are absent, facts it dropped are ignored."""
    kind = events[name]
    known = {field.name for field in dataclasses.fields(kind)}
    return kind(**{key: value for key, value in facts.items() if key in known})
