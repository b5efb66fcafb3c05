"""Parameters in words."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.parameters.models import ParameterValue
from governance.parameters.registry import PARAMETERS, Parameter
from governance.parameters.rules import Effective, Level, Place

LEVELS = {
    Level.HOUSE: gettext_lazy("the whole house"),
    Level.ENTITY: gettext_lazy("an entity"),
    Level.SITE: gettext_lazy("a site"),
}

DAYS = gettext_lazy("days")


def amount(parameter: Parameter, value: Decimal | None) -> str:
    """The figure with its unit: ``5 %``, ``730 days``."""
    if value is None:
        return "–"
    shown = round(value, parameter.places)
    if parameter.unit == DAYS and abs(shown) == 1:
        return _("%(number)s day") % {"number": f"{shown:f}"}
    return f"{shown:f} {parameter.unit}".strip()


def figure(row: ParameterValue) -> str:
    return amount(PARAMETERS[row.parameter], row.value) if row.parameter in PARAMETERS else f"{row.value.normalize():f}"


def title(row: ParameterValue) -> str:
    return str(PARAMETERS.get(row.parameter, row.parameter))


def standard(row: ParameterValue) -> str:
    """The house's own value now, beside an override."""
    known = PARAMETERS.get(row.parameter)
    return amount(known, known.value(at=now())) if known else "–"


def deviation(row: ParameterValue) -> str:
    """How far a value lies from the house's own now, with its sign."""
    known = PARAMETERS.get(row.parameter)
    if known is None or row.entity_id is None:
        return "–"
    by = row.value - known.value(at=now())
    return f"{'+' if by > 0 else ''}{amount(known, by)}"


class Choices(Sequence[tuple[str, Any]]):
    """The parameters as choices; upper floors declare theirs after the list is."""

    def __getitem__(self, place: Any) -> Any:
        return [(name, one.words) for name, one in PARAMETERS.items()][place]

    def __len__(self) -> int:
        return len(PARAMETERS)


def standing(here: Effective, place: Place) -> tuple[str, str]:
    """Tone and words of where a value comes from."""
    if here.locked_by:
        return "hold", _("locked above")
    if here.level is None:
        return "neutral", _("as delivered")
    if here.level == place.level:
        if place.level == Level.HOUSE:
            return "ok", _("standard, locked") if here.source and here.source.is_locked else _("standard")
        return "warn", _("overridden here")
    return "neutral", _("inherited from %(level)s") % {
        "level": _("the entity") if here.level == Level.ENTITY else _("the house")
    }
