"""Deciding from a mail: opening the link decides nothing, and it decides once, on what the mail told of."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

from foundation.journal.relay import drain
from governance.approvals import actions as approvals
from governance.approvals import links, telling
from governance.approvals.actions import mailed as by_mail
from governance.approvals.models import Decision, MailLink, Question
from governance.approvals.queries import request_of
from governance.approvals.views import mailed
from governance.authority import actions as authority
from organization.notifications.models import Mail, Notice
from procurement.requisitions import actions as requisitions
from procurement.requisitions.drafting import Wanted
from tests.procurement.conftest import as_, on_the_day  # noqa: F401  fixtures
from tests.scene import NOW, PASSWORD, TODAY, Scene, fresh, give, key, person, requested

LINK = re.compile(r"http://localhost:8000(/inbox/mail/\S+/)")


@pytest.fixture
def asked(scene: Scene) -> Any:
    made = requested(scene)
    drain()
    return made


def path_to(name: str) -> str:
    """The way in the last mail to this person."""
    return LINK.findall(Mail.objects.filter(to=f"{name}@noordzee.example", text__contains="/mail/").latest("id").text)[
        0
    ]


def press(client: Client, path: str, verb: str = "approve", **more: Any) -> Any:
    return client.post(f"{path}{verb}/", {"key": key(), **more})


def mend(scene: Scene, requisition: Any, quantity: int) -> Any:
    """Withdrawn, changed, sent again: another content, another question."""
    how: dict[str, Any] = {"by": scene.requester, "at": NOW}
    draft = requisitions.withdraw(requisition=requisition, seen=requisition.version, key=key(), **how)
    wanted = [Wanted(item_id=scene.items[0].pk, quantity=quantity, need_by=TODAY + dt.timedelta(days=14))]
    more = {"title": draft.title, "cost_center_id": draft.cost_center_id}
    draft = requisitions.edit(requisition=draft, wanted=wanted, seen=draft.version, key=key(), **more, **how)
    return requisitions.submit(requisition=draft, seen=draft.version, key=key(), **how)


def everything() -> dict[str, tuple]:
    """A digest of every row of every table."""
    with connection.cursor() as cursor:
        cursor.execute("select table_name from information_schema.tables where table_schema = 'public' order by 1")
        found = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f'select count(*), coalesce(sum(hashtext(t::text)::bigint), 0) from "{table}" t')
            found[table] = cursor.fetchone()
    return found


class TestTheMail:
    def test_goes_once_to_everybody_who_is_asked(self, scene: Scene, asked: Any) -> None:
        (mail,) = Mail.objects.filter(thread=f"approval:{request_of(asked.subject).about}")
        drain()

        assert (mail.to, mail.subject) == (
            "manager@noordzee.example",
            f"Please decide: {asked.number} Stock for spring",
        )
        assert "Rule 2" in mail.text
        assert "200.00" in mail.text
        assert "Contract: Outside any contract" in mail.text
        assert Notice.objects.filter(person=scene.people["manager"]).count() == 1

    def test_goes_to_who_is_asked_later_and_to_nobody_twice(self, scene: Scene, asked: Any) -> None:
        give(person("mia"), "Branch manager", entity=scene.entity.pk)
        drain()
        rows = Mail.objects.filter(subject__startswith="Please decide").order_by("id")
        assert [mail.to for mail in rows] == ["manager@noordzee.example", "mia@noordzee.example"]

    def test_keeps_no_secret_that_opens_the_link(self, asked: Any) -> None:
        token = path_to("manager").split("/")[3]
        assert token.split(".")[0] not in str(MailLink.objects.values().get())

    def test_of_long_ago_is_not_written(self, scene: Scene) -> None:
        requested(scene)
        with time_machine.travel(NOW + dt.timedelta(days=4)):
            drain()
        assert not Mail.objects.exists()


ANY_LINK = re.compile(r"http://localhost:8000(/\S+/)")
HINTS = ({}, {"Sec-Purpose": "prefetch"}, {"Purpose": "prefetch", "User-Agent": "SafeLinks scanner"})


class TestLooking:
    """Bar 2: whatever is mailed to one of ours, looking at it decides nothing and leaves no trace."""

    def hits(self, client: Client, count: int, paths: Iterable[str]) -> set[int]:
        statuses = set()
        for path in paths:
            for n in range(count):
                look = (client.get, client.head)[n % 2]
                statuses.add(look(path, headers=HINTS[n % 3]).status_code)
        return statuses

    def mailed(self) -> set[str]:
        """Every address in every mail, the secret ones and the others."""
        return {path for mail in Mail.objects.all() for path in ANY_LINK.findall(mail.text)}

    @pytest.fixture
    def every_kind(self, scene: Scene, asked: Any) -> None:
        """One mail of each kind that approvals write."""
        mia = person("mia", manager=scene.people["manager"])
        give(mia, "Branch manager", entity=scene.entity.pk)
        drain()
        [step], how = request_of(asked.subject).steps.all(), {"at": NOW}
        of = {"step": step, "by": scene.manager}
        approvals.ask_question(**of, text="Why?", **how, key=key())
        drain()
        approvals.answer_question(question=Question.objects.get(), text="So.", by=scene.requester, **how, key=key())
        approvals.nudge(about=asked, by=scene.requester, **how, key=key())
        loan = {"giver": mia, "taker": scene.people["buyer"], "starts_at": NOW, "ends_at": NOW + dt.timedelta(days=1)}
        authority.delegate(**loan, reason="Ill", by=scene.manager, **how, key=key())
        drain()
        telling.tell_above(step.pk, [mia.pk], key=key(), at=NOW)
        approvals.reassign(**of, to=mia, reason="Away", **how, key=key())
        drain()

    def test_a_thousand_times_changes_no_row(self, scene: Scene, every_kind: None, as_) -> None:
        """A scanner holds no session: a thousand times at each link that could decide, and at the others together."""
        kinds = set(Notice.objects.values_list("kind", flat=True))
        assert kinds == {"asked", "question", "answer", "nudged", "lent", "away", "escalated", "passed"}
        paths, clients = self.mailed(), [as_("manager"), as_("buyer"), as_("requester")]
        secret = [path for path in paths if "/mail/" in path]
        assert len(secret) >= 2
        before = everything()

        plain = paths - set(secret)
        assert self.hits(Client(), 1000, secret) == {302}
        assert self.hits(Client(), -(-1000 // len(plain)), plain) <= {302, 405}
        for client in clients:
            assert self.hits(client, 6, paths) <= {200, 403, 404, 405}
        assert everything() == before

    def test_twin_that_decides_on_looking_changes_rows(self, scene: Scene, asked: Any, as_, monkeypatch) -> None:
        def eager(request: Any, token: str, **more: Any) -> Any:
            link = links.find(token, person_id=request.actor.person_id, at=NOW)
            approvals.decide_by_mail(link=link, kind="approve", by=request.actor, at=NOW, key=key())
            return mailed.gone(request)

        monkeypatch.setattr(mailed, "page", eager)
        client = as_("manager")
        before = everything()
        self.hits(client, 1, [path_to("manager")])
        assert everything() != before
        assert fresh(asked).status == "approved"

    def test_shows_the_same_facts_and_two_buttons(self, scene: Scene, asked: Any, as_) -> None:
        page = as_("manager").get(path_to("manager")).content.decode()

        for word in (
            asked.number,
            "Outside any contract",
            "Rule 2",
            "Branch manager",
            "matrix version",
            "Approve",
            "Reject",
        ):
            assert word in page
        assert page.count('<form class="verb"') == 1

    def test_costs_few_queries(self, asked: Any, as_, django_assert_max_num_queries) -> None:
        client, path = as_("manager"), path_to("manager")
        with django_assert_max_num_queries(12):
            client.get(path)

    def test_asks_to_sign_in_first_and_comes_back(self, asked: Any) -> None:
        client, path = Client(), path_to("manager")
        answer = client.get(path)
        assert answer["Location"].startswith("/sign-in/?next=%2Finbox%2Fmail%2F")
        form = {"email": "manager@noordzee.example", "password": PASSWORD, "next": path}
        answer = client.post("/sign-in/", form)
        assert (answer.status_code, answer["Location"]) == (303, path)
        assert press(Client(), path).status_code == 401
        assert fresh(asked).status == "in_approval"


class TestDeciding:
    def test_approves(self, scene: Scene, asked: Any, as_) -> None:
        answer = press(as_("manager"), path_to("manager"))

        assert (answer.status_code, answer["Location"]) == (303, "/inbox/")
        assert fresh(asked).status == "approved"
        assert Decision.objects.get().seen == asked.version

    def test_rejects_with_a_reason(self, scene: Scene, asked: Any, as_) -> None:
        path = path_to("manager")
        assert press(as_("manager"), path, "reject", comment=" ").status_code == 422
        assert press(as_("manager"), path, "reject", comment="Too dear.").status_code == 303
        assert fresh(asked).status == "rejected"

    def test_pressed_twice_decides_once(self, scene: Scene, asked: Any, as_) -> None:
        path, once = path_to("manager"), key()
        first, again = (as_("manager").post(f"{path}approve/", {"key": once}) for _n in range(2))
        assert (first.status_code, again.status_code) == (303, 404)
        assert Decision.objects.count() == 1

    def used_and_taken_back(self, scene: Scene, asked: Any, client: Client, path: str, settings: Any) -> None:
        settings.APPROVAL_HOLD_SECONDS = 10.0
        press(client, path)
        step = request_of(asked.subject).steps.get()
        approvals.take_back(step=step, by=scene.manager, at=NOW, key=key())

    def test_works_once_even_after_taking_back(self, scene: Scene, asked: Any, as_, settings) -> None:
        client, path = as_("manager"), path_to("manager")
        self.used_and_taken_back(scene, asked, client, path, settings)

        assert press(client, path).status_code == 404
        assert request_of(asked.subject).steps.get().status == "active"

    def test_twin_that_does_not_mind_use_decides_again(
        self, scene: Scene, asked: Any, as_, settings, monkeypatch
    ) -> None:
        client, path = as_("manager"), path_to("manager")
        self.used_and_taken_back(scene, asked, client, path, settings)
        monkeypatch.setattr(links, "is_good", lambda link, **how: link.person_id == how["person_id"])

        assert press(client, path).status_code == 303
        assert request_of(asked.subject).steps.get().status == "held"


class TestBinding:
    def test_after_an_edit_it_shows_what_changed_and_never_approves(self, scene: Scene, asked: Any, as_) -> None:
        path = path_to("manager")
        mended = mend(scene, asked, 400)
        drain()

        page = as_("manager").get(path)
        posted = press(as_("manager"), path)

        assert (page.status_code, posted.status_code) == (200, 409)
        for text in (page.content.decode(), posted.content.decode()):
            assert "Changed since the mail" in text
            assert "<del>200" in text
            assert "<ins>800" in text
            assert 'class="verb"' not in text
            assert f"/inbox/{request_of(asked.subject).steps.get().pk}/" in text
        assert fresh(mended).status == "in_approval"
        assert as_("manager").get(path_to("manager")).status_code == 200  # the new mail's

    def test_a_careless_edit_is_noticed_too(self, scene: Scene, asked: Any, as_) -> None:
        """One that changes the content without asking anew: version and hash tell."""
        path = path_to("manager")
        type(asked)._base_manager.filter(pk=asked.pk).update(chain_head="0" * 64)

        assert press(as_("manager"), path).status_code == 409
        assert fresh(asked).status == "in_approval"

    def test_twin_that_does_not_compare_approves_what_was_not_seen(
        self, scene: Scene, asked: Any, as_, monkeypatch
    ) -> None:
        path = path_to("manager")
        type(asked)._base_manager.filter(pk=asked.pk).update(chain_head="0" * 64)
        monkeypatch.setattr(links, "is_of_other_content", lambda link, document: False)

        assert press(as_("manager"), path).status_code == 303
        assert fresh(asked).status == "approved"

    def test_it_opens_nothing_for_others(self, scene: Scene, asked: Any, as_) -> None:
        give(person("mia"), "Branch manager", entity=scene.entity.pk)
        scene.people["mia"] = type(scene.people["manager"]).objects.get(name="Mia")
        path = path_to("manager")

        assert as_("mia").get(path).status_code == 404
        assert press(as_("mia"), path).status_code == 404
        assert fresh(asked).status == "in_approval"

    def test_twin_that_takes_anybody_decides_for_others(self, scene: Scene, asked: Any, as_, monkeypatch) -> None:
        give(mia := person("mia"), "Branch manager", entity=scene.entity.pk)
        scene.people["mia"] = mia
        monkeypatch.setattr(links, "is_good", lambda link, **how: True)
        monkeypatch.setattr(by_mail.links, "is_good", lambda link, **how: True)

        assert press(as_("mia"), path_to("manager")).status_code == 303
        assert fresh(asked).status == "approved"

    def test_used_late_foreign_and_forged_links_answer_alike(self, scene: Scene, asked: Any, as_) -> None:
        path = path_to("manager")
        secret, sealed = path.split("/")[3].split(".")
        forged = [f"/inbox/mail/{secret}.{'0' * len(sealed)}/", f"/inbox/mail/x.{sealed}/", "/inbox/mail/nothing/"]
        answers = [as_("manager").get(one) for one in forged] + [as_("buyer").get(path)]
        press(as_("manager"), path)
        answers.append(as_("manager").get(path))
        with time_machine.travel(NOW + dt.timedelta(hours=72)):
            client = Client()
            client.force_login(scene.people["manager"])
            MailLink.objects.update(used_at=None)
            answers.append(client.get(path))

        mains = {re.search(r"<main.*?</main>", one.content.decode(), re.DOTALL)[0] for one in answers}
        assert {one.status_code for one in answers} == {404}
        assert len(mains) == 1
        assert 'href="/inbox/"' in mains.pop()

    def test_a_row_that_was_tampered_with_opens_nothing(self, scene: Scene, asked: Any, as_) -> None:
        path = path_to("manager")
        MailLink.objects.update(expires_at=NOW + dt.timedelta(days=400))
        assert as_("manager").get(path).status_code == 404

    def test_it_is_dead_after_somebody_elses_decision(self, scene: Scene, asked: Any, as_) -> None:
        give(mia := person("mia"), "Branch manager", entity=scene.entity.pk)
        path = path_to("manager")
        step = request_of(asked.subject).steps.get()
        approvals.decide(step=step, kind="approve", by=mia.actor, at=NOW, seen=asked.version, key=key())

        assert as_("manager").get(path).status_code == 404
        assert press(as_("manager"), path).status_code in (404, 409)
        assert Decision.objects.count() == 1
