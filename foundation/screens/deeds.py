"""What can be done with a document, said once by the package that has it, so that others can explain who may and when.

deeds.register("procurement.purchaseorder", Deed("issue_order", _("Issue to the supplier"), "issue"), ...)
"""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise


@dataclass(frozen=True)
class Deed:
    """A button of a page: the verb that it needs, its words, and the move of the lifecycle that it makes."""

    verb: str
    label: str | Promise
    move: str = ""


_deeds: dict[str, tuple[Deed, ...]] = {}


def register(label: str, *deeds: Deed) -> None:
    _deeds[label] = deeds


def deeds_of(model: type[Model]) -> tuple[Deed, ...]:
    return _deeds.get(model._meta.label_lower, ())


def explained() -> list[str]:
    """Labels of the kinds of documents that say their deeds."""
    return sorted(_deeds)
