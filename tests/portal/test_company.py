"""What a supplier says of himself in the portal is only submitted: data, account, document."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from suppliers.documents import showing
from suppliers.documents.models import DocumentType
from tests.portal.roles import connected
from tests.portal.test_answering import applied, submissions
from tests.portal.twins import open_table, twin

KEY = "c" * 24
IBAN = "DE89370400440532013000"
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
DATA = {"name": "Quillfeather SE", "country": "DE", "city": "Kiel", "address": "", "vat_number": "", "gln": ""}
ACCOUNT = {"holder": "Quillfeather", "iban": IBAN, "bic": "", "why": "New bank"}


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.FILE_STORE = tmp_path


@pytest.fixture
def asked(place, world):
    with connected("app", place.name):
        DocumentType.objects.create(code="ISO", name="ISO 9001", effect="warn")
        DocumentType.objects.create(code="RARE", name="For others only", effect="warn", risk_from="high")
        showing.refresh([world.own.supplier.pk, world.foreign.supplier.pk])


def sent(browser, code="ISO", content=PDF):
    until = (now().date() + dt.timedelta(days=100)).isoformat()
    file = SimpleUploadedFile("iso.pdf", content, content_type="application/pdf")
    return browser.post(f"/company/documents/{code}/", {"file": file, "valid_until": until, "key": KEY})


class TestData:
    def test_is_kept_beside_what_we_have(self, place, own, world):
        answer = own.post("/company/data/", {**DATA, "key": KEY})
        assert answer.status_code == 303, answer.content
        applied(place)
        assert "Somebody of ours compares it" in own.get(answer["Location"]).content.decode()
        names = place.sql("SELECT name FROM organization_party WHERE id = %s", world.own.supplier.pk)
        assert names != [("Quillfeather SE",)]
        assert place.sql("SELECT said->>'name' FROM suppliers_companydata") == [("Quillfeather SE",)]

    def test_without_a_change_is_refused_in_words(self, place, own, world):
        page = own.get("/company/").content.decode()
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
        same = {name: fields.get(name, "") for name in DATA}
        answer = own.post("/company/data/", {**same, "key": KEY})
        applied(place)
        assert "nothing to change" in own.get(answer["Location"]).content.decode()


class TestAccount:
    def test_is_only_proposed_and_shown_masked(self, place, own, foreign):
        answer = own.post("/company/bank/", {**ACCOUNT, "key": KEY})
        assert answer.status_code == 303
        applied(place)
        assert place.sql("SELECT status, split_part(proposed_by, ':', 1) FROM suppliers_bankaccount") == [
            ("proposed", "supplier")
        ]
        page = own.get("/company/").content.decode()
        assert "DE•• •••• 3000" in page
        assert IBAN not in page
        assert "3000" not in foreign.get("/company/").content.decode()

    def test_that_cannot_be_is_refused(self, place, own):
        answer = own.post("/company/bank/", {**ACCOUNT, "iban": "DE00", "key": KEY})
        applied(place)
        assert "This is no IBAN" in own.get(answer["Location"]).content.decode()

    @twin(open_account=open_table("suppliers_bankaccount"))
    def test_of_another_is_not_seen(self, place, world, own, foreign):
        own.post("/company/bank/", {**ACCOUNT, "key": KEY})
        applied(place)
        assert "DE•• •••• 3000" not in foreign.get("/company/").content.decode()


class TestDocument:
    def test_goes_into_review_and_can_be_read_again(self, place, own, asked):
        assert "For others only" not in own.get("/company/").content.decode()
        answer = sent(own)
        assert answer.status_code == 303, answer.content
        applied(place)
        page = own.get("/company/").content.decode()
        assert "In review" in page
        (address,) = set(re.findall(r"/company/files/[0-9a-f-]{36}/", page))
        assert own.get(address).content == PDF

    @pytest.mark.parametrize(
        ("code", "content", "status"),
        [("ISO", PDF.replace(b"<<>>", b"<< /S /JavaScript >>"), 409), ("ISO", b"PK\x03\x04", 409), ("RARE", PDF, 404)],
    )
    def test_what_may_not_be_sent_leaves_nothing(self, place, own, asked, code, content, status):
        assert sent(own, code, content).status_code == status
        assert submissions(place) == []

    def test_of_another_does_not_exist(self, place, own, foreign, asked):
        sent(own)
        applied(place)
        ((public_id,),) = place.sql("SELECT public_id FROM suppliers_supplierdocument")
        assert foreign.get(f"/company/files/{public_id}/").status_code == 404

    def test_what_waits_is_on_the_first_page(self, own, asked):
        assert "ISO 9001" in own.get("/").content.decode()
