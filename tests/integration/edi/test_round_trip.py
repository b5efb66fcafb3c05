"""What we write is what is read, whatever the document says; damage is a fault and never an exception."""

from datetime import datetime

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from integration.edi.inbound import read
from integration.edi.outbound import Envelope, write
from integration.edi.signs import EDIFACT, X12
from tests.integration.edi import documents

KINDS = [
    (X12, "004010", "850", documents.orders),
    (X12, "005010", "860", documents.changes),
    (X12, "004010", "860", documents.cancellations),
    (X12, "004010", "855", documents.responses),
    (X12, "004060", "865", lambda syntax: documents.responses(syntax, change=True)),
    (X12, "004010", "856", documents.notices),
    (X12, "004010", "810", documents.invoices),
    (X12, "005010", "810", documents.credits),
    (X12, "004010", "997", documents.x12_acknowledgements),
    (X12, "005010", "999", documents.x12_acknowledgements),
    (EDIFACT, "D96A", "ORDERS", documents.orders),
    (EDIFACT, "D01B", "ORDERS", documents.orders),
    (EDIFACT, "D96A", "ORDCHG", documents.changes),
    (EDIFACT, "D01B", "ORDCHG", documents.cancellations),
    (EDIFACT, "D96A", "ORDRSP", lambda syntax: documents.responses(syntax, change=True)),
    (EDIFACT, "D10A", "ORDRSP", documents.responses),
    (EDIFACT, "D96A", "DESADV", documents.notices),
    (EDIFACT, "D01B", "INVOIC", documents.invoices),
    (EDIFACT, "D96A", "INVOIC", documents.credits),
    (EDIFACT, "D01B", "RECADV", documents.receipt_advices),
    (EDIFACT, "D03B", "CONTRL", documents.contrls),
    (EDIFACT, "D96A", "APERAK", documents.aperaks),
]
EXAMPLES = settings(
    max_examples=20,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[Phase.generate],
)


def envelope(syntax, version, kind):
    return Envelope(
        syntax=syntax,
        version=version,
        kind=kind,
        sender="14:8712345000004",
        receiver="14:4012345500004",
        control=17,
        sent_at=datetime(2026, 3, 2, 8, 15),
        charset="UNOC",
        is_test=True,
    )


@pytest.mark.parametrize(("syntax", "version", "kind", "strategy"), KINDS, ids=lambda value: str(value)[:12])
def test_a_document_comes_back_as_it_was_written(syntax, version, kind, strategy):
    @EXAMPLES
    @given(strategy(syntax))
    def holds(document):
        (received,) = read(write([document], envelope(syntax, version, kind)))

        assert received.document == document
        assert (received.kind, received.version, received.is_test) == (kind, version, True)
        assert (received.sender, received.interchange.lstrip("0")) == ("14:8712345000004", "17")
        ours = {"unreadable", "segment_unknown", "count_wrong", "line_count", "missing", "reference_wrong"}
        assert {fault.code for fault in received.faults} & ours == set()

    holds()
