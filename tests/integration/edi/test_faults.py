"""Each way a file can be wrong has its name, its level and its place. One file each, under fixtures/faults."""

from pathlib import Path

import pytest

from integration.canon.faults import Level
from integration.edi.inbound import read

FOLDER = Path(__file__).parent / "fixtures" / "faults"
NOTE, WARNING, HOLD, REFUSE = Level
FOUND = {
    "bom": (NOTE, [("bom", "")]),
    "charset": (NOTE, [("charset", "")]),
    "charset_unoa": (NOTE, [("charset", "")]),
    "undecodable": (HOLD, [("undecodable", "")]),
    "terminator_missing": (WARNING, [("terminator_missing", "")]),
    "junk": (WARNING, [("junk", "")]),
    "not_edi": (REFUSE, [("not_edi", "")]),
    "nothing_there": (REFUSE, [("nothing_there", "")]),
    "isa_width": (WARNING, [("isa_width", "ISA, segment 1")]),
    "envelope_missing": (HOLD, [("envelope_missing", "UNH, segment 1")]),
    "group_kind": (WARNING, [("group_kind", "GS-01, segment 2")]),
    "control_twice": (HOLD, [("control_twice", "ST-02, segment 28")]),
    "segment_outside": (HOLD, [("segment_outside", "N1, segment 28")]),
    "trailer_alone": (HOLD, [("trailer_alone", "SE, segment 28")]),
    "count_wrong": (HOLD, [("count_wrong", "SE-01, segment 25"), ("line_count", "lines")]),
    "count_wrong_group": (HOLD, [("count_wrong", "GE-01, segment 28")]),
    "reference_wrong": (REFUSE, [("reference_wrong", "IEA-02, segment 29")]),
    "reference_wrong_message": (REFUSE, [("reference_wrong", "UNT-02, segment 38")]),
    "reference_written": (WARNING, [("reference_written", "IEA-02, segment 29")]),
    "message_open": (REFUSE, [("message_open", "ST, segment 3")]),
    "group_open": (HOLD, [("group_open", "GS, segment 2")]),
    "interchange_open": (HOLD, [("interchange_open", "ISA, segment 1")]),
    "interchange_open_unz": (HOLD, [("interchange_open", "UNB, segment 1")]),
    "kind_unknown": (REFUSE, [("kind_unknown", "ST-01, segment 3")]),
    "segment_unknown": (NOTE, [("segment_unknown", "ZZ1, segment 11")]),
    "number_unknown": (NOTE, [("number_unknown", "PO1-06, segment 17")]),
    "code_unknown": (HOLD, [("code_unknown", "ACK-01, segment 12"), ("code_missing", "lines[1].code")]),
    "code_unknown_header": (HOLD, [("code_unknown", "BAK-02, segment 4")]),
    "code_unknown_unit": (HOLD, [("code_unknown", "PO1-03, segment 17")]),
    "unit_differs": (HOLD, [("unit_differs", "ACK, segment 15")]),
    "unreadable": (HOLD, [("unreadable", "PO1-04, segment 17")]),
    "unreadable_day": (HOLD, [("unreadable", "ACK-05, segment 16")]),
    "missing": (HOLD, [("missing", "IT1, segment 14"), ("lines_total", "line_total"), ("total", "amount")]),
    "line_count": (HOLD, [("line_count", "lines")]),
    "line_number_twice": (HOLD, [("line_number_twice", "lines[1]")]),
    "code_against_figures": (HOLD, [("code_against_figures", "lines[1].code")]),
    "order_missing": (REFUSE, [("order_missing", "order")]),
    "line_amount": (
        HOLD,
        [
            ("line_amount", "lines[2].amount"),
            ("lines_total", "line_total"),
            ("net_total", "net_amount"),
            ("total", "amount"),
        ],
    ),
}


@pytest.mark.parametrize("name", sorted(FOUND))
def test_a_fault_has_its_name_level_and_place(name):
    level, faults = FOUND[name]

    received = read((FOLDER / f"{name}.edi").read_bytes())[-1]

    assert [(fault.code, fault.where) for fault in received.faults] == faults
    assert received.level == level
    assert all(fault.sentence.endswith(".") for fault in received.faults)


def test_every_file_is_in_the_table():
    assert {path.stem for path in FOLDER.iterdir()} == set(FOUND)


def test_an_unknown_code_is_named():
    (received,) = read((FOLDER / "code_unknown.edi").read_bytes())

    assert "“QQ”" in received.faults[0].sentence
    assert received.document.lines[0].code == ""


def test_what_was_refused_is_read_nevertheless_so_that_a_person_can_look():
    (received,) = read((FOLDER / "message_open.edi").read_bytes())

    assert len(received.document.lines) == 6
