"""A secret is in no byte that is kept."""

import random

import pytest

from integration.cxml.inbound import read
from integration.cxml.outbound import write
from integration.cxml.secrets import digest, proves, redacted
from tests.integration.cxml.test_round_trip import ENVELOPE
from tests.integration.xml.examples import ORDER

SECRET = "correct horse"
RAW = write(ORDER, ENVELOPE)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_secret_is_gone_and_the_rest_is_as_it_was(encoding):
    raw = RAW.decode().replace("'UTF-8'", f"'{encoding[:6]}'").encode(encoding)
    clean = redacted(raw)

    assert SECRET.encode(encoding.removesuffix("16") + "16-le" if encoding == "utf-16" else encoding) not in clean
    assert clean.decode(encoding) == raw.decode(encoding).replace(SECRET, "***")
    assert read(clean).document == read(raw).document
    assert redacted(clean) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (b"<SharedSecret>s</SharedSecret>", b"<SharedSecret>***</SharedSecret>"),
        (b"<SharedSecret a='>'>s</SharedSecret>x", b"<SharedSecret a='>***</SharedSecret>x"),
        (b"<x:SharedSecret\n>s<![CDATA[s]]></x:SharedSecret >", b"<x:SharedSecret\n>***</x:SharedSecret >"),
        (b"<SharedSecret/>kept", b"<SharedSecret/>kept"),
        (b"<a><SharedSecret>s and no end", b"<a><SharedSecret>***"),
        (b"<a><SharedSecret s", b"<a>"),
        (b"SharedSecret: s", b""),
        (b"<SharedSecret>s</SharedSecret><SharedSecret>t</SharedSecret>", b"<SharedSecret>***</SharedSecret>" * 2),
        (b"<CredentialMac type='x'>s</CredentialMac>", b"<CredentialMac type='x'>***</CredentialMac>"),
        (b"<r>nothing</r>", b"<r>nothing</r>"),
        (b"", b""),
    ],
)
def test_whatever_it_looks_like(raw, clean):
    assert redacted(raw) == clean


def test_damage_lets_no_secret_out():
    source = random.Random(3)
    for _round in range(200):
        raw = RAW[: source.randrange(len(RAW))]
        assert SECRET.encode() not in redacted(raw)


def test_who_knows_the_secret():
    assert proves(RAW, [digest("another"), digest(SECRET)])
    assert not proves(RAW, [digest("wrong horse")])
    assert not proves(RAW, [])
    assert not proves(redacted(RAW), [digest(SECRET)])
    assert not proves(b"<", [digest(SECRET)])
