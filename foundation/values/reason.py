"""Why, said twice: a code for machines and a sentence for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from foundation.values.exact import plain


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence that stays a template with its facts until somebody reads it.

    So it can be translated where the reader is known, and a million decisions do not pay for texts nobody opens.
    """

    code: str
    template: str
    facts: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        return self.template.format(**{name: _written(fact) for name, fact in self.facts.items()})

    def __str__(self) -> str:
        return self.sentence


class Reasoned(ValueError):
    """An error that carries its reason, so that a form, a page and an API can each say it their way."""

    def __init__(self, code: str, template: str, /, **facts: object) -> None:
        super().__init__(code, template)  # what unpickling passes; the facts come back with the reason
        self.reason = because(code, template, **facts)

    def __str__(self) -> str:
        return self.reason.sentence


class BadValue(Reasoned):
    """What was given cannot be such a value; the sentence says what to give instead."""


def because(code: str, template: str, /, **facts: object) -> Reason:
    return Reason(code, template, facts)


def _written(fact: object) -> str:
    return plain(fact) if isinstance(fact, Decimal) else str(fact)
