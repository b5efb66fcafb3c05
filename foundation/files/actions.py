"""Keep a file: the bytes under their hash, the name only to be shown."""

import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from foundation.files import inspecting, kinds
from foundation.files.models import StoredFile
from foundation.lifecycles.moves import Refused
from foundation.values.actor import Actor

LONGEST_NAME = 120
WRITTEN = re.compile(r"[0-9a-f]{64}")


class NotThisFile(Refused):
    """The file is none that is taken: too large, or not what its name says."""


@dataclass(frozen=True)
class Laid:
    """A file whose bytes are in the store, before anybody says what it is about."""

    sha256: str
    size: int
    name: str
    kind: str


def store(*, upload: UploadedFile, about: str, by: Actor, at: datetime) -> StoredFile:
    """Keep what somebody uploaded about a document; refuses what is too large or is not what its name says."""
    laid = lay_down(upload)
    return _row(laid.sha256, laid.size, laid.name, laid.kind, about, by, at)


def lay_down(upload: UploadedFile, *, inspected: bool = False) -> Laid:
    """The bytes alone, under their hash. ``inspected``: refuse what holds scripts, macros, locks or other files."""
    size = upload.size or 0
    if size > settings.LIMIT_BODY_BYTES:
        raise NotThisFile(_("A file may have at most %(n)s MB.") % {"n": settings.LIMIT_BODY_BYTES // 2**20})
    name = safe_name(upload.name or "")
    head = upload.read(kinds.HEAD)
    upload.seek(0)
    kind = kinds.kind_of(name, head)
    if kind is None:
        raise NotThisFile(
            _("“%(name)s” is not a file that can be taken. %(known)s") % {"name": name, "known": kinds.said()}
        )
    if inspected:
        _harmless(upload.read(), kind)
        upload.seek(0)
    sha256, size = _write(upload.chunks())
    return Laid(sha256, size, name, kind)


def take_up(*, sha256: str, name: str, about: str, by: Actor, at: datetime) -> StoredFile:
    """A file that was laid down elsewhere, judged anew from its bytes: who laid it down is not believed.

    Refused when there are no such bytes, or when they are not what the name says.
    """
    path = path_of(sha256)
    if not WRITTEN.fullmatch(sha256) or not path.is_file():
        raise NotThisFile(_("The file did not arrive. Send it again."))
    content = path.read_bytes()
    kind = kinds.kind_of(safe_name(name), content[: kinds.HEAD])
    if kind is None:
        raise NotThisFile(_("The file is not what its name says. %(known)s") % {"known": kinds.said()})
    _harmless(content, kind)
    return _row(sha256, len(content), safe_name(name), kind, about, by, at)


def _harmless(content: bytes, kind: str) -> None:
    if found := inspecting.objections(content, kind):
        raise NotThisFile(*found)


def keep(*, content: bytes, name: str, about: str, by: Actor, at: datetime) -> StoredFile:
    """Keep a file that we made ourselves."""
    sha256, size = _write([content])
    kind = kinds.kind_of(name, content[: kinds.HEAD]) or "application/octet-stream"
    return _row(sha256, size, safe_name(name), kind, about, by, at)


def opened(file: StoredFile) -> BinaryIO:
    return path_of(file.sha256).open("rb")


def path_of(sha256: str) -> Path:
    return Path(settings.FILE_STORE) / sha256[:2] / sha256


def safe_name(name: str) -> str:
    """A name for people: no path, no control or direction signs, not too long. It is never used as a path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    kept = plain.strip(" .")
    stem, dot, ending = kept.rpartition(".")
    short = f"{stem[: LONGEST_NAME - 10]}{dot}{ending[:9]}" if dot else kept[:LONGEST_NAME]
    return short or _("file")


def _row(sha256: str, size: int, name: str, kind: str, about: str, by: Actor, at: datetime) -> StoredFile:
    return StoredFile.objects.create(
        sha256=sha256, size=size, name=name, content_type=kind, about=about, by=str(by), stored_at=at
    )


def _write(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Write beside, then move: a half-written file never stands under its hash."""
    root = Path(settings.FILE_STORE)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, delete=False) as out:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    target = path_of(digest.hexdigest())
    target.parent.mkdir(exist_ok=True)
    Path(out.name).replace(target)
    return digest.hexdigest(), size
