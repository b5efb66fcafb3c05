"""In the processes that tests start, every rename is told to the receiver."""

import os
from typing import Any

from django.conf import settings

from foundation.journal import leases
from foundation.journal.carrying import Carrier
from foundation.journal.events import subscribers
from foundation.journal.leases import Claim, Result
from tests.foundation.documents import Renamed
from tests.foundation.journal.receiver import tell

NAME = "tests.receiver"


def told(event: Renamed, *, key: str) -> None:
    tell(settings.RECEIVER, event.subject, event.title, key=key)


def finish_before_calling() -> None:
    """The twin: the result is written before the subscriber is called."""
    call = Carrier.call

    def finish_first(self: Carrier, claim: Claim, entry: Any, since: float) -> Result:
        leases.finish([Result(claim.pk, claim.token, "done")])
        return call(self, claim, entry, since)

    Carrier.call = finish_first  # type: ignore[method-assign]


if getattr(settings, "RECEIVER", 0):
    subscribers[Renamed.name] = {NAME: told}
if os.environ.get("TWIN") == "finish_first":
    finish_before_calling()
