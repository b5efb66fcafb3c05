"""Bars 3, 6, 10, 11 and 43 in a browser, counted: keys, clicks, and whose words stand in the end."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from foundation.journal.relay import drain
from governance.approvals.models import Decision
from governance.approvals.queries import request_of
from governance.authority.models import Delegation
from organization.notifications.models import Notice
from procurement.requisitions import actions as requisitions
from procurement.requisitions.models import Requisition
from tests.browser import accept_everywhere
from tests.governance.approvals.test_mailed import mend, path_to
from tests.procurement.conftest import on_the_day  # noqa: F401  fixture
from tests.scene import NOW, Scene, fresh, give, key, person, requested

pytestmark = pytest.mark.browser
Eyes = Callable[..., Page]


class Clicks:
    """Counts what a hand does."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, what: Any) -> None:
        self.count += 1
        what.click()


def test_one_key_decides_and_the_next_card_is_there(eyes: Eyes, scene: Scene) -> None:
    """Bar 3: one key a decision, three in a row, nothing else pressed."""
    asked = [requested(scene, title=f"Shelf {n}") for n in range(3)]
    page = eyes(scene.people["manager"], "/inbox/")
    for n, _document in enumerate(asked):
        expect(page.locator(".ask-head h2")).to_have_text(re.compile(f"Shelf {n}$"))
        page.wait_for_load_state()
        page.keyboard.press("a")
    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()

    assert {fresh(one).status for one in asked} == {"approved"}
    assert Decision.objects.count() == 3


