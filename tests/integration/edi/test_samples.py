"""Every sample file of others, where that folder is there: what each is, how many lines, and what is wrong with it."""

import csv
import re

import pytest

from integration.canon.received import Received
from integration.edi.inbound import read
from tests.samples import sample

X12_AND_EDIFACT = 44
X12 = {
    "ediengine_850.Composite.SLN.OK.edi": [("850", 2, "note", "")],
    "ediengine_850.OK.edi": [("850", 6, "note", "")],
    "ediengine_856.Crossdock.OK.edi": [("856", 5, "refuse", "sscc_wrong")],
    "ediengine_940.OK.edi": [("940", 0, "refuse", "kind_unknown")],
    "ediengine_ControlNumbersMismatch.edi": [("940", 0, "refuse", "kind_unknown reference_wrong")],
    "ediengine_WrongGroupsAndTranCount.edi": [("940", 0, "refuse", "count_wrong kind_unknown reference_written")],
    "edinet_x12.850.edi": [("850", 1, "refuse", "reference_wrong")],
    "edinet_x12.850a.edi": [("850", 3, "refuse", "isa_width reference_wrong")],
    "nodex12_850.edi": [("850", 6, "note", "")],
    "nodex12_850_2.edi": [("850", 6, "note", "")],
    "nodex12_850_3.edi": [("850", 1, "hold", "code_unknown line_number_missing")],
    "nodex12_850_fat.edi": [("850", 6, "note", ""), ("850", 6, "note", "")],
    "nodex12_855.edi": [("855", 4, "hold", "dates_impossible header_against_lines")],
    "nodex12_856.edi": [("856", 2, "note", "")],
    "staedi_simple810.edi": [("810", 7, "note", ""), ("810", 2, "hold", "total")],
    "staedi_simple997.edi": [("997", 1, "note", "")],
    "stedi_855_5010.edi": [("855", 2, "note", "")],
    "stupidedi_004010_FA997_pass_1.edi": [("997", 1, "warning", "isa_width")],
    "stupidedi_004010_IN810_pass_1.edi": [("810", 2, "note", "")],
    "stupidedi_004010_PO850_pass_1.edi": [("850", 1, "hold", "isa_width line_number_missing")],
    "stupidedi_004010_PR855_pass_1.edi": [("855", 1, "note", "")],
}
EDIFACT = {
    "ballerina_message.edi": [("ORDERS", 4, "refuse", "interchange_open line_amount message_open")],
    "edifactrs_d01b_invoic_conforming.edi": [("INVOIC", 0, "hold", "envelope_missing lines_missing order_missing")],
    "edifactrs_d01b_orders_conforming.edi": [("ORDERS", 0, "hold", "envelope_missing")],
    "edifactrs_d11a_conforming.edi": [("ORDERS", 1, "hold", "envelope_missing")],
    "edifactrs_d96a_invoic_conforming.edi": [("INVOIC", 0, "hold", "envelope_missing lines_missing order_missing")],
    "edifactrs_d96a_orders_conforming.edi": [("ORDERS", 0, "hold", "envelope_missing")],
    "edifactrs_invoic_conforming.edi": [("INVOIC", 1, "hold", "envelope_missing order_missing")],
    "edifactrs_orders_conforming.edi": [("ORDERS", 1, "hold", "envelope_missing")],
    "edinet_edifact.ORDRSP-formatted.edi": [
        ("ORDRSP", 1, "refuse", "code_missing count_wrong missing reference_wrong")
    ],
    "frends_D96A_INVOIC.txt": [("DESADV", 4, "note", "")],
    "frends_D96A_ORDERS_PurchaseOrder.txt": [("ORDERS", 1, "note", "")],
    "frends_D96A_ORDRSP.txt": [("ORDRSP", 3, "note", "")],
    "frends_D96A_PRICAT.txt": [("PRICAT", 0, "refuse", "kind_unknown")],
    "openedifact_ORDERS_D01B.txt": [("ORDERS", 2, "warning", "dates_impossible")],
    "pydifact_invoice1.edi": [("INVOIC", 1, "note", "")],
    "pydifact_order.edi": [("ORDERS", 2, "hold", "interchange_open")],
    "pydifact_order2.edi": [("ORDERS", 1, "hold", "interchange_open")],
    "pydifact_v3_aperak.edi": [("APERAK", 0, "hold", "code_unknown count_wrong")],
    "pydifact_v3_aperak_rejected.edi": [("APERAK", 0, "hold", "code_unknown count_wrong")],
    "pydifact_v4_aperak.edi": [("APERAK", 0, "hold", "code_unknown count_wrong")],
    "pydifact_v4_aperak_rejected.edi": [("APERAK", 0, "hold", "code_unknown count_wrong")],
    "smooks_INVOIC_D.03B_Interchange_with_UNA.txt": [("INVOIC", 2, "hold", "count_wrong total")],
    "smooks_ORDERS_D.03B_Interchange.txt": [("ORDERS", 4, "note", "")],
}

WRONG = ("reference_wrong", "count_wrong", "message_open", "interchange_open", "envelope_missing", "isa_width", "bom")


def lines_of(received: Received) -> int:
    document = received.document
    if hasattr(document, "every_line"):
        return sum(1 for _line in document.every_line())
    return len(getattr(document, "lines", getattr(document, "messages", ())))


@pytest.mark.parametrize(("folder", "name"), [("x12", name) for name in X12] + [("edifact", name) for name in EDIFACT])
def test_a_sample_is_what_the_table_says(folder, name):
    found = [
        (
            received.kind,
            lines_of(received),
            received.level.word,
            " ".join(sorted({fault.code for fault in received.faults if fault.level})),
        )
        for received in read((sample(folder) / name).read_bytes())
    ]

    assert found == (X12 | EDIFACT)[name]


def test_every_sample_is_in_the_table():
    assert {path.name for path in sample("x12").iterdir()} == set(X12)
    assert {path.name for path in sample("edifact").iterdir()} == set(EDIFACT)


def test_the_faults_of_envelopes_are_those_that_others_counted():
    """envelope_facts.csv was made without this reader."""
    with (sample(".") / "envelope_facts.csv").open() as facts:
        rows = list(csv.DictReader(facts))
    assert len(rows) == X12_AND_EDIFACT
    for row in rows:
        folder = "x12" if row["syntax"].startswith("X12") else "edifact"
        received = read((sample(folder) / row["file"]).read_bytes())
        found = {fault.code for one in received for fault in one.faults} & set(WRONG)
        if "envelope_missing" in found:  # a message alone has neither beginning nor end
            found = found - {"envelope_missing"} | {"interchange_open"}
        assert wanted(row["envelope check"]) - found == set(), row
        assert found - wanted(row["envelope check"]) <= {"bom"}, row


def wanted(said: str) -> set[str]:
    """The codes of one cell: ``GE01=2 actual 1; IEA02=1 ISA13=2; no UNZ``."""
    codes = set()
    for fact in said.split("; "):
        if pair := re.fullmatch(r"IEA02=(\d+) ISA13=(\d+)", fact):
            codes |= {"reference_wrong"} if int(pair[1]) != int(pair[2]) else set()
        elif "!=" in fact:
            codes.add("reference_wrong")
        elif "actual" in fact:
            codes.add("count_wrong")
        else:
            codes |= {NAMES[fact]} if fact != "consistent" else set()
    return codes


NAMES = {
    "message not closed": "message_open",
    "no UNZ": "interchange_open",
    "ISA not fixed width": "isa_width",
    "BOM": "bom",
}
