"""Shared secrets: never kept, never logged, never in a document. Only whether one is right can be asked."""

import hashlib
import hmac
import re
from collections.abc import Iterable

from integration.xml.gate import opened

REDACTED = b"***"
SECRETS = (b"SharedSecret", b"CredentialMac", b"DigitalSignature")


def _spaced(name: bytes) -> bytes:
    """The name in every encoding that the gate lets in: UTF-16 has a zero byte beside each letter."""
    return rb"\0?".join(re.escape(bytes([sign])) for sign in name)


_NAMES = rb"(?:" + rb"|".join(_spaced(name) for name in SECRETS) + rb")"
_PREFIX = rb"(?:[\w.-]\0?){0,40}(?::\0?)?"
_OPENS = re.compile(rb"<\0?(?:" + _PREFIX + rb")??" + _NAMES + rb"(?![\w.-])")
_CLOSES = re.compile(rb"<\0?/\0?(?:" + _PREFIX + rb")??" + _NAMES)
_ANY = re.compile(_NAMES)


def redacted(raw: bytes) -> bytes:
    """The same bytes without what stands in a secret's element; cut off at a secret that cannot be told from the rest.

    Works on bytes, so that it holds for what is no XML as well. An element that is never closed is cut to the end.
    """
    kept: list[bytes] = []
    place = 0
    while found := _OPENS.search(raw, place):
        end = raw.find(b">", found.end()) + 1
        if not end:
            return b"".join([*kept, raw[place : found.start()]])
        if raw[found.end() : end].rstrip(b">\0").endswith(b"/"):
            kept.append(raw[place:end])
            place = end
            continue
        is_wide = raw[found.start() + 1 : found.start() + 2] == b"\0"
        closing = _CLOSES.search(raw, end)
        kept += [raw[place : end + is_wide], REDACTED.decode().encode("utf-16-le") if is_wide else REDACTED]
        place = closing.start() if closing else len(raw)
    if not kept and (unreadable := _ANY.search(raw)) and opened(raw).root is None:
        return raw[: unreadable.start()]
    return b"".join([*kept, raw[place:]])


def proves(raw: bytes, digests: Iterable[str]) -> bool:
    """Whether the sender's credential carries a secret with one of these digests. Takes as long for a wrong one."""
    root, known = opened(raw).root, list(digests)
    if root is None:
        return False
    said = [(each.text or "").strip() for each in root.findall("Header/Sender/Credential/SharedSecret")]
    found = [digest(each) for each in said if each]
    return sum(hmac.compare_digest(one, other) for one in found for other in known) > 0


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