def test_an_old_link_shows_the_difference_and_never_approves(eyes: Eyes, scene: Scene) -> None:
    """Bar 6."""
    asked = requested(scene)
    drain()
    path = path_to("manager")
    page = eyes(scene.people["manager"], path)
    mend(scene, asked, 400)  # while the page with the button is open
    page.get_by_role("button", name=re.compile("^Approve ")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Changed since the mail")
    expect(page.get_by_text("800.00").first).to_be_visible()
    assert fresh(asked).status == "in_approval"
    assert not Decision.objects.exists()


class TestDelegating:
    """Bar 10: at most four clicks, who stands in is told, decisions read "A for B", duties checked before saving."""

    def test_in_four_clicks_until_i_am_back(self, eyes: Eyes, scene: Scene) -> None:
        give(person("mia"), "Branch manager", site=scene.other_site.pk)
        page, click = eyes(scene.people["manager"], "/inbox/"), Clicks()
        click(page.locator("header summary").last)
        click(page.get_by_role("link", name="Delegations"))
        click(page.get_by_role("link", name="Lend authority"))
        page.get_by_label("Who stands in?").select_option(label="Mia")
        page.get_by_label("Why? Both read it.").fill("Holiday")
        accept_everywhere(page, "lend")
        page.set_viewport_size({"width": 1440, "height": 900})
        click(page.get_by_role("button", name="Lend the authority"))
        expect(page.get_by_text("The authority is lent.")).to_be_visible()
        assert click.count == 4
        drain()
        assert "stand in for Manager" in Notice.objects.get(kind="lent").text

        asked = requested(scene)
        other = eyes(Delegation.objects.get().taker, "/inbox/")
        other.keyboard.press("a")
        expect(other.get_by_text("Nothing waits for you.")).to_be_visible()
        page.goto(f"{page.url.partition('/delegations')[0]}/requests/{asked.number}/")
        expect(page.get_by_role("list", name="Who approves, in order")).to_contain_text("Mia for Manager")

        page.goto(f"{page.url.partition('/requests')[0]}/inbox/")
        accept_everywhere(page, "inbox-away")
        page.set_viewport_size({"width": 1440, "height": 900})
        page.get_by_role("button", name="I'm back").click()
        expect(page.get_by_text("The delegation has ended.")).to_be_visible()
        assert Delegation.objects.get().ended_at

    def test_duties_are_checked_before_it_is_saved(self, eyes: Eyes, scene: Scene) -> None:
        asked = requested(scene)
        page = eyes(scene.people["manager"], "/delegations/lend/")
        page.get_by_label("Who stands in?").select_option(label="Requester")
        page.get_by_label("Why? Both read it.").fill("Holiday")
        page.get_by_role("button", name="Lend the authority").click()

        expect(page.get_by_text("Requester could not decide everything")).to_be_visible()
        expect(page.get_by_text(asked.number)).to_be_visible()
        assert not Delegation.objects.exists()
        accept_everywhere(page, "lend-conflict")
        page.set_viewport_size({"width": 1440, "height": 900})
        page.get_by_role("button", name="Lend the authority").click()
        expect(page.get_by_text("The authority is lent.")).to_be_visible()

    def test_by_my_manager_too(self, eyes: Eyes, scene: Scene) -> None:
        head = person("head")
        scene.people["manager"].manager = head
        scene.people["manager"].save()
        page = eyes(head, "/delegations/lend/")
        page.get_by_label("Whose authority?").select_option(label="Manager")
        page.get_by_label("Who stands in?").select_option(label="Buyer")
        page.get_by_label("Why? Both read it.").fill("Ill")
        page.get_by_role("button", name="Lend the authority").click()
        expect(page.get_by_text("The authority is lent.")).to_be_visible()
        drain()

        assert Delegation.objects.get().giver.name == "Manager"
        assert "Buyer stands in for you" in Notice.objects.get(kind="away").text


@pytest.mark.parametrize("how", ["send back", "reject", "withdraw"])
def test_no_is_not_the_end(eyes: Eyes, scene: Scene, how: str) -> None:
    """Bar 11: one click leads from what was not approved to a draft with the same lines."""
    asked = requested(scene, items=2)
    if how == "withdraw":
        page = eyes(scene.people["requester"], f"/requests/{asked.number}/")
        page.get_by_role("button", name="Withdraw").click()
        expect(page.get_by_text("The request is a draft again")).to_be_visible()
    else:
        from governance.approvals import actions as approvals

        kind = how.replace(" ", "_")
        [step] = request_of(asked.subject).steps.all()
        said = {"kind": kind, "comment": "Not now", "seen": asked.version, "key": key()}
        approvals.decide(step=step, **said, by=scene.manager, at=NOW)
        page = eyes(scene.people["requester"], f"/requests/{asked.number}/")
    click = Clicks()
    click(page.get_by_role("button", name="Copy as draft"))
    expect(page.get_by_text("Copied. Check dates and prices.")).to_be_visible()

    again = Requisition._base_manager.latest("pk")
    assert (click.count, again.status, again.line_count) == (1, "draft", 2)


def test_the_second_who_saves_sees_what_the_first_changed(eyes: Eyes, scene: Scene) -> None:
    """Bar 43: nothing is overwritten silently, nothing typed is lost."""
    asked = requested(scene)
    draft = requisitions.withdraw(requisition=asked, by=scene.requester, at=NOW, seen=asked.version, key=key())
    tabs = [eyes(scene.people["requester"], f"/requests/{draft.number}/edit/") for _n in range(2)]
    for page, title in zip(tabs, ("From the first", "From the second"), strict=True):
        page.get_by_label("What is it for?").fill(title)
        page.get_by_role("button", name="Save").first.click()

    expect(tabs[0].get_by_text("The draft is saved.")).to_be_visible()
    assert fresh(draft).title == "From the first"
    expect(tabs[1].get_by_text("From the first").first).to_be_visible()
    expect(tabs[1].get_by_label("What is it for?")).to_have_value("From the second")
    accept_everywhere(tabs[1], "second-saver")


def test_one_key_opens_the_lines_and_what_was_left_out_is_copied(eyes: Eyes, scene: Scene) -> None:
    """``s``: untick, say why, approve the rest; the requester copies the others with one click."""
    asked = requested(scene, items=3)
    page = eyes(scene.people["manager"], "/inbox/")
    page.wait_for_load_state()
    page.keyboard.press("s")
    page.get_by_label("Approve line 2").uncheck()
    page.get_by_label("Why not the others?").fill("Two are on the shelf.")
    accept_everywhere(page, "split")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Approve, send back the others").click()
    expect(page.get_by_text("Approved without 1 line.")).to_be_visible()

    other = eyes(scene.people["requester"], f"/requests/{asked.number}/")
    accept_everywhere(other, "request-split")
    other.goto(other.url.replace(asked.number, "urgent"))
    accept_everywhere(other, "urgent")
    assert fresh(asked).amount == 400


class TestEveryVerdictSaysWhy:
    """Bar 65: the rule and the version of what was computed, with one click at most."""

    def test_to_whoever_writes_a_request(self, eyes: Eyes, scene: Scene) -> None:
        asked = requested(scene)
        draft = requisitions.withdraw(
            requisition=asked, by=scene.requester, at=NOW, seen=fresh(asked).version, key=key()
        )
        page = eyes(scene.people["requester"], f"/requests/{draft.number}/edit/")
        rail = page.locator("#rail")

        expect(rail).to_contain_text("rule 2")
        expect(rail).to_contain_text("By version 1 of the authority matrix.")

    def test_to_whoever_asked(self, eyes: Eyes, scene: Scene) -> None:
        asked = requested(scene)
        page, click = eyes(scene.people["requester"], f"/requests/{asked.number}/"), Clicks()
        click(page.get_by_text("Why, by version 1"))

        expect(page.locator(".why-step li")).to_contain_text("Rule 2: ")
        assert click.count == 1
        page.get_by_role("link", name="What may I do here, and why?").click()
        expect(page.locator("main")).to_contain_text("Requester")

    def test_to_whoever_decides(self, eyes: Eyes, scene: Scene) -> None:
        requested(scene)
        page, click = eyes(scene.people["manager"], "/inbox/"), Clicks()
        why = page.get_by_role("region", name="Why you")

        expect(why).to_contain_text("matrix version 1")
        expect(why).to_contain_text("Rule 2: ")
        expect(page.locator(".tiles dd").nth(5)).not_to_be_empty()
        click(page.get_by_role("link", name="Derive again"))
        expect(why).to_contain_text("give the very route that was asked")
        assert click.count == 1
