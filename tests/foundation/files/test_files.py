from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation.files import actions as files
from foundation.files.actions import NotThisFile
from foundation.files.models import StoredFile
from foundation.values.actor import Actor
from tests.foundation.screens import stage

SOMEBODY = Actor("person", "1")
PDF = b"%PDF-1.7 one page"


@pytest.fixture(autouse=True)
def store(settings, tmp_path: Path) -> Path:
    settings.FILE_STORE = tmp_path
    return tmp_path


def upload(name: str, content: bytes, about: str = "") -> StoredFile:
    return files.store(upload=SimpleUploadedFile(name, content), about=about, by=SOMEBODY, at=stage.AT)


@pytest.mark.django_db
class TestStore:
    def test_keeps_the_bytes_under_their_hash(self, store: Path) -> None:
        file = upload("damage.pdf", PDF)

        assert files.opened(file).read() == PDF
        assert [path.name for path in store.rglob("*") if path.is_file()] == [file.sha256]

    def test_keeps_the_same_bytes_once(self, store: Path) -> None:
        upload("one.pdf", PDF)
        upload("two.pdf", PDF)

        assert len([path for path in store.rglob("*") if path.is_file()]) == 1

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("order.pdf", b"<html><script>alert(1)</script>"),
            ("photo.png", b"\xff\xd8\xff a jpeg"),
            ("drawing.svg", b"<svg onload='alert(1)'/>"),
            ("list.csv", b"a,b\n<script>alert(1)</script>"),
            ("list.csv", b"a\x00b"),
            ("run.exe", b"MZ"),
            ("noending", b"text"),
            ("", PDF),
        ],
    )
    def test_refuses_what_is_not_what_it_says(self, name: str, content: bytes) -> None:
        with pytest.raises(NotThisFile, match="PDF, PNG"):
            upload(name or "x", content)

    def test_refuses_what_is_too_large(self, settings) -> None:
        settings.LIMIT_BODY_BYTES = 10

        with pytest.raises(NotThisFile, match="at most"):
            upload("order.pdf", PDF)


class TestSafeName:
    @pytest.mark.parametrize(
        ("name", "safe"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\order.pdf", "order.pdf"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
            ("\u202efdp.exe", "fdp.exe"),
            ("", "file"),
            (" . ", "file"),
            ("x" * 300 + ".pdf", "x" * 110 + ".pdf"),
        ],
    )
    def test_is_only_a_name(self, name: str, safe: str) -> None:
        assert files.safe_name(name) == safe


@pytest.mark.django_db
class TestOpening:
    @pytest.fixture
    def case(self):
        return stage.some_cases(1)[0]

    def client(self, name: str, *verbs: str) -> Client:
        client = Client()
        client.force_login(stage.a_person(name, *verbs))
        return client

    def test_is_for_those_who_see_the_document(self, case) -> None:
        file = upload("damage.pdf", PDF, about=case.subject)

        assert self.client("Anna Vos", "see_case").get(f"/files/{file.pk}/").status_code == 200
        assert self.client("Stan Stranger").get(f"/files/{file.pk}/").status_code == 404

    @pytest.mark.parametrize("about", ["", "foundation.job:1", "no.such:1", "governance.case:x", "nonsense"])
    def test_of_a_file_about_nothing_is_for_its_owner(self, about: str) -> None:
        file = upload("damage.pdf", PDF, about=about)

        assert self.client("Anna Vos", "see_case").get(f"/files/{file.pk}/").status_code == 404

    def test_is_a_download_that_can_do_nothing(self, case) -> None:
        file = upload("damage.pdf", PDF, about=case.subject)

        answer = self.client("Anna Vos", "see_case").get(f"/files/{file.pk}/")

        assert answer["Content-Disposition"] == 'attachment; filename="damage.pdf"'
        assert answer["Content-Security-Policy"].startswith("sandbox")
        assert answer["X-Content-Type-Options"] == "nosniff"

    def test_of_bytes_that_are_gone_is_404(self, case, store: Path) -> None:
        file = upload("damage.pdf", PDF, about=case.subject)
        files.path_of(file.sha256).unlink()

        assert self.client("Anna Vos", "see_case").get(f"/files/{file.pk}/").status_code == 404
