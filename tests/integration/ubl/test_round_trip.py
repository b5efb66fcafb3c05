"""What we write is valid and is what is read; damage is a fault and never an exception."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from integration.ubl.inbound import read
from integration.ubl.outbound import sayable, write
from tests.integration.ubl.documents import KINDS
from tests.integration.ubl.schemas import validate

EXAMPLES = settings(
    max_examples=12,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)
READING = {"unreadable", "element_unknown", "said_twice", "missing", "code_unknown", "currency_mixed"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_comes_back_as_it_was_written(kind):
    @EXAMPLES
    @given(KINDS[kind])
    def holds(document):
        raw = write(document)
        received = read(raw)

        assert received.document == sayable(document)
        assert sayable(received.document) == received.document
        assert {fault.code for fault in received.faults} & READING == set(), received.faults
        validate(raw)

    holds()
