"""What every kind of case must be so that its cases can be shown."""

import pytest

from foundation.screens import shown
from governance.cases.kinds import KINDS, Kind


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_has_a_badge(kind: Kind) -> None:
    assert str(kind.label) in shown.badge(kind.tone, kind.label)


def test_a_tone_that_is_none_does_not_start() -> None:
    with pytest.raises(ValueError, match="no tone"):
        Kind("Broken", "Buyer", 4, tone="note")
