"""Which files are taken, by their ending and by what they really are."""

import re

from django.utils.translation import gettext as _

HEAD = 2048
"""Bytes that are enough to know a file by."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SIGNS: dict[str, tuple[str, tuple[bytes, ...]]] = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "xlsx": (XLSX, (b"PK\x03\x04",)),
    "docx": (DOCX, (b"PK\x03\x04",)),
}
TEXTS = {
    "csv": "text/csv",
    "txt": "text/plain",
    "xml": "application/xml",
    "json": "application/json",
    "edi": "text/plain",
}
MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|script|svg|iframe|body)", re.IGNORECASE)


def kind_of(name: str, head: bytes) -> str | None:
    """The content type, if the ending is one of ours and the bytes agree with it."""
    ending = name.rpartition(".")[2].lower()
    if ending in SIGNS:
        kind, signs = SIGNS[ending]
        return kind if head.startswith(signs) else None
    if ending in TEXTS and b"\x00" not in head and not MARKUP.search(head):
        return TEXTS[ending]
    return None


def said() -> str:
    """What is taken, for the sentence that refuses something else."""
    return _("Taken are PDF, PNG, JPEG, XLSX, DOCX, CSV, TXT, XML, JSON and EDI, if the content is what the name says.")
