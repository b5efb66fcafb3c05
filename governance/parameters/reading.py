"""Values as they are read, thousands of times a minute and without a query.

Every process keeps what was agreed and looks again every few seconds. That is exact, not nearly so: a value begins
``LEAD`` after it was agreed at the earliest, so whoever looked within that time knows everything that is in force, and
two processes never differ about an instant.
"""

import time
from collections import defaultdict
from datetime import datetime, timedelta

from governance.parameters import rules
from governance.parameters.lifecycle import AGREED
from governance.parameters.models import ParameterValue
from governance.parameters.rules import Effective, Level, Place, Said, Standard
from organization.sites.models import Site

LEAD = timedelta(minutes=1)
"""From the decision to the earliest begin: longer than a turn may last and than ``KEPT`` together."""
KEPT = 15.0
"""Seconds between two looks, by the clock that never jumps."""

_kept: tuple[float, dict[str, list[Said]]] | None = None
_entities: dict[int, int] = {}


def effective(
    name: str, standard: Standard, *, entity: int | None = None, site: int | None = None, at: datetime
) -> Effective:
    """The value of a parameter at a place at an instant. A site's entity need not be said."""
    said = agreed().get(name, [])
    if site and not entity and any(one.place.level == Level.ENTITY for one in said):
        entity = entity_of(site)
    return rules.effective(standard, said, Place(entity, site), at)


def agreed() -> dict[str, list[Said]]:
    """Everything that was ever agreed, by parameter."""
    if _kept is None or time.monotonic() - _kept[0] > KEPT:
        began = time.monotonic()
        keep(read(), since=began)
    assert _kept is not None
    return _kept[1]


def read(*names: str) -> dict[str, list[Said]]:
    """As it stands in the table, for all parameters or these. One query."""
    rows = ParameterValue.objects.filter(status__in=AGREED, decided_at__isnull=False)
    found: dict[str, list[Said]] = defaultdict(list)
    for row in rows.filter(parameter__in=names) if names else rows:
        found[row.parameter].append(said(row))
    return found


def keep(found: dict[str, list[Said]], *, since: float | None = None) -> None:
    """Read from this until it is ``KEPT`` old."""
    global _kept
    _kept = time.monotonic() if since is None else since, found


def said(row: ParameterValue) -> Said:
    assert row.decided_at is not None
    assert row.starts_at is not None
    return Said(
        row.pk, row.place, row.value, row.low, row.high, row.is_locked, row.starts_at, row.ends_at, row.decided_at
    )


def entity_of(site: int) -> int:
    """A site never changes its entity, so it is asked once a process."""
    if site not in _entities:
        _entities[site] = Site.objects.values_list("entity_id", flat=True).get(pk=site)
    return _entities[site]


def forget() -> None:
    """Look again at the next question."""
    global _kept
    _kept = None
