import pytest

from foundation.subjects import registry
from tests.governance.scene import Company, RequisitionSubject


@pytest.fixture
def handler(monkeypatch):
    made = RequisitionSubject()
    monkeypatch.setitem(registry._handlers, "procurement.requisition", made)
    return made


@pytest.fixture
def company(db, handler):
    return Company()
