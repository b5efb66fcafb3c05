"""The thread on the case's page: what goes to the supplier and what stays among us, the files that are shown."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from foundation.files import actions as files
from foundation.journal.relay import drain
from governance.cases import actions as cases
from suppliers.disputes.models import Dispute, DisputeFile
from tests.pages import send, signed_in, words
from tests.receiving.steps import TEST, received
from tests.scene import NOW, fresh, key
from tests.suppliers.disputes.test_disputes import case_of, says

PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


@pytest.fixture
def damaged(scene, order, settings, tmp_path):
    settings.FILE_STORE = tmp_path
    received(scene, order, 92, damaged=8)
    drain()
    return case_of("receipt_damaged")


@pytest.fixture
def panel(damaged):
    return f"/panels/case/{damaged.number}/supplier/"


@pytest.fixture
def supervisor(scene):
    return signed_in(scene.people["supervisor"])


def row() -> Dispute:
    return Dispute.objects.everywhere(because=TEST).get()


def test_a_note_and_a_message_are_told_apart(scene, damaged, panel, supervisor):
    page = words(supervisor.get(f"/exceptions/{damaged.number}/"))
    assert "Notes among us" in page
    assert "Between us and the supplier" in page
    send(supervisor, f"/exceptions/{damaged.number}/note/", seen=damaged, **{"note-text": "Only for us"})

    gone = send(supervisor, f"/disputes/{damaged.number}/reply/", seen=damaged, text="Eight are crushed.")

    assert gone.status_code == 303
    shown = words(supervisor.get(panel))
    assert "reads everything in this box" in shown
    assert "Eight are crushed." in shown
    assert "Only for us" not in shown


def test_only_files_that_are_chosen_are_shown(scene, damaged, panel, supervisor):
    photo, mail = (
        files.store(upload=upload(name), about=damaged.subject, by=scene.supervisor, at=NOW)
        for name in ("photo.pdf", "internal-mail.pdf")
    )
    assert "internal-mail.pdf" in words(supervisor.get(panel))
    stranger = files.store(upload=upload("other.pdf"), about="procurement.purchaseorder:1", by=scene.buyer, at=NOW)
    refused = send(supervisor, f"/disputes/{damaged.number}/show/", seen=damaged, **{"show-files": stranger.pk})
    assert refused.status_code == 422

    send(supervisor, f"/disputes/{damaged.number}/show/", seen=damaged, **{"show-files": photo.pk})

    assert [one.file for one in DisputeFile.objects.all()] == [photo]
    assert mail.name not in str(row().said.get().text)


def test_a_proposal_that_is_not_complete_comes_back_as_typed(damaged, supervisor):
    where = f"/disputes/{damaged.number}/propose/"
    back = send(supervisor, where, seen=damaged, settlement="deliver", text="Soon please")
    assert back.status_code == 422
    assert "Soon please" in back.content.decode()
    day = (dt.date.today() + dt.timedelta(days=9)).isoformat()
    assert send(supervisor, where, seen=damaged, settlement="deliver", day=day).status_code == 303
    assert row().open_offer == 1


def test_their_proposal_is_agreed_or_refused_by_one_form(scene, damaged, panel, supervisor):
    send(supervisor, f"/disputes/{damaged.number}/reply/", seen=damaged, text="Eight are crushed.")
    says(scene, row().public_id, does="offers", settlement="no_claim", seen=1)
    assert "Agree, and do it" in words(supervisor.get(panel))
    assert "Their proposal" in supervisor.get(panel).content.decode()
    where = f"/disputes/{damaged.number}"
    assert send(supervisor, f"{where}/refuse/", seen=fresh(damaged), number=2, text="").status_code == 422
    assert send(supervisor, f"{where}/agree/", seen=1, number=2).status_code == 409, "the page was old"
    assert send(supervisor, f"{where}/agree/", seen=fresh(damaged), number=2).status_code == 303
    assert fresh(damaged).resolution == "take_in"


def test_an_answer_is_work_of_the_owner(scene, damaged, supervisor):
    send(supervisor, f"/disputes/{damaged.number}/reply/", seen=damaged, text="Eight are crushed.")
    assert "Nordfast" not in words(supervisor.get("/?tab=disputes"))
    says(scene, row().public_id, does="says", text="Which ones?")
    assert damaged.number in words(supervisor.get("/?tab=disputes"))


def test_costs_few_queries(scene, damaged, panel, supervisor, django_assert_max_num_queries):
    send(supervisor, f"/disputes/{damaged.number}/reply/", seen=damaged, text="Eight are crushed.")
    cases.add_note(case=damaged, text="x", by=scene.supervisor, at=NOW, key=key())
    with django_assert_max_num_queries(12):
        supervisor.get(panel)


def test_who_may_only_look_finds_no_form(scene, damaged, panel, supervisor):
    send(supervisor, f"/disputes/{damaged.number}/reply/", seen=damaged, text="Eight are crushed.")
    receiver = signed_in(scene.people["receiver"])
    assert receiver.get(panel).status_code in (403, 404)
    assert send(receiver, f"/disputes/{damaged.number}/reply/", seen=damaged, text="Me too").status_code in (403, 404)
