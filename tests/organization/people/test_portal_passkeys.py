"""Whether a suppliers' passkey proves anything: one true answer, and lies that differ from it in one thing each."""

import secrets

import pytest
from fido2.server import Fido2Server

from organization.people import factors, passkeys
from organization.people.models import Person, PortalPasskey
from tests.portal.software_key import PRESENT, SoftwareKey

ASKED, OTHER = secrets.token_hex(32), secrets.token_hex(32)
PETRA = Person(pk=7, kind=Person.OF_SUPPLIER, email="petra@quillfeather.example", name="Petra")


def let_pass(*_args, **_more):
    """A guard that is taken off."""
    return True


KERNEL = (Fido2Server, "authenticate_complete")
LIES = {
    "a foreign origin": ({"origin": "https://evil.example"}, (passkeys, "_is_ours")),
    "the back office's origin": ({"origin": "http://localhost:8000"}, (passkeys, "_is_ours")),
    "an origin below ours": ({"origin": "https://x.localhost:8001"}, (passkeys, "_is_ours")),
    "a frame": ({"crossOrigin": True}, (passkeys, "_refuse_frames")),
    "another person": ({"handle": "supplier:8"}, (passkeys, "_refuse_others")),
    "a person of the back office": ({"handle": "7"}, (passkeys, "_refuse_others")),
    "the counter of before": ({"uses": 5}, (passkeys, "_refuse_copies")),
    "a counter that begins anew": ({"uses": 0}, (passkeys, "_refuse_copies")),
    "another challenge": ({"challenge": OTHER}, KERNEL),
    "another name": ({"place": "evil.example"}, KERNEL),
    "an answer to making one": ({"type": "webauthn.create"}, KERNEL),
    "nobody verified": ({"flags": PRESENT}, KERNEL),
    "nobody present": ({"flags": 0}, KERNEL),
    "another's signature": ({"signed_by": SoftwareKey("supplier:7")}, KERNEL),
}


@pytest.fixture
def key():
    return SoftwareKey("supplier:7")


def kept(key, *, uses=0):
    return PortalPasskey(person=PETRA, credential=key.name, public_key=key.public_key, uses=uses)


class TestShowing:
    def test_a_true_answer_is_taken_and_counted(self, key):
        key.uses = 41

        said = key.shows(passkeys.to_show(ASKED))

        assert passkeys.shown(said, ASKED, kept(key, uses=5)) == 42
        assert passkeys.named(said) == key.name

    def test_one_that_does_not_count_is_taken(self):
        key = SoftwareKey("supplier:7", counts=False)

        assert passkeys.shown(key.shows(passkeys.to_show(ASKED)), ASKED, kept(key)) == 0

    @pytest.mark.parametrize("lie", LIES)
    def test_a_lie_proves_nothing(self, key, lie):
        with pytest.raises((ValueError, passkeys.Unproved)):
            self.lied(key, lie)

    @pytest.mark.parametrize("lie", LIES)
    def test_twin_without_its_guard_it_would(self, key, lie, monkeypatch):
        monkeypatch.setattr(*LIES[lie][1], let_pass)

        self.lied(key, lie)

    def lied(self, key, lie):
        key.uses = 5
        return passkeys.shown(key.shows(passkeys.to_show(ASKED), **LIES[lie][0]), ASKED, kept(key, uses=5))

    @pytest.mark.parametrize("said", ["", "[]", "{}", "null", '{"rawId": "x", "response": {}}', "\x00", "[" * 9000])
    def test_nonsense_is_no_answer(self, key, said):
        with pytest.raises((ValueError, TypeError, KeyError, RecursionError, passkeys.Unproved)):
            passkeys.shown(said, ASKED, kept(key))

    def test_needs_no_mail_address_and_asks_for_finger_face_or_code(self):
        asked = passkeys.read(passkeys.to_show(ASKED))["publicKey"]

        assert (asked["allowCredentials"], asked["userVerification"], asked["rpId"]) == ([], "required", "localhost")

    def test_belongs_to_the_name_of_the_portal(self, settings):
        settings.PORTAL_ADDRESS = "https://suppliers.noordzee.example/"

        assert passkeys.read(passkeys.to_show(ASKED))["publicKey"]["rpId"] == "suppliers.noordzee.example"


class TestMaking:
    def options(self):
        return passkeys.to_make(PETRA, ["b25l"], ASKED)

    def test_a_true_answer_is_kept_and_shown_later(self, key):
        made = passkeys.made(key.makes(self.options()), ASKED)

        row = PortalPasskey(person=PETRA, **vars(made))

        assert passkeys.shown(key.shows(passkeys.to_show(OTHER)), OTHER, row) == 2

    def test_asks_for_one_that_is_found_without_a_mail_address(self):
        asked = passkeys.read(self.options())["publicKey"]

        assert asked["authenticatorSelection"]["residentKey"] == "required"
        assert asked["excludeCredentials"] == [{"type": "public-key", "id": "b25l"}]
        assert asked["user"]["id"] != "Nw"  # "7", as the back office names its own

    @pytest.mark.parametrize(
        ("lie", "guard"),
        [
            ({"origin": "https://evil.example"}, (passkeys, "_is_ours")),
            ({"crossOrigin": True}, (passkeys, "_refuse_frames")),
            ({"alg": -65535}, (passkeys, "ALGORITHMS", (-65535,))),
            ({"challenge": OTHER}, None),
            ({"place": "evil.example"}, None),
            ({"flags": PRESENT}, None),
            ({"type": "webauthn.get"}, None),
        ],
    )
    def test_a_lie_is_not_kept(self, key, lie, guard, monkeypatch):
        with pytest.raises((ValueError, passkeys.Unproved)):
            passkeys.made(key.makes(self.options(), **lie), ASKED)

        if guard:  # its twin
            monkeypatch.setattr(*guard[:2], guard[2] if guard[2:] else let_pass)
            passkeys.made(key.makes(self.options(), **lie), ASKED)


def test_the_back_office_knows_none_of_them(key, db):
    """On one host name a browser may offer either house's passkeys in both."""
    assert factors.shown_by(key.shows(passkeys.to_show(ASKED))) is None
