"""What was agreed with a supplier's system, on its pages; and where nothing is ever sent."""

import socket

import pytest

from foundation.lifecycles import Refused
from integration.partners import actions as partners
from integration.partners import sealing, targets
from integration.partners.models import PartnerSecret, TradingPartner, Way
from tests.pages import send, signed_in, words
from tests.scene import NOW, SETUP, VERBS, Scene, fresh, give, key, person

AT = "/integration/partners/"
AGREED = {
    "supplier": "S-100", "address": "14:4012345500004", "own_address": "14:8712345000004", "syntax": "x12",
    "sends": ["order-response"], "gets": ["order"], "way": "folder", "target": "nordfast", "answers_within_hours": "24",
}  # fmt: skip


@pytest.fixture
def owner(scene: Scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Partners", ["manage_partners"])
    who = person("partners")
    give(who, "Partners")
    return signed_in(who)


def test_agreed_changed_and_given_a_secret(owner, scene):
    for wrong, said in (
        ({"supplier": "S-9"}, "There is no supplier"),
        ({"target": "../etc"}, "A folder is one name"),
        ({"way": "http", "target": "http://nordfast.example/in"}, "begins with https://"),
        ({"own_address": ""}, "under which address we send"),
    ):
        answer = send(owner, f"{AT}new/", **(AGREED | wrong))
        assert (answer.status_code in (409, 422), said in words(answer)) == (True, True), wrong
    assert send(owner, f"{AT}new/", **AGREED).status_code == 303
    partner = TradingPartner.objects.get()
    page = f"{AT}{partner.pk}/"
    assert "Order responses" in words(owner.get(page))
    assert "14:4012345500004" in words(owner.get(AT))
    assert "is agreed with somebody already" in words(send(owner, f"{AT}new/", **AGREED))

    changed = {name: AGREED[name] for name in ("own_address", "syntax", "way", "target", "answers_within_hours")}
    assert send(owner, f"{page}edit/", seen=partner, **(changed | {"is_test": "on"})).status_code == 303
    assert (fresh(partner).is_test, fresh(partner).gets) == (True, [])
    assert send(owner, f"{page}secrets/", seen=fresh(partner), whose="ours", secret="short").status_code == 409
    assert send(owner, f"{page}secrets/", seen=fresh(partner), whose="ours", secret="open sesame").status_code == 303
    secret = PartnerSecret.objects.get()
    assert sealing.unseal(secret.sealed) == "open sesame"
    assert "open sesame" not in str(PartnerSecret.objects.values()) + words(owner.get(page))
    assert send(owner, f"{page}secrets/{secret.pk}/end/", seen=fresh(partner)).status_code == 303
    assert PartnerSecret.objects.get().sealed == ""


def test_only_for_whoever_manages_partners(scene):
    assert signed_in(scene.people["buyer"]).get(AT).status_code == 403


INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::",
    "64:ff9b::7f00:1", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "255.255.255.255", "fe80::1%eth0",
]  # fmt: skip


DISGUISED = [
    *(f"https://{host}/in" for host in (
        "localhost", "LOCALHOST", "localhost.", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1",
        "017700000001", "0", "0.0.0.0", "00000", "10.1", "167772161", "0xa000001", "012.0.0.1", "192.168.257",
        "3232235777", "0xc0a80101", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376",
        "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:a9fe:a9fe]",
        "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[64:ff9b::a00:1]", "[2002:a9fe:a9fe::]", "[ff02::1]",
        "①②⑦.0.0.1", "127。0。0。1", "%31%32%37.0.0.1", "127.0.0.1%00.x.example",
    )),
    "https://x.example@127.0.0.1/in", "https://x.example:443@127.0.0.1/in", "https://127.0.0.1:443/in",
    "https://127.0.0.1#@x.example/", "https://127.0.0.1?@x.example/", "https://127.0.0.1\\@x.example/",
    "https:\\\\127.0.0.1\\in", "https:///127.0.0.1/in", "https:127.0.0.1", "https://127.0.0.1:8000/in",
    "HTTPS://127.0.0.1/in", " https://127.0.0.1/in", "https://\t127.0.0.1/in", "https://127.0.0.1\n/in",
    "file:///etc/passwd", "gopher://127.0.0.1/x", "dict://127.0.0.1:6379/info", "jar:https://127.0.0.1!/",
    "http://169.254.169.254/latest/meta-data/", "unix:/var/run/docker.sock",
]  # fmt: skip
"""The same few places inside, in every spelling that some library takes for another."""


class TestNothingIsSentInside:
    @pytest.mark.parametrize("number", INSIDE)
    def test_whatever_the_name_means(self, number, monkeypatch):
        found = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", (number, 443))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)
        with pytest.raises(Refused, match="inside the house"):
            targets.number_of(targets.address("https://partner.example/in"))

    def test_however_it_is_written(self):
        assert [url for url in DISGUISED if self.reaches(url)] == []

    def test_twin_that_asks_nobody_reaches_many(self, monkeypatch):
        monkeypatch.setattr(targets, "is_outside", lambda number: True)
        assert len([url for url in DISGUISED if self.reaches(url)]) > 20

    def reaches(self, url: str) -> str:
        """The number that would be called; really looked up, so what the system makes of it counts."""
        try:
            return targets.number_of(targets.address(url))
        except (Refused, OSError):
            return ""

    def test_and_outside_is_allowed(self, monkeypatch):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", ("93.184.216.34", 443))])
        assert targets.number_of(targets.address("https://partner.example/in")) == "93.184.216.34"

    @pytest.mark.parametrize(
        "url",
        [
            "http://x.example",
            "https://u:p@x.example",
            "https://x.example:22",
            "ftp://x",
            "https://",
            "//x",
            "https://x:y",
        ],
    )
    def test_addresses_that_are_none(self, url, scene):
        with pytest.raises(Refused):
            terms = {"way": Way.HTTP, "target": url}
            partners.agree(supplier=scene.supplier, address="ZZ:1", own_address="ZZ:2", syntax="x12", terms=terms,
                           by=SETUP, at=NOW, key=key())  # fmt: skip
