"""From an address to a row: what is out of scope does not exist."""

from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models
from django.http import Http404

M = TypeVar("M", bound=models.Model)

WIDEST = 2**63 - 1


def find(queryset: "models.QuerySet[M]", **by: object) -> M:
    """``find(PurchaseOrder.objects.visible_to(request.actor), number=number)``: the row, or a 404.

    The same 404 for a row that is missing, out of scope or asked for by an impossible key.
    """
    if not all(possible(value) for value in by.values()):
        raise Http404
    try:
        return queryset.get(**by)
    except (ObjectDoesNotExist, ValidationError, ValueError):
        raise Http404 from None


def possible(value: object) -> bool:
    if isinstance(value, int):
        return abs(value) <= WIDEST
    return not isinstance(value, str) or ("\x00" not in value and len(value) <= 400)
