"""Keep a file: the bytes under their hash, the name only to be shown."""

import hashlib
import os
import tempfile
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from foundation.files import kinds
from foundation.files.models import StoredFile
from foundation.lifecycles.moves import Refused
from foundation.values.actor import Actor

LONGEST_NAME = 120


class NotThisFile(Refused):
    """The file is none that is taken: too large, or not what its name says."""


def store(*, upload: UploadedFile, about: str, by: Actor, at: datetime) -> StoredFile:
    """Keep what somebody uploaded about a document; refuses what is too large or is not what its name says."""
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
    sha256, size = _write(upload.chunks())
    return _row(sha256, size, name, kind, about, by, at)


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
