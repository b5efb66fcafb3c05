"""Guards that answer with a sentence, and the one way to make a move."""

from collections.abc import Callable
from typing import Any

import django_fsm
from django.utils.translation import gettext as _


class Refused(Exception):
    """The rules do not allow this now. ``reasons`` are sentences for a person."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = [str(reason) for reason in reasons]
        super().__init__(" ".join(self.reasons))


Check = Callable[[Any], "str | None"]


def unless(check: Check) -> Callable[[Any], bool]:
    """Turn a check that answers with its objection into a django-fsm condition."""

    def condition(document: Any) -> bool:
        return check(document) is None

    condition.check = check  # type: ignore[attr-defined]
    condition.__name__ = check.__name__
    return condition


def transition(*given: Any, **rule: Any) -> Callable[[Callable[..., None]], Any]:
    """django-fsm's transition, which no template can make: ``{{ order.issue }}`` shows nothing and changes nothing."""
    declare = django_fsm.transition(*given, **rule)

    def declared(body: Callable[..., None]) -> Any:
        verb = declare(body)
        verb.alters_data = True
        return verb

    return declared


def why_not(transition: Any) -> list[str]:
    """Every objection to ``document.verb`` now; empty when the move is possible.

    The same sentences are the disabled button's hint, the API's reasons and the error raised.
    """
    document, meta = transition.__self__, transition._django_fsm
    field = document._meta.get_field(meta.field) if isinstance(meta.field, str) else meta.field
    found = meta.get_transition(field.get_state(document))
    if found is None:
        label = getattr(document, f"get_{field.name}_display")()
        return [_("Not possible while %(state)s.") % {"state": str(label).lower()}]
    return [reason for condition in found.conditions or [] if (reason := condition.check(document))]


def reasons(transition: Any) -> str:
    """The objections as one hint."""
    return " ".join(why_not(transition))


def move(transition: Any, **facts: Any) -> None:
    """Make the move, or raise ``Refused`` with every objection."""
    if objections := why_not(transition):
        raise Refused(*objections)
    transition(**facts)
