"""A mail waits beside the order of its address and decides nothing, whatever it says and whoever says it."""

from email.message import EmailMessage
from io import StringIO

import pytest
from django.core.mail import get_connection
from django.core.management import call_command

from foundation.files.models import StoredFile
from foundation.lifecycles import Refused
from integration.inbox import actions as inbox
from integration.inbox import mail, mailing, showing
from integration.inbox.models import InboundMessage
from organization.notifications import postman
from organization.notifications.models import Mail
from procurement.orders import replies
from procurement.orders.replies import reply_address
from suppliers.submissions.models import Submission
from tests.integration.inbox.letters import known, letter, response
from tests.scene import NOW, SETUP, Scene, branch, fresh, key, ordered

BOX = "orders@noordzee.example"


def mailed(to: str, *, text: str = "All as ordered.", files: tuple = (), number: int = 1) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Petra <petra@nordfast.example>", to, "Your order"
    made["Message-ID"] = f"<{number}@nordfast.example>"
    made.set_content(text)
    for name, content in files:
        made.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return made.as_bytes()


def arrives(raw: bytes) -> InboundMessage:
    return mailing.receive(raw, by=SETUP, at=NOW, key=key())


@pytest.fixture(autouse=True)
def box(settings):
    settings.ANSWERS_MAILBOX = BOX


@pytest.fixture
def order(scene: Scene, order):
    known(scene.supplier)
    return order


def test_an_answer_to_the_mail_of_an_order_comes_to_that_order(order, mailoutbox):
    written = Mail.objects.get(thread=f"order:{order.public_id}")
    postman.send(written, get_connection())

    (sent,) = mailoutbox
    assert sent.reply_to == [reply_address(order)]
    assert "a person reads it" in sent.body
    assert arrives(mailed(sent.reply_to[0])).orders == order.number


def test_where_nobody_reads_a_mailbox_none_is_offered(scene, settings):
    settings.ANSWERS_MAILBOX = ""
    written = Mail.objects.get(thread=f"order:{ordered(scene).public_id}")
    assert (written.reply_to, "a person reads it" in written.text) == ("", False)


def test_is_a_draft_beside_its_order_even_with_a_sound_message_in_it(scene, order):
    raw = mailed(reply_address(order), files=(("answer.edi", letter(response(order, code="accepted"))),
                 ("offer.pdf", b"%PDF-1.4 x"), ("offer2.pdf", b"MZ no pdf"), ("../../run.exe", b"MZ")))  # fmt: skip
    draft, again = arrives(raw), arrives(raw)

    assert (draft.status, draft.supplier, draft.entity, draft.orders) == (
        "held",
        scene.supplier,
        order.entity,
        order.number,
    )
    assert (again.status, again.original) == ("duplicate", draft)
    assert not Submission._base_manager.exists()
    assert fresh(order).confirmed == "none"
    assert [fault["code"] for fault in draft.faults] == ["mail_draft", "attachment_refused", "attachment_refused"]
    beside = StoredFile.objects.filter(about=order.subject).values_list("name", flat=True)
    assert sorted(beside) == ["answer.edi", "offer.pdf"]
    assert showing.text_of(draft)[0][0].text.strip() == "All as ordered."
    with pytest.raises(Refused, match="read by a person"):
        inbox.read_again(message=draft, by=SETUP, at=NOW, seen=draft.version, key=key())
    inbox.refuse(message=draft, reason="Entered.", by=SETUP, at=NOW, seen=draft.version, key=key())


def test_only_a_token_of_ours_binds(scene, order):
    right = reply_address(order)
    other = ordered(branch(scene, "DE"))
    forged = right.replace(f"+{order.pk:x}-", f"+{other.pk:x}-")
    bent = right[: -len("@noordzee.example") - 1] + "x@noordzee.example"
    for number, to in enumerate((BOX, forged, bent, "orders+-@x", f"orders+{'f' * 15}-{'0' * 20}@x"), 10):
        message = arrives(mailed(to, number=number))
        assert (message.status, message.supplier) == ("refused", None), to
        assert [fault["code"] for fault in message.faults] == ["token_unknown"]


def test_twin_without_the_mark_binds_to_another_order(scene, order, monkeypatch):
    monkeypatch.setattr(replies, "constant_time_compare", lambda one, other: True)
    other = ordered(branch(scene, "DE"))
    forged = reply_address(order).replace(f"+{order.pk:x}-", f"+{other.pk:x}-")
    assert arrives(mailed(forged)).orders == other.number


def test_a_maildir_is_emptied(order, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1.mail").write_bytes(mailed(reply_address(order)))
    out = StringIO()
    call_command("receive", tmp_path, mail=True, still=0, stdout=out)
    assert "waits for a look: A mail decides nothing" in out.getvalue()
    assert (tmp_path / "new" / "held" / "1.mail").exists()


@pytest.mark.parametrize("raw", [b"", b"\x00", b"From: a\nTo: b\nX: c\n\n\xff", mailed("a@b")[:60], b"A: b\n" * 9999])
def test_whatever_comes_is_read(raw, db):
    mail.read(raw), mail.order_of(raw), mail.text_of(raw), list(mail.attachments(raw))
