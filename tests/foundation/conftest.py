import pytest

from foundation.journal.events import subscribers
from tests.foundation.documents import Renamed


@pytest.fixture
def listen(monkeypatch):
    """Subscribe functions to renames for the length of a test: ``listen(erp, wms)``."""

    def subscribe(*functions, **named):
        monkeypatch.setitem(subscribers, Renamed.name, {f.__name__: f for f in functions} | named)

    return subscribe
