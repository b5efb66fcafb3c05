"""A row's values as a form begins with them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Model

from foundation.values.exact import typed


def values_of(row: Model, names: Iterable[str]) -> dict[str, Any]:
    """Figures without the zeros that only the database writes."""
    found = {name: getattr(row, name) for name in names}
    return {name: typed(value) if isinstance(value, Decimal) else value for name, value in found.items()}
