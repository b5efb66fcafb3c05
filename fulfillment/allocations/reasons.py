"""Why not my order: the allocator's reasons as sentences that name orders instead of rows."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from foundation.values.exact import plain
from foundation.values.reason import Reason
from fulfillment.demand.models import DemandLine


def sentence(reason: Reason, lines: Mapping[int, DemandLine]) -> str:
    """For people who wait. ``lines`` are those that the allocator looked at."""
    facts = {name: plain(value) if isinstance(value, Decimal) else value for name, value in reason.facts.items()}
    nearest = lines.get(facts.get("nearest"))  # type: ignore[arg-type]
    facts["nearest"] = nearest.order.number if nearest else "?"
    blocking = lines.get(facts.get("line"))  # type: ignore[arg-type]
    facts["item"] = blocking.item.sku if blocking else "?"
    match reason.code:
        case "outranked_by_priority":
            text = _("%(missing)s of %(wanted)s missing: %(nearest)s has the higher priority.")
        case "outranked_by_promise":
            text = _("%(missing)s of %(wanted)s missing: %(nearest)s was promised earlier.")
        case "outranked_by_age":
            text = _("%(missing)s of %(wanted)s missing: %(nearest)s was ordered first.")
        case "order_incomplete":
            text = _("The customer wants it in one delivery, and %(short)s of %(item)s are missing.")
        case "held":
            text = _("%(missing)s of %(wanted)s missing: %(held)s of %(supply)s are on shipments already.")
        case "not_in_part":
            text = _("Only %(found)s of %(wanted)s are free, and the line ships in one piece.")
        case _:
            text = _("%(missing)s of %(wanted)s missing: %(supply)s could be handed out here.")
    return text % facts
