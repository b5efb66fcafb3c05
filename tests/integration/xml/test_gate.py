"""Nothing gets through the gate that fetches, grows, or is no XML; and the gate never raises."""

import pytest
from lxml import etree

from integration.canon.faults import Level
from integration.xml import gate
from integration.xml.gate import opened, path

BOMB = b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>'
REFUSED = {
    "entity bomb": (BOMB, "dtd_refused"),
    "entity bomb in an attribute": (BOMB.replace(b"<r>&b;</r>", b'<r x="&b;"/>'), "dtd_refused"),
    "external entity": (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>', "dtd_refused"),
    "parameter entity": (b'<!DOCTYPE r [<!ENTITY % p SYSTEM "http://x.example/p">%p;]><r/>', "dtd_refused"),
    "subset behind an external identifier": (b'<!DOCTYPE r SYSTEM "a.dtd" [<!ENTITY a "b">]><r/>', "dtd_refused"),
    "subset behind a comment": (b"<!-- <r> -->" + BOMB, "dtd_refused"),
    "subset behind one blank": (b" " + BOMB, "dtd_refused"),
    "subset behind two blanks": (b"\n\n" + BOMB.replace(b"<r>&b;</r>", b'<r x="&b;"/>'), "dtd_refused"),
    "subset behind an instruction": (b"<?p ?>" + BOMB, "dtd_refused"),
    "subset behind two byte order marks": (b"\xef\xbb\xbf" * 2 + BOMB, "dtd_refused"),
    "subset behind a comment that seems to end": (b"<!--><!-- -->" + BOMB, "dtd_refused"),
    "two document types": (b'<!DOCTYPE r SYSTEM "a"><!DOCTYPE r SYSTEM "b"><r/>', "dtd_refused"),
    "bomb in UTF-16": (BOMB.decode().encode("utf-16"), "dtd_refused"),
    "bomb in UTF-16 without a mark": (BOMB.decode().encode("utf-16-le"), "dtd_refused"),
    "unknown entity": (b'<!DOCTYPE r SYSTEM "http://x.example/r.dtd"><r>&passwd;</r>', "entity_refused"),
    "undeclared entity": (b"<r>&passwd;</r>", "not_well_formed"),
    "empty": (b" \n", "empty"),
    "no XML": (b"UNB+UNOC:3'", "not_well_formed"),
    "truncated": (b"<r><a>1</a>", "not_well_formed"),
    "two roots": (b"<r/><r/>", "not_well_formed"),
    "zero byte": (b"<r>\0</r>", "not_well_formed"),
    "unbound prefix": (b"<x:r/>", "not_well_formed"),
    "not the encoding that it declares": (b'<?xml version="1.0" encoding="UTF-8"?><r>\xe9</r>', "encoding_wrong"),
    "an encoding nobody needs": (b'<?xml version="1.0" encoding="UTF-7"?><r/>', "encoding_unknown"),
    "half a sign of UTF-16": ("<r/>".encode("utf-16") + b"\0", "encoding_wrong"),
    "deep": (b"<a>" * 65 + b"</a>" * 65, "too_deep"),
    "very deep": (b"<a>" * 100_000, "not_well_formed"),
    "many elements": (b"<r>" + b"<a/>" * gate.MOST_NODES + b"</r>", "too_many_nodes"),
    "large": (b"<r>" + b" " * gate.MOST_BYTES + b"</r>", "too_large"),
    "a comment without end": (b"<!--", "not_well_formed"),
    "an instruction without end": (b"<?xml", "not_well_formed"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(name):
    raw, code = REFUSED[name]
    found = opened(raw)

    assert found.root is None
    assert [(fault.code, fault.level) for fault in found.faults] == [(code, Level.REFUSE)]
    assert found.faults[0].sentence


def test_without_the_gate_the_same_bytes_grow():
    assert etree.fromstring(BOMB).text == "hahaha"
    assert etree.fromstring(BOMB.replace(b"<r>&b;</r>", b'<r x="&b;"/>')).get("x") == "hahaha"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<r>é</r>".encode(), "é"),
        (b"\xef\xbb\xbf<r>a</r>", "a"),
        ("<r>é</r>".encode("utf-16"), "é"),
        ('<?xml version="1.0" encoding="UTF-16"?><r>é</r>'.encode("utf-16-be"), "é"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><r>\xe9</r>', "é"),
        (b"<?xml version='1.0' encoding='windows-1252'?>\n<r>\x80</r>", "€"),
        (b'<!-- <!DOCTYPE r [ --><?p ?><!DOCTYPE r SYSTEM "http://127.0.0.1:9/r.dtd"><r>a</r>', "a"),
        (b"<!DOCTYPE r PUBLIC \"-//x//y\" 'r.dtd'><r>a</r>", "a"),
        (b"<r><![CDATA[<!DOCTYPE]]></r>", "<!DOCTYPE"),
        (b"<a>" * 64 + b"</a>" * 64, None),
    ],
)
def test_what_is_let_in(raw, text):
    found = opened(raw)

    assert found.faults == ()
    assert found.root.text == text


def test_declared_entities_are_found_by_the_parser_too(monkeypatch):
    """The second guard, with the first one off."""
    monkeypatch.setattr(gate, "_doctype", lambda text: "")

    assert opened(BOMB).faults[0].code == "dtd_refused"


def test_the_place_is_named_in_lines():
    assert opened(b"<?xml version='1.0'?>\n\n<r>\n<a></b></r>").faults[0].where == "line 4, column 8"


def test_a_path_counts_where_there_are_several():
    root = opened(b'<r xmlns:c="urn:c"><c:a/><c:a><b x="1"/></c:a></r>').root

    assert path(root[1][0], "x") == "/r/a[2]/b/@x"
