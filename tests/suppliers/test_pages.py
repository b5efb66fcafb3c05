"""The supplier's page, section by section, as its users walk it."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

from foundation.journal.models import Entry
from foundation.journal.relay import drain
from suppliers.banking.models import BankAccount
from suppliers.documents.models import DocumentType, SupplierDocument
from suppliers.onboarding import actions as onboarding
from suppliers.terms.models import Agreement
from tests.pages import send, signed_in, words
from tests.proofs import proven
from tests.scene import NOW, VERBS, fresh, give, key, person
from tests.suppliers.staff import with_contact

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
ALL = ["see_supplier", "edit_supplier", "block_supplier", "review_document", "propose_bank", "approve_bank", "see_bank"]
SECTIONS = ["", "documents/", "bank/", "agreements/", "risk/", "stop/"]
IBAN = "DE89370400440532013000"


@pytest.fixture
def clients(scene, monkeypatch):
    monkeypatch.setitem(VERBS, "Master", ALL)
    made = []
    for name in ("first", "second"):
        who = person(name)
        give(who, "Master")
        made.append(proven(signed_in(who)))
    return made


@pytest.fixture
def first(clients):
    return clients[0]


@pytest.fixture
def second(clients):
    return clients[1]


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_costs_at_most_twelve_queries(scene, first, section, django_assert_max_num_queries):
    address = f"/suppliers/S-100/{section}"
    first.get(address)
    with django_assert_max_num_queries(12):
        assert "Nordfast AG" in words(first.get(address))


def test_a_firm_comes_in_and_is_approved_by_another(scene, first, second, settings):
    settings.STEP_UP_ASKS = "enrolled"
    form = {"name": "Ostmetall GmbH", "country": "de", "number": "s-300", "currency": "eur", "payment_terms": "30 days"}
    form |= {"incoterm": "dap", "channel": "link", "risk": "low", "lead_time_days": "14"}
    assert send(first, "/suppliers/new/", **form).status_code == 303
    invited = {"name": "Ute", "email": "ute@ost.example", "roles": ["orders", "company"]}
    assert send(first, "/suppliers/S-300/invite/", seen=1, **invited).status_code == 303
    page = words(first.get("/suppliers/S-300/approval/"))
    assert "You entered or proposed it." in page
    assert "It has no VAT number." in page
    assert send(first, "/suppliers/S-300/propose/", seen=2).status_code == 303
    assert send(second, "/suppliers/S-300/activate/", seen=3).status_code == 303
    assert "Active" in words(second.get("/suppliers/S-300/"))


def test_what_a_hold_brings_about_is_shown_before_it_is_done(scene, first):
    page = words(first.get("/suppliers/S-100/stop/"))
    assert "Hold: no new orders" in page
    answer = send(first, "/suppliers/S-100/restrict/", seen=fresh(scene.supplier), reason="Late again")
    assert answer.status_code == 303
    assert "Late again" in words(first.get("/suppliers/S-100/"))


def test_a_bank_account_goes_from_one_to_another(scene, first, second):
    with_contact(scene.supplier, now() - dt.timedelta(days=100))
    form = {"entity": "", "holder": "Nordfast", "iban": IBAN, "bic": "", "why": ""}
    assert send(first, "/suppliers/S-100/bank/propose/", **form | {"iban": "DE1"}).status_code == 409
    assert send(first, "/suppliers/S-100/bank/propose/", **form).status_code == 303
    account = BankAccount.objects.get()
    base = f"/suppliers/S-100/bank/{account.pk}/"
    assert "somebody else calls the supplier" in words(first.get("/suppliers/S-100/bank/"))
    assert "+49 40 1234567" in words(second.get("/suppliers/S-100/bank/"))
    call = {"number": "+49 40 1234567", "whom": "Olga"}
    assert send(second, f"{base}call/", seen=account, **call).status_code == 303
    assert send(second, f"{base}approve/", seen=fresh(account)).status_code == 303
    page = second.get("/suppliers/S-100/bank/").content.decode()
    assert IBAN not in page
    shown = send(second, f"{base}look/")
    assert IBAN in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    assert Entry.objects.filter(name__endswith="AccountSeen").count() == 1


def test_a_document_is_asked_for_sent_in_and_reviewed(scene, first, second):
    form = {"code": "iso9001", "name": "ISO 9001", "what": "", "effect": "stop", "expires": "on", "is_asked": "on"}
    assert send(first, "/suppliers/document-types/new/", **form).status_code == 303
    assert DocumentType.objects.get().code == "ISO9001"
    until = (now().date() + dt.timedelta(days=300)).isoformat()
    address = "/suppliers/S-100/documents/send/ISO9001/"
    bad = SimpleUploadedFile("iso.pdf", PDF.replace(b"<<>>", b"<< /S /JavaScript >>"))
    answer = send(first, address, file=bad, valid_until=until)
    assert answer.status_code == 409
    assert "holds a script" in words(answer)
    assert send(first, address, file=SimpleUploadedFile("iso.pdf", PDF), valid_until=until).status_code == 303
    document = SupplierDocument.objects.get()
    base = f"/suppliers/S-100/documents/{document.pk}/"
    assert b"".join(second.get(f"{base}file/").streaming_content) == PDF
    assert send(first, f"{base}accept/", seen=document).status_code == 409
    assert send(second, f"{base}accept/", seen=document).status_code == 303
    assert "Valid" in words(first.get("/suppliers/S-100/documents/"))
    assert "Everything that was sent is reviewed." in words(first.get("/suppliers/document-types/"))


def test_what_the_supplier_says_is_taken_over_field_by_field(scene, first):
    said = {"name": "Nordfast SE", "city": "Hamburg"}
    data = onboarding.say(supplier=scene.supplier, said=said, by=scene.supplier_actor, at=NOW, key=key())
    assert "Nordfast SE" in words(first.get("/suppliers/S-100/"))
    assert send(first, "/suppliers/S-100/company/", seen=data, fields=["city"], answer="").status_code == 409
    answer = send(first, "/suppliers/S-100/company/", seen=data, fields=["city"], answer="Send the extract")
    assert answer.status_code == 303
    page = words(first.get("/suppliers/S-100/"))
    assert "Hamburg" in page
    assert "The supplier says otherwise" not in page


def test_an_agreement_counts_for_its_company(scene, first):
    form = {"entity": scene.entity.pk, "starts_on": now().date().isoformat(), "payment_terms": "60 days"}
    form |= {"by_invoice": "edi", "to_invoices": "bills@nordfast.example", "days_late": "0"}
    assert send(first, "/suppliers/S-100/agreements/new/", **form).status_code == 303
    made = Agreement.objects.get()
    assert (made.channels, made.contacts, made.days_late) == (
        {"invoice": "edi"},
        {"invoices": "bills@nordfast.example"},
        0,
    )
    page = words(first.get("/suppliers/S-100/agreements/"))
    assert "60 days" in page
    assert send(first, f"/suppliers/S-100/agreements/{made.pk}/end/", seen=made).status_code == 303


def test_risk_is_judged_and_failures_are_noted(scene, first):
    form = {"risk": "high", "source": "Audit", "until": (now().date() + dt.timedelta(days=9)).isoformat()}
    address = "/suppliers/S-100/risk/"
    assert send(first, f"{address}judge/", seen=fresh(scene.supplier), **form).status_code == 303
    form = {"kind": "quality", "on": now().date().isoformat(), "weight": "5", "note": "Rust"}
    assert send(first, f"{address}failures/", **form).status_code == 303
    page = words(first.get(address))
    assert "5 of 5 points in 90 days" in page
    assert "Watched" in page
    drain()


def test_nonsense_is_answered_in_words(scene, first):
    for address in ("bank/propose/", "agreements/new/", "risk/failures/", "invite/"):
        assert send(first, f"/suppliers/S-100/{address}").status_code == 422, address
