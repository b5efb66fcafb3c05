"""UBL and cXML of others, booked in earnest like X12 and EDIFACT: their orders and partners are made known first."""

import pytest

from foundation.journal.relay import drain
from integration.inbox import actions as inbox
from integration.inbox.reading import read
from suppliers.submissions.models import Submission
from tests.integration.inbox.test_samples import OURS, prepare
from tests.samples import sample
from tests.scene import NOW, SETUP, Scene, fresh, key

OUTCOMES: dict[str, dict[str, str]] = {
    "ubl": {
        "BII04_XML_example_full_core_data_01-2.xml": "Invoice hold held line_amount payable prepaid total",
        "BII04_XML_example_full_core_data_01.xml": "CreditNote hold held credit_of_nothing item_differs payable prepaid total",
        "BII04_minimal_VAT_invoice_example_01.xml": "Invoice hold held line_amount missing order_missing payable sender_unknown total",
        "BII04_minimal_invoice_example_02.xml": "Invoice hold held line_amount missing order_missing sender_unknown",
        "CENBII-RejectOrder-minimal.xml": "OrderResponseSimple note held sender_unknown",
        "UBL-CreditNote-2.0-Example.xml": "CreditNote hold held net_total order_missing payable sender_unknown",
        "UBL-CreditNote-2.1-Example.xml": "CreditNote hold held control_reused credit_of_nothing item_differs payable prepaid total",
        "UBL-DespatchAdvice-2.0-Example.xml": "DespatchAdvice note held sender_unknown",
        "UBL-OrderResponse-2.1-Example.xml": "OrderResponse hold held code_missing code_unknown missing",
        "UBL-OrderResponseSimple-2.1-Example.xml": "OrderResponseSimple note applied",
    },
    "cxml": {"ShipNoticeRequest.xml": "ShipNoticeRequest hold held lines_missing whole_order"},
}
"""File -> its kind, what the reader found, what became of it."""


@pytest.mark.parametrize("syntax", OUTCOMES)
def test_every_sample_twice(scene: Scene, syntax: str) -> None:
    seen: dict[str, str] = {}
    for path in sorted(path for path in sample(syntax).rglob("*") if path.suffix in (".xml", ".txt")):
        raw = path.read_bytes()
        (one,) = read(raw, on=NOW.date())
        if not isinstance(one.document, OURS):
            continue
        prepare(scene, one.document, one.sender)
        made = []
        for _ in range(2):
            (message,) = inbox.receive(raw, channel="edi", by=SETUP, at=NOW, key=key())
            drain()
            made.append((message, Submission._base_manager.count()))
        (first, once), (second, twice) = made
        assert (second.status, once) == ("duplicate", twice), path
        stops = [fault["code"] for fault in fresh(first).faults if fault["level"] in ("hold", "refuse")]
        seen[path.name] = f"{one.kind} {one.level.word} {fresh(first).status} {' '.join(sorted(set(stops)))}".strip()
    assert seen == OUTCOMES[syntax]
