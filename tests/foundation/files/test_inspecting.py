"""What may not be in a file: scripts, macros, locks, other files; hidden or not."""

import io
import zipfile
import zlib

import pytest

from foundation.files import inspecting
from foundation.files.kinds import DOCX, XLSX

PDF = "application/pdf"
PLAIN = b"%PDF-1.4\n1 0 obj << /Type /Catalog /OpenAction [3 0 R /Fit] >> endobj\ntrailer <<>>\n%%EOF\n"
TYPES = b'<Types><Default ContentType="application/xml"/></Types>'


def with_object(words: bytes) -> bytes:
    return PLAIN.replace(b"trailer", b"2 0 obj << " + words + b" >> endobj\ntrailer")


def packed(words: bytes) -> bytes:
    """In an object stream, where nobody reads it without unpacking."""
    stream = zlib.compress(b"2 0 << " + words + b" >>")
    return with_object(b"/Type /ObjStm /Filter /FlateDecode >> stream\n" + stream + b"\nendstream <<")


def office(folder: str = "word/", types: bytes = TYPES, **parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        if types:
            zipped.writestr("[Content_Types].xml", types)
        for name, content in {f"{folder}document.xml": b"<w/>", **parts}.items():
            zipped.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PLAIN, PDF),
        (with_object(b"/Title (JavaScript for beginners)"), PDF),
        (office(), DOCX),
        (office("xl/"), XLSX),
        (b"\xff\xd8\xff", "image/jpeg"),
    ],
)
def test_ordinary_files_are_taken(content, kind):
    assert inspecting.objections(content, kind) == []


@pytest.mark.parametrize(
    ("content", "kind", "why"),
    [
        (with_object(b"/S /JavaScript /JS (app.alert(1))"), PDF, "a script or a form"),
        (with_object(b"/S /J#61vaScript"), PDF, "a script or a form"),
        (packed(b"/S /JavaScript"), PDF, "a script or a form"),
        (packed(b"/A 1").replace(b"endstream <<", b"endstream <<\n/S /JavaScript"), PDF, "a script or a form"),
        (with_object(b"% stream\n /S /JavaScript"), PDF, "a script or a form"),
        (packed(b"/A 1").replace(b"/FlateDecode", b"[/AHx /FlateDecode]"), PDF, "cannot be looked through"),
        (with_object(b"/S /Launch /F (calc.exe)"), PDF, "a script or a form"),
        (with_object(b"/Encrypt 5 0 R"), PDF, "locked by a password"),
        (packed(b"/Type /EmbeddedFile"), PDF, "holds other files"),
        (office(**{"word/vbaProject.bin": b"x"}), DOCX, "holds macros"),
        (office(types=TYPES.replace(b"xml", b"vnd.ms-word.document.macroEnabled")), DOCX, "holds macros"),
        (office(**{"word/embeddings/oleObject1.bin": b"x"}), DOCX, "holds other files"),
        (office("stuff/", types=b""), DOCX, "an archive, not a document"),
        (office("word/"), XLSX, "an archive, not a document"),
        (office()[:40], DOCX, "damaged"),
    ],
)
def test_what_acts_hides_or_holds_is_not(content, kind, why):
    (sentence,) = inspecting.objections(content, kind)
    assert why in sentence


def test_what_unpacks_without_end_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(inspecting, "UNPACKED", 1000)
    (sentence,) = inspecting.objections(packed(b" " * 5000), PDF)
    assert "unpacks beyond" in sentence


def test_without_unpacking_a_hidden_script_would_pass(monkeypatch):
    """The mutant."""
    monkeypatch.setattr(inspecting, "_unpacked", lambda stream: b"")
    assert inspecting.objections(packed(b"/S /JavaScript"), PDF) == []
