"""One POST to one address: what comes back says whether it is there; where nothing may be sent nothing is sent."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from foundation.lifecycles import Refused
from integration.clients.secrets import Fresh
from integration.cxml import outbound as cxml
from integration.cxml.header import Credentials
from integration.partners import actions as partners
from integration.partners.models import CANNOT_SAY, Gets, Syntax, Way, Whose
from integration.sending import transports, writing
from integration.sending.transports import Answered, Declined, NotYet
from tests.integration.sending.partner import ADDRESSES, agreed
from tests.integration.xml.examples import ORDER
from tests.scene import NOW, SETUP, Scene, key


class Receiver(BaseHTTPRequestHandler):
    """Answers what it was told to, and remembers what it got."""

    status, body, got = 200, b"", []

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append((self.path, dict(self.headers), raw))
        self.send_response(type(self).status)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.send_header("Content-Length", str(len(type(self).body)))
        self.end_headers()
        self.wfile.write(type(self).body)

    def log_message(self, *args):
        pass


@pytest.fixture
def receiver(settings):
    settings.PARTNER_PLAIN_HTTP = True
    Receiver.status, Receiver.body, Receiver.got = 200, b"", []
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/in?x=1"
    server.shutdown()
    server.server_close()


def to(scene: Scene, url: str, syntax: str = Syntax.X12, secret: str = "open sesame"):
    partner = agreed(scene, syntax, way=Way.HTTP, target=url)
    return partners.keep_secret(partner=partner, whose=Whose.OURS, secret=Fresh(secret), by=SETUP, at=NOW,
                                seen=partner.version, key=key())  # fmt: skip


def test_arrives_with_its_key_and_our_secret(scene, receiver):
    assert transports.send(to(scene, receiver), b"ISA*", name="850-1.edi", key="k:1") is None
    ((path, headers, raw),) = Receiver.got
    assert (path, raw, headers["Idempotency-Key"]) == ("/in?x=1", b"ISA*", "k:1")
    assert (headers["Authorization"], headers["Content-Type"]) == ("Bearer open sesame", "application/edi-x12")
    assert headers["Host"].startswith("localhost:")


@pytest.mark.parametrize(("status", "outcome"), [
    (503, NotYet), (500, NotYet), (429, NotYet), (409, NotYet), (400, Declined), (404, Declined), (302, Declined),
])  # fmt: skip
def test_a_no_is_a_no_and_a_redirect_is_not_followed(scene, receiver, status, outcome):
    Receiver.status, Receiver.body = status, b"so it is"
    with pytest.raises(outcome, match=str(status)):
        transports.send(to(scene, receiver), b"ISA*", name="850-1.edi", key="k:1")
    assert len(Receiver.got) == 1


def test_nobody_there_is_tried_again(scene, receiver):
    with pytest.raises(NotYet, match="does not answer"):
        transports.send(to(scene, "http://127.0.0.1:9/"), b"ISA*", name="850-1.edi", key="k:1")


def test_inside_the_house_nothing_is_sent_and_the_twin_would(scene, receiver, settings, monkeypatch):
    partner = to(scene, receiver)
    settings.PARTNER_PLAIN_HTTP = False
    partner.target = f"https://{receiver.partition('//')[2]}"
    for target in (partner.target, "https://localhost/in"):
        partner.target = target
        with pytest.raises(Declined):
            transports.send(partner, b"ISA*", name="850-1.edi", key="k:1")
    assert Receiver.got == []
    settings.PARTNER_PLAIN_HTTP, partner.target = True, receiver
    transports.send(partner, b"ISA*", name="850-1.edi", key="k:1")
    assert len(Receiver.got) == 1


class TestCxml:
    @pytest.mark.parametrize(("code", "outcome"), [(200, True), (406, False), (500, NotYet)])
    def test_is_answered_on_the_line_and_carries_the_secret_only_there(self, scene, receiver, code, outcome):
        partner = to(scene, receiver, Syntax.CXML, "a <b> & c")
        written = writing.write(ORDER, partner, control=7, at=NOW)
        envelope = cxml.Envelope(credentials=Credentials(), payload_id="1@x", sent_at=NOW)
        Receiver.body = cxml.respond(code, "So it is.", envelope)

        def send() -> Answered | None:
            return transports.send(partner, written.raw, name="order.xml", key="k")

        if outcome is NotYet:
            with pytest.raises(NotYet):
                send()
        else:
            answered = send()
            assert answered
            assert answered.is_accepted is outcome
            assert outcome or "So it is." in answered.reason
        assert b"sesame" not in written.raw
        assert b"<SharedSecret>***<" in written.raw
        assert b"<SharedSecret>a &lt;b&gt; &amp; c<" in Receiver.got[0][2]


@pytest.mark.parametrize("syntax", list(Syntax))
def test_what_a_syntax_cannot_say_is_not_agreed(scene, syntax):
    theirs, ours = ADDRESSES[syntax]
    for gets in Gets:
        how = {"supplier": scene.supplier, "address": f"{theirs}{gets}", "own_address": ours, "syntax": syntax}
        if gets in CANNOT_SAY[syntax]:
            with pytest.raises(Refused, match="no message of ours"):
                partners.agree(**how, terms={"gets": [gets]}, by=SETUP, at=NOW, key=key())
        else:
            assert partners.agree(**how, terms={"gets": [gets]}, by=SETUP, at=NOW, key=key()).gets == [gets]
