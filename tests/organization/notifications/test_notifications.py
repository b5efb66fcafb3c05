import pytest
from django.core import mail as outbox
from django.db.models.functions import Now
from django.test import Client

from organization.notifications import actions as notifications
from organization.notifications import postman, queries, tasks
from organization.notifications.models import Mail, Notice
from organization.people.models import Person
from tests.foundation.screens import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Person:
    return stage.a_person("Anna Vos")


@pytest.fixture
def client_of_anna(anna: Person) -> Client:
    client = Client()
    client.force_login(anna)
    return client


def told(person: Person, key: str = "delivery-1", url: str = "/jobs/") -> Notice:
    text = "CASE-1 waits for you"
    notifications.tell(
        person=person, kind="case", subject="governance.case:1", text=text, url=url, key=key, at=stage.AT
    )
    return Notice.objects.filter(person=person).latest("pk")


def queued(to: str = "anna.vos@buyer.example", key: str = "delivery-1", subject: str = "PO-1 was issued") -> Mail:
    notifications.queue(
        to=to, subject=subject, text="The text", html="<p>The text", thread="PO-1", key=key, at=stage.AT
    )
    return Mail.objects.latest("pk")


def due() -> None:
    Mail.objects.update(next_at=Now())


class TestTell:
    def test_twice_tells_once(self, anna: Person) -> None:
        told(anna)
        told(anna)

        assert queries.unread(anna.actor) == 1

    def test_tells_each_of_several_people(self, anna: Person) -> None:
        told(anna)
        told(stage.a_person("Bert Berg"))

        assert Notice.objects.count() == 2


class TestThePageOfNotices:
    def test_reads_by_going_there(self, anna: Person, client_of_anna: Client) -> None:
        notice = told(anna)

        answer = client_of_anna.post(f"/notifications/{notice.pk}/read/", {"key": "a-key-of-mine"})

        assert answer["Location"] == "/jobs/"
        assert queries.unread(anna.actor) == 0

    def test_reads_nothing_by_looking(self, anna: Person, client_of_anna: Client) -> None:
        told(anna)

        assert "CASE-1 waits for you" in client_of_anna.get("/notifications/").content.decode()
        assert queries.unread(anna.actor) == 1

    def test_never_shows_those_of_others(self, client_of_anna: Client) -> None:
        theirs = told(stage.a_person("Bert Berg"))

        assert "CASE-1" not in client_of_anna.get("/notifications/?view=every").content.decode()
        assert client_of_anna.post(f"/notifications/{theirs.pk}/read/", {"key": "a-key-of-mine"}).status_code == 404

    def test_reads_all_at_once(self, anna: Person, client_of_anna: Client) -> None:
        told(anna, "one")
        told(anna, "two")

        client_of_anna.post("/notifications/read/", {"key": "a-key-of-mine"})

        assert queries.unread(anna.actor) == 0


class TestMail:
    def test_is_sent_once_with_its_thread(self) -> None:
        queued()
        queued()
        tasks.clock_mail()
        tasks.clock_mail()

        (sent,) = outbox.outbox
        assert (sent.subject, sent.to) == ("PO-1 was issued", ["anna.vos@buyer.example"])
        assert sent.extra_headers["In-Reply-To"] == sent.extra_headers["References"]
        assert Mail.objects.get().status == Mail.Status.SENT

    def test_of_one_document_is_one_conversation(self) -> None:
        queued(key="issued")
        queued(key="changed")
        tasks.clock_mail()

        assert len({sent.extra_headers["References"] for sent in outbox.outbox}) == 1
        assert len({sent.extra_headers["Message-ID"] for sent in outbox.outbox}) == 2

    def test_has_no_lines_in_its_subject(self) -> None:
        assert queued(subject="PO-1\r\nBcc: all@evil.example").subject == "PO-1 Bcc: all@evil.example"

    def test_taken_by_one_worker_is_nobody_elses(self) -> None:
        queued()

        assert len(postman.lease(10)) == 1
        assert postman.lease(10) == []

    def test_of_a_worker_that_died_is_taken_again_after_its_lease(self) -> None:
        queued()
        postman.lease(10)
        due()

        tasks.clock_mail()

        assert len(outbox.outbox) == 1
        assert Mail.objects.get().attempts == 2


class TestWhenTheServerIsAway:
    @pytest.fixture(autouse=True)
    def _away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_args: object) -> None:
            raise ConnectionRefusedError("no mail today")

        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)

    def test_waits_and_says_why(self) -> None:
        queued()

        tasks.clock_mail()

        mail = Mail.objects.get()
        assert (mail.status, mail.attempts) == (Mail.Status.WAITING, 1)
        assert "no mail today" in mail.note
        assert postman.lease(10) == []

    def test_that_cannot_even_be_reached_is_each_mails_failure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        queued()
        monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", lambda _self: 1 / 0)

        tasks.clock_mail()

        assert "division by zero" in Mail.objects.get().note

    def test_ends_visibly_after_eight_tries(self) -> None:
        queued()
        for _ in range(postman.ATTEMPTS):
            due()
            tasks.clock_mail()

        assert list(queries.failed_mail()) == [Mail.objects.get()]

    def test_waits_longer_each_time(self) -> None:
        waits = [postman.wait_after(attempt) for attempt in range(1, 9)]

        assert all(15 <= wait <= 3600 for wait in waits)
        assert waits[0] <= 30 < 60 <= waits[3]
