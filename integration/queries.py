"""Whether the house runs degraded: what a banner on every page must know."""

from dataclasses import dataclass
from datetime import datetime

from integration.deliveries.queries import flow_lines


@dataclass(frozen=True)
class Degraded:
    """A flow out of the house that is behind, in words."""

    label: str
    words: str
    since: datetime | None


def degraded() -> list[Degraded]:
    """Flows to other systems that are behind or need help. Two queries: keep the answer for some seconds."""
    late = [flow for flow in flow_lines() if flow.leaves_the_house and (flow.parked or flow.is_late)]
    return [Degraded(flow.label, flow.words, flow.oldest) for flow in late]
