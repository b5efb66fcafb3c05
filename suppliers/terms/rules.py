"""Which of several agreements counts, field by field. No rows, no clock.

The narrower goes before the wider: a category before a site before an entity, as a named thing is closer to the goods
than the firm that buys them; of two alike the later one. What no agreement says, the supplier's own terms say.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

TEXTS = ("currency", "payment_terms", "incoterm", "account_number", "language")
FIGURES = (
    *("confirms_within_hours", "deemed_accepted_after_days", "lead_time_days"),
    *("quantity_percent", "price_percent", "days_early", "days_late"),
)
FIELDS = TEXTS + FIGURES
USUAL = "usual"


@dataclass(frozen=True)
class Said:
    """One agreement as the resolver reads it; ``path`` is the category's, empty for any."""

    name: str
    entity: int | None
    site: int | None
    path: str
    starts_on: date
    values: dict[str, Any]
    channels: dict[str, str]
    contacts: dict[str, str]


@dataclass(frozen=True)
class Terms:
    """What counts for one place on one day, and by which agreement."""

    currency: str
    payment_terms: str
    incoterm: str
    account_number: str
    language: str
    confirms_within_hours: int
    deemed_accepted_after_days: int | None
    lead_time_days: int
    quantity_percent: Decimal
    price_percent: Decimal
    days_early: int
    days_late: int
    channels: dict[str, str]
    contacts: dict[str, str]
    sources: dict[str, str]
    """Field -> the agreement that says it, or ``USUAL``."""


def resolve(
    usual: dict[str, Any], agreements: Iterable[Said], *, entity: int | None, site: int | None, paths: Sequence[str]
) -> Terms:
    """``usual`` has every field of ``FIELDS``. ``paths`` are the categories of the goods, as ``"1.4."``."""
    values, sources = dict(usual), dict.fromkeys(FIELDS, USUAL)
    channels: dict[str, str] = {}
    contacts: dict[str, str] = {}
    for one in sorted((a for a in agreements if _concerns(a, entity, site, paths)), key=_narrowness):
        for name in FIELDS:
            if (value := one.values.get(name)) not in (None, ""):
                values[name], sources[name] = value, one.name
        channels |= one.channels
        contacts |= one.contacts
    return Terms(**values, channels=channels, contacts=contacts, sources=sources)


def _concerns(one: Said, entity: int | None, site: int | None, paths: Sequence[str]) -> bool:
    """A category counts where all that is bought lies below it: of mixed goods it decides nothing."""
    below = bool(paths) and all(path.startswith(one.path) for path in paths)
    return one.entity in (None, entity) and one.site in (None, site) and (not one.path or below)


def _narrowness(one: Said) -> tuple[int, bool, bool, date]:
    return len(one.path), one.site is not None, one.entity is not None, one.starts_on
