"""The bars of approving, in a browser: from the mail, undone, many at once, why and who, on a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from foundation.journal.models import Entry
from foundation.journal.relay import drain
from governance.approvals.models import ApprovalRequest, ApprovalStep, Question, Task
from governance.approvals.queries import request_of
from procurement.requisitions.models import Requisition
from tests.browser import accept_everywhere, overflow
from tests.governance.approvals.test_mailed import mend, path_to
from tests.procurement.conftest import on_the_day  # noqa: F401  fixture
from tests.scene import PASSWORD, Scene, fresh, give, person, requested

pytestmark = pytest.mark.browser
Eyes = Callable[..., Page]
CLEAN = {
    "budget": "within",
    "contract": "covered",
    "supplier_risk": "low",
    "supplier_tenure": "established",
    "price": "in_line",
    "urgency": "normal",
    "inventory_impact": "none",
    "customer_commitment": "none",
}


@pytest.fixture
def asked(scene: Scene) -> Any:
    made = requested(scene)
    drain()
    return made


def approve_button(page: Page) -> Any:
    return page.get_by_role("button", name=re.compile("^Approve €|^Approve .*200"))


class TestFromTheMail:
    def test_two_clicks_when_signed_in(self, eyes: Eyes, scene: Scene, asked: Any) -> None:
        """The link is the first, the button the second."""
        page = eyes(scene.people["manager"], path_to("manager"))
        accept_everywhere(page, "mailed")
        approve_button(page).click()

        expect(page).to_have_url(re.compile("/inbox/$"))
        assert fresh(asked).status == "approved"

    def test_signing_in_leads_back(self, eyes: Eyes, scene: Scene, asked: Any) -> None:
        page = eyes(None, path_to("manager"), width=390)
        page.get_by_label("Mail address").fill("manager@noordzee.example")
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).to_have_url(re.compile("/inbox/mail/"))
        approve_button(page).click()

        expect(page).to_have_url(re.compile("/inbox/$"))
        assert fresh(asked).status == "approved"

    def test_after_an_edit_and_after_use(self, eyes: Eyes, scene: Scene, asked: Any) -> None:
        path = path_to("manager")
        mend(scene, asked, 400)
        page = eyes(scene.people["manager"], path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Changed since the mail")
        accept_everywhere(page, "mailed-overtaken")
        page.get_by_role("link", name="See it as it stands now").click()
        expect(page.locator(".ask-value").first).to_contain_text("800")
        page.goto(page.url.partition("/inbox")[0] + "/inbox/mail/nothing/")
        accept_everywhere(page, "mailed-gone")


class TestUndo:
    def state(self, asked: Any) -> list[Any]:
        """Everything of the document, its steps and its tasks."""
        rows = [Requisition._base_manager.filter(pk=asked.pk), ApprovalStep.objects.all(), Task.objects.all()]
        return [list(one.order_by("pk").values()) for one in rows]

    def test_restores_the_exact_state_and_nothing_left_before(
        self, eyes: Eyes, scene: Scene, asked: Any, settings: Any
    ) -> None:
        settings.APPROVAL_HOLD_SECONDS = 10.0
        before = self.state(asked)
        page = eyes(scene.people["manager"], "/inbox/")
        approve_button(page).click()
        expect(page.get_by_role("button", name="Take back")).to_be_visible()
        assert self.state(asked) != before
        drain()  # whatever is due is delivered: the decision is not, so nothing that follows from it is
        assert fresh(asked).status == "in_approval"
        assert not Entry.objects.filter(name__endswith="RequisitionApproved").exists()

        page.get_by_role("button", name="Take back").click()
        expect(approve_button(page)).to_be_visible()

        assert self.state(asked) == before

    def test_twin_without_the_hold_is_out_at_once(self, eyes: Eyes, scene: Scene, asked: Any) -> None:
        page = eyes(scene.people["manager"], "/inbox/")
        approve_button(page).click()
        expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
        assert Entry.objects.filter(name__endswith="RequisitionApproved").exists()


def test_fifty_clean_ones_are_approved_with_one_click(eyes: Eyes, scene: Scene) -> None:
    """They are chosen already; what needs a look cannot be among them."""
    many = [requested(scene, title=f"Shelf {n}") for n in range(50)]
    ApprovalRequest.objects.update(facts=CLEAN)
    dubious = requested(scene, title="Off contract")
    page = eyes(scene.people["manager"], "/inbox/")
    expect(page.locator('input[name="chosen"]')).to_have_count(50)
    page.get_by_role("button", name="Approve the 50 that look clean").click()

    expect(page.locator(".summary")).to_contain_text("50 done")
    expect(page.locator("tbody tr", has_text="Done")).to_have_count(50)
    drain()
    assert {fresh(one).status for one in many} == {"approved"}
    assert fresh(dubious).status == "in_approval"


class TestTheCard:
    def test_says_why_who_and_what_without_a_click(self, eyes: Eyes, scene: Scene, asked: Any) -> None:
        """Rule, words and version; every step with name and time; six facts above the fold; nothing fetched for it."""
        page = eyes(scene.people["manager"], "/inbox/", script=False)
        page.set_viewport_size({"width": 1366, "height": 768})
        for text in ("Why you", "Rule 2:", "matrix version 1", "Manager", "due"):
            expect(page.locator(".ask").get_by_text(re.compile(re.escape(text))).first).to_be_visible()
        tiles = page.locator(".ask .tiles > div")
        assert tiles.count() >= 6
        for n in range(6):
            box = tiles.nth(n).bounding_box()
            assert box["y"] + box["height"] <= 768

    def test_names_every_step_on_the_request_too(self, eyes: Eyes, scene: Scene, asked: Any) -> None:
        page = eyes(scene.people["requester"], f"/requests/{asked.number}/")
        strip = page.get_by_role("list", name="Who approves, in order")
        expect(strip).to_contain_text("Manager")
        expect(strip).to_contain_text("due")
        page.get_by_role("button", name="Remind").click()
        expect(page.get_by_text("Reminded.")).to_be_visible()
        accept_everywhere(page, "request-asked")

    def test_on_a_phone(self, eyes: Eyes, scene: Scene, asked: Any) -> None:
        step = request_of(asked.subject).steps.get().pk
        for path in (f"/inbox/{step}/", path_to("manager")):
            page = eyes(scene.people["manager"], path, width=390)
            box = approve_button(page).bounding_box()
            assert box["y"] + box["height"] <= page.viewport_size["height"]
            assert page.locator(".decide").bounding_box()["height"] >= 56
            assert overflow(page) == 0
            accept_everywhere(page, "phone")


def test_asking_passing_on_and_putting_off(eyes: Eyes, scene: Scene, asked: Any) -> None:
    give(person("mia"), "Branch manager", entity=scene.entity.pk)
    page = eyes(scene.people["manager"], "/inbox/")
    page.locator("summary", has_text="Ask").click()
    page.get_by_label("What do you want to know?").fill("Why not from Utrecht?")
    accept_everywhere(page, "inbox-ask")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator(".say[open]").get_by_role("button", name="Ask").click()
    expect(page.get_by_text("“Why not from Utrecht?”")).to_be_visible()

    other = eyes(scene.people["requester"], "/")
    other.get_by_role("link", name=re.compile("Question REQ-")).click()
    expect(other.get_by_label("Your answer")).to_be_visible()
    accept_everywhere(other, "question")
    other.get_by_label("Your answer").fill("Utrecht is empty.")
    other.get_by_role("button", name="Answer Manager").click()
    expect(other.get_by_text("Sent to Manager.")).to_be_visible()
    assert Question.objects.get().answer == "Utrecht is empty."

    page.reload()
    expect(page.get_by_text("“Utrecht is empty.”")).to_be_visible()
    accept_everywhere(page, "inbox-answered")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.locator("summary", has_text="Snooze").click()
    accept_everywhere(page, "inbox-snooze")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="4 hours").click()
    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
    page.get_by_role("link", name="Snoozed").click()
    page.get_by_role("link", name="Pass on").click()
    page.get_by_label("To whom?").select_option(label="Mia")
    page.get_by_label("Why? Your colleague reads it.").fill("I am away.")
    accept_everywhere(page, "reassign")
    page.get_by_role("button", name="Pass it on").click()
    expect(page.get_by_text("Passed to Mia.")).to_be_visible()
