"""The inbox over REST, and as a tab of the work page."""

from typing import Any

import pytest
from django.test import Client

from tests.procurement.conftest import as_, on_the_day  # noqa: F401  fixtures
from tests.scene import Scene, fresh, give, key, person, requested

API = "/api/v1/tasks/"


def post(client: Client, address: str, said: dict | None = None, *, once: str = "") -> Any:
    headers = {"Idempotency-Key": once or key()}
    return client.post(API + address, said or {}, content_type="application/json", headers=headers)


def waiting(client: Client) -> list[dict]:
    return client.get(API).json()["results"]


@pytest.fixture
def asked(scene: Scene) -> Any:
    return requested(scene)


class TestTasks:
    def test_show_what_waits_for_the_caller(self, asked, as_) -> None:
        (task,) = waiting(as_("manager"))

        assert task["title"].startswith(asked.number)
        assert (task["version"], task["amount"], task["requester"]) == (asked.version, "200.000000", "Requester")

    def test_are_nobody_elses(self, scene: Scene, asked, as_) -> None:
        scene.people["other"] = person("other")
        give(scene.people["other"], "Branch manager", site=scene.other_site.pk)
        (task,) = waiting(as_("manager"))
        said = {"kind": "approve", "version": asked.version}

        assert waiting(as_("other")) == []
        assert post(as_("other"), f"{task['id']}/decide/", said).status_code == 404
        assert post(as_("buyer"), f"{task['id']}/decide/", said).status_code == 403
        assert fresh(asked).status == "in_approval"

    def test_are_decided(self, asked, as_) -> None:
        (task,) = waiting(as_("manager"))

        answer = post(as_("manager"), f"{task['id']}/decide/", {"kind": "approve", "version": task["version"]})

        assert answer.status_code == 200, answer.json()
        assert (answer.json()["status"], answer.json()["is_open"]) == ("approved", False)
        assert fresh(asked).status == "approved"
        assert waiting(as_("manager")) == []

    def test_decided_twice_with_one_key_are_decided_once(self, asked, as_) -> None:
        (task,) = waiting(as_("manager"))
        said = {"kind": "approve", "version": task["version"]}

        answers = [post(as_("manager"), f"{task['id']}/decide/", said, once="the-same-key") for _n in range(2)]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert fresh(asked).version == asked.version + 1

    def test_on_a_version_that_is_not_the_documents_are_refused(self, asked, as_) -> None:
        (task,) = waiting(as_("manager"))

        answer = post(as_("manager"), f"{task['id']}/decide/", {"kind": "approve", "version": task["version"] - 1})

        assert answer.status_code == 409
        assert fresh(asked).status == "in_approval"

    def test_are_not_rejected_without_a_reason(self, asked, as_) -> None:
        (task,) = waiting(as_("manager"))

        assert post(as_("manager"), f"{task['id']}/decide/", {"kind": "reject", "version": 2}).status_code == 409
        assert post(as_("manager"), f"{task['id']}/decide/", {"kind": "take_back", "version": 2}).status_code == 400

    def test_are_taken_back_until_they_take_effect(self, asked, as_, settings) -> None:
        settings.APPROVAL_HOLD_SECONDS = 10
        (task,) = waiting(as_("manager"))
        post(as_("manager"), f"{task['id']}/decide/", {"kind": "approve", "version": task["version"]})

        answer = post(as_("manager"), f"{task['id']}/take_back/".replace("_", "-"))

        assert (answer.status_code, answer.json()["status"]) == (200, "active")
        assert len(waiting(as_("manager"))) == 1


class TestTheWorkPage:
    def test_of_an_approver_is_the_inbox(self, asked, as_, django_assert_max_num_queries) -> None:
        client = as_("manager")

        with django_assert_max_num_queries(6):
            page = client.get("/").content.decode()

        assert '<a href="?tab=approvals" aria-current="page"' in page
        assert asked.number in page
