"""What went off plan at the small distributor, for tests of screens."""

from typing import Any

from foundation.journal.relay import drain
from governance.cases.models import Case
from tests.receiving import steps
from tests.scene import Scene, ordered

BECAUSE = "a test looks at everything"


def case_of(kind: str) -> Any:
    return Case.objects.everywhere(because=BECAUSE).select_related("owner").filter(kind=kind).latest("pk")


def damaged(scene: Scene) -> Any:
    """90 good, 10 broken of 100: the case of the broken ones, owned by the supervisor."""
    steps.received(scene, ordered(scene), 90, damaged=10)
    drain()
    return case_of("receipt_damaged")


def short(scene: Scene) -> Any:
    """90 of 100 came, and somebody owns that."""
    steps.received(scene, ordered(scene), 90)
    drain()
    return case_of("receipt_short")
