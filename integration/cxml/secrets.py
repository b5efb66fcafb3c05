"""Shared secrets: never kept, never logged, never in a document. Only whether one is right can be asked."""

import hmac
import re

from integration.xml.gate import opened

REDACTED = b"***"
SECRETS = (b"SharedSecret", b"CredentialMac", b"DigitalSignature")


def _spaced(name: bytes) -> bytes:
    """The name in every encoding that the gate lets in: UTF-16 has a zero byte beside each letter."""
    return rb"\0?".join(re.escape(bytes([sign])) for sign in name)


_NAMES = rb"(?:" + rb"|".join(_spaced(name) for name in SECRETS) + rb")"
_SECRET = re.compile(
    rb"(<\0?(?:[\w.-]\0?){0,80}?(?::\0?)?" + _NAMES + rb"(?![\w.-])[^>]*+(?<!/)(?<!/\0)>\0?)"
    rb".*?(?=<\0?/\0?(?:[\w.-]\0?){0,80}?(?::\0?)?" + _NAMES + rb"|\Z)",
    re.DOTALL,
)
_ANY = re.compile(_NAMES)


def redacted(raw: bytes) -> bytes:
    """The same bytes without what stands in a secret's element; cut off at a secret that cannot be told from the rest.

    Works on bytes, so that it holds for what is no XML as well. An element that is never closed is cut to the end.
    """
    cleaned = _SECRET.sub(lambda found: found[1] + _mask(found[1]), raw)
    if opened(raw).root is None and (found := _ANY.search(raw)) and not _SECRET.search(raw):
        return raw[: found.start()]
    return cleaned


def _mask(tag: bytes) -> bytes:
    """In the encoding of the tag before it. The first zero byte of what follows in UTF-16 belongs to the tag."""
    return REDACTED.decode().encode("utf-16-le") if tag[1:2] == b"\0" else REDACTED


def proves(raw: bytes, secret: str) -> bool:
    """Whether the sender's credential carries this secret. Takes as long for a wrong one."""
    root = opened(raw).root
    if root is None or not secret:
        return False
    said = [(each.text or "").strip() for each in root.findall("Header/Sender/Credential/SharedSecret")]
    return sum(hmac.compare_digest(each.encode(), secret.encode()) for each in said) > 0
