"""What we write is what is read."""

from datetime import UTC, datetime

import pytest
from hypothesis import given

from integration.canon.parts import Identifier
from integration.cxml.header import Credentials, Envelope
from integration.cxml.inbound import read
from integration.cxml.outbound import sayable, write
from tests.integration.cxml.documents import KINDS
from tests.integration.ubl.test_round_trip import EXAMPLES, READING

US, THEM = Identifier(scheme="DUNS", value="871234500"), Identifier(scheme="NetworkId", value="AN00000456")
ENVELOPE = Envelope(
    credentials=Credentials(sender=(US,), origin=(US,), target=(THEM,), agent="Countersign"),
    payload_id="1@countersign",
    sent_at=datetime(2026, 3, 2, 8, 15, tzinfo=UTC),
    secret="correct horse",
    is_test=True,
    refers_to="0@countersign",
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_comes_back_as_it_was_written(kind):
    @EXAMPLES
    @given(KINDS[kind])
    def holds(document):
        received = read(write(document, ENVELOPE))

        assert received.document == sayable(document)
        assert sayable(received.document) == received.document
        assert {fault.code for fault in received.faults} & READING == set(), received.faults
        assert (received.sender, received.receiver) == ("DUNS:871234500", "NetworkId:AN00000456")
        assert (received.control, received.is_test, received.version) == ("1@countersign", True, "1.2.050")
        assert received.credentials == ENVELOPE.credentials

    holds()
