"""The inbox: what is shown to whom, what a press of a button does, and what it refuses to do."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from foundation.journal.relay import drain
from governance.approvals.models import Decision
from governance.approvals.queries import request_of
from governance.authority.models import MatrixRule
from procurement.requisitions import actions as requisitions
from procurement.requisitions.models import Requisition
from tests.procurement.conftest import as_, on_the_day  # noqa: F401  fixtures
from tests.scene import NOW, Scene, fresh, give, key, person, requested


def asked(scene: Scene, **how: object) -> tuple[Requisition, int]:
    """A request that waits for the manager, and the step that is his."""
    requisition = requested(scene, **how)
    return requisition, request_of(requisition.subject).steps.get().pk


def press(client: Client, step: int, verb: str, document: Requisition, **more: object) -> object:
    return client.post(f"/inbox/{step}/{verb}/", {"seen": document.version, "key": key(), **more})


class TestInbox:
    def test_shows_what_waits_and_the_first_card(self, scene: Scene, as_) -> None:
        requisition, _step = asked(scene)

        shown = as_("manager").get("/inbox/").content.decode()

        assert requisition.number in shown
        assert "Approve" in shown
        assert "Outside any contract" in shown
        assert "Rule 2" in shown

    def test_says_that_nothing_waits(self, scene: Scene, as_) -> None:
        assert "Nothing waits for you." in as_("manager").get("/inbox/").content.decode()

    def test_keeps_what_was_decided_under_its_own_tab(self, scene: Scene, as_) -> None:
        requisition, step = asked(scene)
        press(as_("manager"), step, "approve", requisition)

        assert requisition.number not in as_("manager").get("/inbox/").content.decode()
        assert requisition.number in as_("manager").get("/inbox/?tab=done").content.decode()

    def test_costs_few_queries(self, scene: Scene, as_, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        for _n in range(3):
            asked(scene)
        client = as_("manager")
        with django_assert_max_num_queries(12):
            client.get("/inbox/")

    def test_is_for_those_who_decide(self, scene: Scene, as_) -> None:
        assert as_("requester").get("/inbox/").status_code == 403

    def test_tells_nothing_of_what_was_asked_of_others(self, scene: Scene, as_) -> None:
        _requisition, step = asked(scene)
        other = Client()
        give(who := person("nosy"), "Branch manager", site=scene.other_site.pk)
        other.force_login(who)

        assert other.get(f"/inbox/{step}/").status_code == 404
        assert other.get(f"/requests/asked/{step}/").status_code == 404
        assert press(other, step, "approve", _requisition).status_code == 404


class TestApprove:
    def test_takes_effect(self, scene: Scene, as_) -> None:
        requisition, step = asked(scene)

        answer = press(as_("manager"), step, "approve", requisition)

        assert (answer.status_code, answer.url) == (303, "/inbox/")
        assert fresh(requisition).status == "approved"

    def test_of_a_version_that_was_not_seen_shows_the_difference(self, scene: Scene, as_) -> None:
        requisition, step = asked(scene)
        requisitions.withdraw(requisition=requisition, by=scene.requester, at=NOW, seen=requisition.version, key=key())
        page = press(as_("manager"), step, "approve", requisition)

        assert page.status_code == 409
        assert fresh(requisition).status == "draft"

    def test_can_be_taken_back_while_it_is_held(self, scene: Scene, as_, settings) -> None:
        settings.APPROVAL_HOLD_SECONDS = 10.0
        requisition, step = asked(scene)
        press(as_("manager"), step, "approve", requisition)
        assert 'data-undo="10"' in as_("manager").get("/inbox/").content.decode()

        as_("manager").post(f"/inbox/{step}/take-back/", {"key": key()})

        assert fresh(requisition).status == "in_approval"
        assert requisition.number in as_("manager").get("/inbox/").content.decode()
        assert Decision.objects.count() == 2  # nothing is deleted


class TestRejectAndSendBack:
    @pytest.mark.parametrize(("verb", "became"), [("reject", "rejected"), ("send-back", "returned")])
    def test_tell_the_requester_why(self, scene: Scene, as_, verb: str, became: str) -> None:
        requisition, step = asked(scene)

        press(as_("manager"), step, verb, requisition, comment="We have 400 in Utrecht.")

        assert fresh(requisition).status == became
        assert "We have 400 in Utrecht." in as_("requester").get(f"/requests/{requisition.number}/").content.decode()

    @pytest.mark.parametrize("verb", ["reject", "send-back"])
    def test_need_a_reason(self, scene: Scene, as_, verb: str) -> None:
        requisition, step = asked(scene)

        page = press(as_("manager"), step, verb, requisition, comment="  ")

        assert page.status_code == 422
        assert "Say why" in page.content.decode()
        assert fresh(requisition).status == "in_approval"

    def test_keep_what_was_typed_when_they_are_refused(self, scene: Scene, as_) -> None:
        requisition, step = asked(scene)
        requisitions.withdraw(requisition=requisition, by=scene.requester, at=NOW, seen=requisition.version, key=key())

        page = press(as_("manager"), step, "reject", requisition, comment="Too dear for what it is.")

        assert page.status_code == 409
        assert "Too dear for what it is." in page.content.decode()


class TestApproveMany:
    def chosen(self, scene: Scene, *documents: Requisition) -> list[str]:
        tasks = [request_of(one.subject).steps.get().tasks.get() for one in documents]
        return [f"{task.pk}:{task.step.request.about_version}" for task in tasks]

    def test_takes_only_what_looks_clean(self, scene: Scene, as_) -> None:
        dubious, _step = asked(scene)

        page = as_("manager").post("/inbox/approve/", {"key": key(), "chosen": self.chosen(scene, dubious)})

        assert "Needs a look" in page.content.decode()
        assert fresh(dubious).status == "in_approval"

    def test_approves_the_others(self, scene: Scene, as_, monkeypatch) -> None:
        monkeypatch.setattr("governance.approvals.cards.warnings", lambda facts: [])  # as if all were under contract
        first, second = asked(scene)[0], asked(scene)[0]
        choice = self.chosen(scene, first, second)
        requisitions.withdraw(requisition=second, by=scene.requester, at=NOW, seen=second.version, key=key())

        page = as_("manager").post("/inbox/approve/", {"key": key(), "chosen": choice}).content.decode()
        drain()

        assert (fresh(first).status, fresh(second).status) == ("approved", "draft")
        assert "<strong>1</strong> done" in page


class TestDerive:
    def test_proves_the_route_or_names_what_differs(self, scene: Scene, as_) -> None:
        _requisition, step = asked(scene)
        address = f"/inbox/{step}/derive/"
        proven = as_("manager").get(address).content.decode()
        MatrixRule.objects.exclude(steps=[]).update(amount_from=90_000, amount_to=None)
        tampered = as_("manager").get(address).content.decode()

        assert "give the very route that was asked" in proven
        assert f'href="{address}"' in as_("manager").get(f"/inbox/{step}/").content.decode()
        assert "The rules of this version are not those that were published." in tampered
        assert "was asked, and the rules do not ask it" in tampered
        assert as_("buyer").get(address).status_code in (403, 404)
