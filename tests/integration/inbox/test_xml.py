"""UBL and cXML come in by the same door; a shared secret is written nowhere."""

from dataclasses import replace

import pytest

from foundation.files import actions as files
from integration.canon.parts import Identifier, Party
from integration.cxml import outbound as cxml
from integration.cxml.header import Credentials
from integration.inbox.reading import keepable
from integration.partners import actions as partners
from integration.ubl import outbound as ubl
from suppliers.submissions.models import Submission
from tests.integration.inbox.letters import arrives, response
from tests.scene import NOW, SETUP, Scene, key

THEM, US = "0088:4012345500004", "0088:8712345000004"


@pytest.fixture
def order(scene: Scene, order):
    how = {"by": SETUP, "at": NOW}
    partners.agree(supplier=scene.supplier, address=THEM, own_address=US, syntax="UBL", key=key(), **how)
    partners.agree(supplier=scene.supplier, address="duns:942888711", own_address="", syntax="cXML", key=key(), **how)
    return order


def test_a_ubl_answer_is_booked_once(order):
    parties = (
        Party(role="supplier", id="4012345500004", id_scheme="gln"),
        Party(role="buyer", id="8712345000004", id_scheme="gln"),
    )
    said = replace(response(order, code="accepted"), number="AB-77", issued_on=NOW.date(), parties=parties)

    first, again = arrives(ubl.write(said)), arrives(ubl.write(said).replace(b"?>", b"?> ", 1))

    assert (first.syntax, first.sender, first.status, again.status) == ("UBL", THEM, "applied", "duplicate"), (
        first.faults
    )
    assert first.outcomes.get().submission.body["lines"] == [{"line": 1}]
    assert Submission._base_manager.count() == 1


def cxml_answer(order, secret: str, payload: str = "1@nordfast.example") -> bytes:
    return cxml.write(
        replace(response(order, code="accepted"), number=f"AB-{payload}", issued_on=NOW.date()),
        cxml.Envelope(
            credentials=Credentials(
                origin=(Identifier(scheme="duns", value="942888711"),),
                target=(Identifier(scheme="network", value="AN01"),),
                sender=(Identifier(scheme="duns", value="942888711"),),
            ),
            secret=secret,
            payload_id=payload,
            sent_at=NOW,
        ),
    )


def test_a_cxml_answer_is_booked_and_its_secret_is_not_kept(order):
    raw = cxml_answer(order, "open sesame")
    assert b"open sesame" in raw

    message = arrives(raw)

    assert (message.syntax, message.status) == ("cXML", "applied"), message.faults
    assert b"open sesame" not in files.opened(message.file).read()
    assert keepable(b"junk before " + raw).count(b"open sesame") == 0
