"""What an approver does short of deciding: he asks, passes on, puts off; others remind him."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client

from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from governance.approvals import actions as approvals
from governance.approvals import queries, rules, staffing
from governance.approvals.actions import handing
from governance.approvals.models import Question, Task
from governance.approvals.queries import request_of
from organization.notifications.models import Mail, Notice
from organization.people.models import Person
from organization.scopes import actions as scopes
from organization.scopes.models import Membership
from tests.governance.scene import names_of
from tests.procurement.conftest import as_, on_the_day  # noqa: F401  fixtures
from tests.scene import NOW, SETUP, Scene, approve, fresh, give, key, person, requested


@pytest.fixture
def colleague(scene: Scene) -> Person:
    """A second branch manager."""
    give(who := person("mia"), "Branch manager", entity=scene.entity.pk)
    scene.people["mia"] = who
    return who


@pytest.fixture
def asked(scene: Scene) -> Any:
    return requested(scene)


def step_of(requisition: Any) -> Any:
    return request_of(requisition.subject).steps.select_related("request").get()


def waits_for(scene: Scene, name: str) -> bool:
    return queries.tasks_of(scene.people[name], at=NOW).exists()


def pass_on(scene: Scene, requisition: Any, to: Person, **more: Any) -> Any:
    said = {"reason": "You know the site.", "by": scene.manager, "at": NOW, "key": key()} | more
    return approvals.reassign(step=step_of(requisition), to=to, **said)


def ask(scene: Scene, requisition: Any, **more: Any) -> Question:
    said = {"text": "Why not Utrecht's stock?", "by": scene.manager, "at": NOW, "key": key()} | more
    approvals.ask_question(step=step_of(requisition), **said)
    return Question.objects.latest("id")


class TestAsking:
    def test_reaches_the_requester_who_answers(self, scene: Scene, asked: Any, as_) -> None:
        step = step_of(asked)
        answer = as_("manager").post(f"/inbox/{step.pk}/ask/", {"key": key(), "text": "Why now?"})
        assert (answer.status_code, answer["Location"]) == (303, f"/inbox/{step.pk}/")
        question = Question.objects.get()

        work = as_("requester").get("/?tab=questions").content.decode()
        assert "Why now?" in work
        page = as_("requester").post(f"/questions/{question.pk}/answer/", {"key": key(), "text": "The season starts."})

        assert page.status_code == 303
        card = as_("manager").get(f"/inbox/{step.pk}/").content.decode()
        assert "“Why now?”" in card
        assert "“The season starts.”" in card
        assert names_of(step.request.subject)[-2:] == ["QuestionAsked", "QuestionAnswered"]
        assert "?tab=questions" not in as_("requester").get("/").content.decode()

    def test_leaves_the_step_and_its_clock_as_they_are(self, scene: Scene, asked: Any) -> None:
        before = step_of(asked)
        ask(scene, asked)

        assert (step_of(asked).status, step_of(asked).due_at) == ("active", before.due_at)
        assert waits_for(scene, "manager")
        approve(scene, asked)
        assert fresh(asked).status == "approved"

    def test_tells_both_in_the_product_and_by_mail(self, scene: Scene, asked: Any) -> None:
        question = ask(scene, asked)
        drain()
        approvals.answer_question(question=question, text="No.", by=scene.requester, at=NOW, key=key())
        drain()

        told = {(one.kind, one.person_id) for one in Notice.objects.exclude(kind="asked")}
        assert told == {("question", scene.people["requester"].pk), ("answer", scene.people["manager"].pk)}
        assert {one.to for one in Mail.objects.filter(text__contains="Why not Utrecht's stock?")} == {
            "requester@noordzee.example",
            "manager@noordzee.example",
        }

    def test_names_a_colleague_by_address_or_name(self, scene: Scene, asked: Any, as_) -> None:
        step = step_of(asked).pk
        for whom in ("buyer@noordzee.example", "planner"):
            as_("manager").post(f"/inbox/{step}/ask/", {"key": key(), "text": "Stock?", "whom": whom})
        unknown = as_("manager").post(f"/inbox/{step}/ask/", {"key": key(), "text": "Stock?", "whom": "nobody"})

        assert [one.asked.name for one in Question.objects.order_by("id")] == ["Buyer", "Planner"]
        assert unknown.status_code == 422
        assert "No colleague has this mail address or name." in unknown.content.decode()
        assert ">Stock?</textarea>" in unknown.content.decode()

    def test_is_for_whom_it_waits(self, scene: Scene, asked: Any) -> None:
        with pytest.raises(NotYours):
            ask(scene, asked, by=scene.buyer)
        with pytest.raises(Refused, match="other than yourself"):
            ask(scene, asked, of_whom=scene.people["manager"])
        with pytest.raises(Refused, match="does not work here"):
            ask(scene, asked, of_whom=scene.supplier_person)

    def test_is_answered_once_by_the_one_who_was_asked(self, scene: Scene, asked: Any, as_) -> None:
        question = ask(scene, asked)
        with pytest.raises(NotYours):
            approvals.answer_question(question=question, text="x", by=scene.buyer, at=NOW, key=key())
        assert as_("buyer").get(f"/questions/{question.pk}/").status_code == 404
        approvals.answer_question(question=question, text="x", by=scene.requester, at=NOW, key=key())
        with pytest.raises(Refused, match="answered already"):
            approvals.answer_question(question=question, text="y", by=scene.requester, at=NOW, key=key())

    def test_is_not_answered_after_the_decision(self, scene: Scene, asked: Any) -> None:
        question = ask(scene, asked)
        approve(scene, asked)
        with pytest.raises(Refused, match="decided meanwhile"):
            approvals.answer_question(question=question, text="x", by=scene.requester, at=NOW, key=key())
        assert not queries.unanswered(scene.people["requester"].pk).exists()

    def test_costs_few_queries(self, scene: Scene, asked: Any, as_, django_assert_max_num_queries) -> None:
        for _n in range(3):
            question = ask(scene, asked)
        client, looker, step = as_("manager"), as_("requester"), step_of(asked).pk
        with django_assert_max_num_queries(12):
            client.get(f"/inbox/{step}/")
        with django_assert_max_num_queries(8):
            looker.get(f"/questions/{question.pk}/")


class TestPassingOn:
    def test_moves_the_task_with_its_reason(self, scene: Scene, colleague: Person, asked: Any, as_) -> None:
        before = step_of(asked)
        form = {"key": key(), "to": colleague.pk, "reason": "You know the site."}
        answer = as_("manager").post(f"/inbox/{before.pk}/reassign/", form)

        assert (answer.status_code, answer["Location"]) == (303, "/inbox/")
        assert not waits_for(scene, "manager")
        assert waits_for(scene, "mia")
        assert step_of(asked).due_at == before.due_at
        assert "“You know the site.”" in as_("mia").get(f"/inbox/{before.pk}/").content.decode()
        drain()
        assert Mail.objects.filter(to=colleague.email, subject__startswith="Manager asks you to decide").count() == 1

    def test_the_new_one_decides(self, scene: Scene, colleague: Person, asked: Any) -> None:
        pass_on(scene, asked, colleague)
        approvals.decide(
            step=step_of(asked), kind="approve", by=colleague.actor, at=NOW, seen=fresh(asked).version, key=key()
        )
        assert fresh(asked).status == "approved"

    def test_offers_only_who_holds_the_role_there(self, scene: Scene, colleague: Person, asked: Any, as_) -> None:
        give(person("far"), "Branch manager", site=scene.other_site.pk)
        page = as_("manager").get(f"/inbox/{step_of(asked).pk}/reassign/").content.decode()

        assert f'<option value="{colleague.pk}">' in page
        assert page.count("<option") == 2

    @pytest.mark.parametrize("name", ["buyer", "requester"])
    def test_needs_the_authority(self, scene: Scene, asked: Any, name: str) -> None:
        with pytest.raises(Refused, match="does not hold this authority"):
            pass_on(scene, asked, scene.people[name])
        assert waits_for(scene, "manager")

    def test_needs_the_authority_here(self, scene: Scene, asked: Any) -> None:
        give(far := person("far"), "Branch manager", site=scene.other_site.pk)
        with pytest.raises(Refused, match="does not hold this authority"):
            pass_on(scene, asked, far)

    def test_twin_that_does_not_look_lets_anybody_have_it(self, scene: Scene, asked: Any, monkeypatch) -> None:
        """Even then he cannot decide: the authority is asked again."""
        membership = Membership.objects.get(person=scene.people["manager"])
        anybody = lambda person_id, step: staffing.Taker(person_id, "Buyer", membership)  # noqa: E731
        monkeypatch.setattr(staffing, "holder", anybody)
        monkeypatch.setattr(handing, "check_successor", lambda *args, **kwargs: None)
        pass_on(scene, asked, scene.people["buyer"])

        assert waits_for(scene, "buyer")
        with pytest.raises(NotYours):
            approvals.decide(
                step=step_of(asked), kind="approve", by=scene.buyer, at=NOW, seen=fresh(asked).version, key=key()
            )

    def test_keeps_duties_apart(self, scene: Scene, asked: Any) -> None:
        give(scene.people["requester"], "Branch manager", entity=scene.entity.pk)
        with pytest.raises(Refused, match="who asks does not approve"):
            pass_on(scene, asked, scene.people["requester"])

    def test_twin_without_the_rule_passes_it_to_who_asked(self, scene: Scene, asked: Any, monkeypatch) -> None:
        give(scene.people["requester"], "Branch manager", entity=scene.entity.pk)
        monkeypatch.setattr(rules, "objection", lambda **facts: None)
        pass_on(scene, asked, scene.people["requester"])
        assert waits_for(scene, "requester")

    def test_is_for_whom_it_waits_and_says_why(self, scene: Scene, colleague: Person, asked: Any) -> None:
        with pytest.raises(NotYours):
            pass_on(scene, asked, colleague, by=scene.buyer)
        with pytest.raises(Refused, match="Say why"):
            pass_on(scene, asked, colleague, reason=" ")
        with pytest.raises(Refused, match="waits for you already"):
            pass_on(scene, asked, scene.people["manager"])

    def test_comes_back_when_the_new_one_loses_the_role(self, scene: Scene, colleague: Person, asked: Any) -> None:
        pass_on(scene, asked, colleague)
        membership = Membership.objects.get(person=colleague)
        scopes.end_role(membership=membership, by=SETUP, at=NOW, key=key())
        drain()

        assert waits_for(scene, "manager")
        assert not waits_for(scene, "mia")

    def test_twin_that_forgets_leaves_nobody(self, scene: Scene, colleague: Person, asked: Any, monkeypatch) -> None:
        monkeypatch.setattr("governance.approvals.actions.asking.come_back", lambda *args, **kwargs: None)
        pass_on(scene, asked, colleague)
        scopes.end_role(membership=Membership.objects.get(person=colleague), by=SETUP, at=NOW, key=key())
        drain()
        assert not Task.objects.filter(is_open=True).exists()


class TestSnoozing:
    def test_hides_it_until_it_comes_back_by_itself(self, scene: Scene, asked: Any, as_) -> None:
        step = step_of(asked)
        as_("manager").post(f"/inbox/{step.pk}/snooze/", {"key": key(), "hours": 4})

        assert asked.number not in as_("manager").get("/inbox/").content.decode()
        assert asked.number not in as_("manager").get("/").content.decode()
        assert asked.number in as_("manager").get("/inbox/?tab=snoozed").content.decode()
        assert step_of(asked).due_at == step.due_at
        with time_machine.travel(NOW + dt.timedelta(hours=4, seconds=1)):
            assert asked.number in as_("manager").get("/inbox/").content.decode()
            assert asked.number not in as_("manager").get("/inbox/?tab=snoozed").content.decode()

    def test_is_ones_own_affair(self, scene: Scene, colleague: Person, asked: Any) -> None:
        approvals.snooze(step=step_of(asked), until=NOW + dt.timedelta(hours=1), by=scene.manager, at=NOW, key=key())
        assert queries.awake(queries.tasks_of(colleague, at=NOW), at=NOW).exists()
        with pytest.raises(NotYours):
            approvals.snooze(step=step_of(asked), until=None, by=scene.buyer, at=NOW, key=key())

    @pytest.mark.parametrize("days", [-1, 0, 31])
    def test_has_an_end_ahead_and_in_sight(self, scene: Scene, asked: Any, days: int) -> None:
        with pytest.raises(Refused, match="at most 30 days"):
            approvals.snooze(
                step=step_of(asked), until=NOW + dt.timedelta(days=days), by=scene.manager, at=NOW, key=key()
            )

    def test_ends_when_one_says_so(self, scene: Scene, asked: Any, as_) -> None:
        step = step_of(asked).pk
        as_("manager").post(f"/inbox/{step}/snooze/", {"key": key(), "hours": 4})
        as_("manager").post(f"/inbox/{step}/snooze/", {"key": key(), "hours": 0})
        assert asked.number in as_("manager").get("/inbox/").content.decode()


class TestReminding:
    def nudge(self, client: Client, requisition: Any) -> Any:
        return client.post(f"/requests/{requisition.number}/nudge/", {"key": key(), "seen": fresh(requisition).version})

    def test_is_done_once_a_day_by_the_requester(self, scene: Scene, asked: Any, as_) -> None:
        drain()
        assert self.nudge(as_("requester"), asked).status_code == 303
        again = self.nudge(as_("requester"), asked)
        drain()

        assert again.status_code == 409
        assert "You can remind them again on 3 Mar" in again.content.decode()
        assert Mail.objects.filter(subject__startswith="Requester reminds you").count() == 1
        with time_machine.travel(NOW + dt.timedelta(days=1)):
            assert self.nudge(as_("requester"), asked).status_code == 303

    def test_twin_without_the_day_reminds_again(self, scene: Scene, asked: Any, as_, monkeypatch) -> None:
        days = iter([dt.date(2026, 3, 2), dt.date(2026, 3, 3)])
        monkeypatch.setattr(handing, "day_at", lambda request, at: next(days))
        assert [self.nudge(as_("requester"), asked).status_code for _n in range(2)] == [303, 303]

    def test_is_for_whoever_sees_the_document(self, scene: Scene, asked: Any, as_) -> None:
        give(other := person("nosy"), "Requester", site=scene.other_site.pk)
        scene.people["nosy"] = other
        assert self.nudge(as_("nosy"), asked).status_code == 404
        with pytest.raises(NotYours):
            approvals.nudge(about=asked, by=other.actor, at=NOW, key=key())
        assert self.nudge(as_("buyer"), asked).status_code == 303

    def test_of_what_waits_for_nobody_is_refused(self, scene: Scene, asked: Any, as_) -> None:
        approve(scene, asked)
        assert self.nudge(as_("requester"), asked).status_code == 409


class TestCopyAsDraft:
    @pytest.mark.parametrize("kind", ["reject", "send_back"])
    def test_is_one_press_away_and_all_anew(self, scene: Scene, asked: Any, as_, kind: str) -> None:
        approvals.decide(
            step=step_of(asked), kind=kind, comment="no", by=scene.manager, at=NOW, seen=asked.version, key=key()
        )
        page = as_("requester").get(f"/requests/{asked.number}/").content.decode()
        assert "Copy as draft" in page
        form = {"key": key(), "seen": fresh(asked).version}
        answer = as_("requester").post(f"/requests/{asked.number}/copy/", form)

        copied = type(asked)._base_manager.latest("id")
        assert answer["Location"] == f"/requests/{copied.number}/edit/"
        assert (copied.status, copied.checks, copied.submitted_at) == ("draft", [], None)
        assert {one.lineage for one in copied.lines.all()}.isdisjoint(one.lineage for one in asked.lines.all())


class TestOverTheApi:
    def post(self, client: Client, address: str, said: dict) -> Any:
        return client.post(
            f"/api/v1/{address}", said, content_type="application/json", headers={"Idempotency-Key": key()}
        )

    def test_everything_has_a_verb(self, scene: Scene, colleague: Person, asked: Any, as_) -> None:
        (task,) = as_("manager").get("/api/v1/tasks/").json()["results"]
        mine = f"tasks/{task['id']}"
        answers = [
            self.post(as_("manager"), f"{mine}/ask/", {"text": "Why?"}),
            self.post(as_("manager"), f"{mine}/snooze/", {"until": (NOW + dt.timedelta(hours=1)).isoformat()}),
            self.post(as_("requester"), f"requisitions/{asked.number}/nudge/", {}),
            self.post(as_("manager"), f"{mine}/reassign/", {"to": colleague.email, "reason": "Yours"}),
        ]
        assert [one.status_code for one in answers] == [200] * 4, [one.content for one in answers]
        (question,) = as_("requester").get("/api/v1/questions/").json()["results"]
        answer = self.post(as_("requester"), f"questions/{question['id']}/answer/", {"text": "So."})
        assert (answer.status_code, answer.json()["answer"]) == (200, "So.")
        assert self.post(as_("manager"), f"{mine}/reassign/", {"to": "x@y.example", "reason": "x"}).status_code == 400
