"""What one currency was worth in another, on a day."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.lifecycles import Refused
from foundation.values.money import Rate
from organization.currencies.models import ExchangeRate

PLACES = Decimal("0.0000000001")


def rate(source: str, target: str, on: date) -> Rate:
    """The latest rate on or before the day, straight or inverted. Refused when nobody ever said one."""
    return rates([source], target, on)[source]


def rates(sources: Iterable[str], target: str, on: date) -> dict[str, Rate]:
    """Rates of several currencies into one, in one query."""
    wanted = set(sources)
    found = {target: Rate(target, target, Decimal(1), on, "same currency")} if target in wanted else {}
    missing = wanted - {target}
    if missing:
        known = ExchangeRate.objects.filter(on__lte=on, source__in=missing | {target}, target__in=missing | {target})
        for row in known.order_by("on"):
            if row.target == target and row.source in missing:
                found[row.source] = Rate(row.source, target, row.factor, row.on, row.origin)
            elif row.source == target and row.target in missing:
                factor = (1 / row.factor).quantize(PLACES)
                found[row.target] = Rate(row.target, target, factor, row.on, f"{row.origin}, inverted")
    for currency in sorted(wanted - found.keys()):
        said = {"source": currency, "target": target, "on": on.isoformat()}
        raise Refused(_("There is no exchange rate from %(source)s to %(target)s on or before %(on)s.") % said)
    return found
