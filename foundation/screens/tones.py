"""What a state looks like: shape, word and color, one of seven tones.

Each package says the tones of its states in its ``tones.py``, beside them:

    tones.register(OrderState, {OrderState.DRAFT: tones.NEUTRAL, OrderState.ISSUED: tones.INFO, ...})
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.db import models
from django_fsm import FSMField

NEUTRAL: Final = "neutral"  # draft, closed, cancelled
INFO: Final = "info"  # sent, in transit, running
WAIT: Final = "wait"  # waits for a person
OK: Final = "ok"  # done, matched, posted
WARN: Final = "warn"  # outside tolerance, late soon
BAD: Final = "bad"  # stopped, failed, overdue
HOLD: Final = "hold"  # quality or payment hold

SHAPES: Final = {
    NEUTRAL: "circle",
    INFO: "arrow",
    WAIT: "clock",
    OK: "tick",
    WARN: "triangle",
    BAD: "octagon",
    HOLD: "pause",
}
"""Every tone has its own shape, so that nothing is said by color alone."""

TONES: dict[type[models.TextChoices], dict[str, str]] = {}
_by_values: dict[tuple[str, ...], dict[str, str]] = {}


@dataclass(frozen=True)
class Shown:
    """A state as it is shown."""

    tone: str
    label: str

    @property
    def shape(self) -> str:
        return SHAPES[self.tone]


def register(states: type[models.TextChoices], tones: Mapping[Any, str]) -> None:
    """Say the tone of each state. Two enumerations with the same values may not differ: a row only has the value."""
    table = {str(state): tone for state, tone in tones.items()}
    if foreign := set(table.values()) - SHAPES.keys():
        raise ValueError(f"{states.__name__}: {foreign} are no tones.")
    values = tuple(states.values)
    if _by_values.get(values, table) != table:
        raise ValueError(f"{states.__name__} has the values of another enumeration, but other tones.")
    TONES[states] = _by_values[values] = table


def of(document: models.Model, name: str = "status") -> Shown:
    """How a field with choices of a row is shown."""
    field: Any = document._meta.get_field(name)
    value = str(getattr(document, name))
    table = _by_values.get(tuple(str(v) for v, _ in field.choices or []), {})
    return Shown(table.get(value, NEUTRAL), str(getattr(document, f"get_{name}_display")()))


def of_value(value: models.TextChoices) -> Shown:
    """How a member of an enumeration is shown."""
    return Shown(TONES.get(type(value), {}).get(str(value), NEUTRAL), str(value.label))


def missing() -> list[str]:
    """States of lifecycles that have no tone, as ``procurement.PurchaseOrder.status: draft, issued``."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FSMField):
                values = tuple(str(value) for value, _ in field.choices or [])
                if without := [value for value in values if value not in _by_values.get(values, {})]:
                    found.append(f"{model._meta.label}.{field.name}: {', '.join(without)}")
    return found
